/** A file as it looks before it is sent. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../../ui/icon.tsx'
import { FILE } from '../../ui/icons.ts'

/** In device pixels. */
const SIDE = 96

/** Drawn and not linked, because a page may forbid images from addresses of its own making. */
export function Preview({ file }: { readonly file: File }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    if (!file.type.startsWith('image/')) return
    let stale = false
    const draw = async () => {
      const picture = await createImageBitmap(file)
      const scale = SIDE / Math.min(picture.width, picture.height)
      const [width, height] = [picture.width * scale, picture.height * scale]
      if (!stale) canvas.current?.getContext('2d')?.drawImage(picture, (SIDE - width) / 2, (SIDE - height) / 2, width, height)
      picture.close()
    }
    // What cannot be drawn is shown by the sign of a file.
    draw().then(
      () => canvas.current?.classList.add('drawn'),
      () => undefined,
    )
    return () => {
      stale = true
    }
  }, [file])
  return (
    <span class="preview" aria-hidden="true">
      <Icon path={FILE} />
      <canvas ref={canvas} width={SIDE} height={SIDE} />
    </span>
  )
}

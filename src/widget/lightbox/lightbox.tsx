/** A picture as large as the screen allows, and the way to the ones beside it. The browser's own dialog keeps the focus and lies above everything a page may show. */
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { CHEVRON_END, CHEVRON_START, CLOSE, DOWNLOAD } from '../../ui/icons.ts'
import type { Words } from '../words.ts'

type LightboxWords = Pick<Words['more'], 'close' | 'download' | 'earlierPicture' | 'laterPicture'>

/** Opens the picture that a link in a log leads to. Returns the way to close it. */
export function enlarge(link: HTMLAnchorElement, words: LightboxWords): () => void {
  const pictures = [...(link.closest('.log')?.querySelectorAll<HTMLAnchorElement>('.picture') ?? [])]
  const dialog = document.createElement('dialog')
  const panel = link.closest<HTMLElement>('.panel')
  Object.assign(dialog, { className: 'lightbox', dir: panel?.dir, lang: panel?.lang })
  link.closest('.pieces')?.append(dialog)
  const closed = () => {
    render(null, dialog)
    dialog.remove()
    link.focus()
  }
  dialog.addEventListener('close', closed, { once: true })
  const close = () => dialog.close()
  dialog.addEventListener('click', ({ target }) => (target as Element).matches('.picture-box') && close())
  render(<Lightbox pictures={pictures} first={Math.max(0, pictures.indexOf(link))} words={words} onClose={close} />, dialog)
  dialog.showModal()
  return close
}

interface LightboxProps {
  readonly pictures: readonly HTMLAnchorElement[]
  readonly first: number
  readonly words: LightboxWords
  readonly onClose: () => void
}

function Lightbox({ pictures, first, words, onClose }: LightboxProps) {
  const [at, setAt] = useState(first)
  const [shown, setShown] = useState(false)
  const url = pictures[at]?.href ?? ''
  const name = pictures[at]?.querySelector('img')?.alt ?? ''
  const go = (step: number) => {
    const next = Math.min(pictures.length - 1, Math.max(0, at + step))
    if (next !== at) setShown(false)
    setAt(next)
  }
  useEffect(() => {
    const turn = (event: KeyboardEvent) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      if (step) go(dialog?.dir === 'rtl' ? -step : step)
    }
    const dialog = pictures[0]?.closest('.pieces')?.querySelector('dialog')
    dialog?.addEventListener('keydown', turn)
    return () => dialog?.removeEventListener('keydown', turn)
  }, [at])
  return (
    <>
      <div class="bar">
        <bdi>{name}</bdi>
        <a class="icon-button" href={url} target="_blank" rel="noopener noreferrer" aria-label={words.download} title={words.download}>
          <Icon path={DOWNLOAD} />
        </a>
        <IconButton name={words.close} icon={CLOSE} onClick={onClose} />
      </div>
      <div class={shown ? 'picture-box' : 'picture-box waits'}>
        <img key={url} src={url} alt={name} onLoad={() => setShown(true)} onError={() => setShown(true)} />
      </div>
      {pictures.length > 1 && (
        <div class="turn">
          <IconButton name={words.earlierPicture} icon={CHEVRON_START} directed onClick={() => go(-1)} />
          <span>
            {at + 1} / {pictures.length}
          </span>
          <IconButton name={words.laterPicture} icon={CHEVRON_END} directed onClick={() => go(1)} />
        </div>
      )}
    </>
  )
}

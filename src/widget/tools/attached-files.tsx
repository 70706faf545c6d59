/** The files that go with the next message, each as it looks, to be taken back. */
import { sizeOf } from '../../ui/file.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { CLOSE } from '../../ui/icons.ts'
import { useLanguage } from '../../ui/language.ts'
import { useView } from '../../ui/use-view.ts'
import type { Cell } from '../../ui/view.ts'
import { START, useFace } from '../app/face.ts'
import { Preview } from '../files/preview.tsx'

export function Attached({ attached }: { readonly attached: Cell<readonly File[]> }) {
  const { words, focusSoon } = useFace()
  const { locale } = useLanguage()
  const files = useView(attached)
  if (files.length === 0) return null
  const remove = (gone: File) => {
    attached.set(attached.state.filter((file) => file !== gone))
    focusSoon(START)
  }
  return (
    <ul class="files">
      {files.map((file, index) => (
        <li key={index}>
          <Preview file={file} />
          <span class="what">
            <bdi>{file.name}</bdi>
            <small>{sizeOf(file.size, locale)}</small>
          </span>
          <IconButton name={words.remove(file.name)} icon={CLOSE} onClick={() => remove(file)} />
        </li>
      ))}
    </ul>
  )
}

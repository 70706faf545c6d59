/** The files of a chat that are on their way, each with how far it is and a way to take it back. */
import type { Conversation } from '../../sdk/customer/face.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { CLOSE } from '../../ui/icons.ts'
import { useLanguage } from '../../ui/language.ts'
import { useView } from '../../ui/use-view.ts'
import { START, useFace } from '../app/face.ts'
import { Preview } from './preview.tsx'
import { type Sending, sendingsOf } from './sending.ts'

export function Uploads({ conversation }: { readonly conversation: Conversation }) {
  const sendings = useView(sendingsOf(conversation))
  if (sendings.length === 0) return null
  return (
    <ul class="files">
      {sendings.map((sending, index) => (
        <Upload key={index} {...sending} />
      ))}
    </ul>
  )
}

function Upload({ file: { name }, file, progress, failed, cancel, retry }: Sending) {
  const { words, focusSoon } = useFace()
  const { words: pieces } = useLanguage()
  const settle = (act: () => void) => () => {
    act()
    focusSoon(START)
  }
  return (
    <li>
      <Preview file={file} />
      <span class="what">
        <bdi>{name}</bdi>
        {failed ? (
          <small class="bad" role="alert">
            {failed === 'again' ? words.fileFailed(name) : words.fileRefused(name)}
          </small>
        ) : (
          <progress aria-label={words.uploading(name)} value={progress} />
        )}
      </span>
      {failed === 'again' && (
        <button type="button" class="link-button" onClick={settle(retry)}>
          {pieces.retry}
        </button>
      )}
      <IconButton name={failed ? words.remove(name) : words.cancel(name)} icon={CLOSE} onClick={settle(cancel)} />
    </li>
  )
}

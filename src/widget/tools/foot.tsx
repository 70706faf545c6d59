/** What stands between the messages and the place to write: files on their way and files to go, the rating. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLanguage } from '../../ui/language.ts'
import { useView } from '../../ui/use-view.ts'
import { type ToolProps, useFace } from '../app/face.ts'
import type { Later } from '../later.ts'
import { Actions } from './actions.tsx'
import { Attached } from './attached-files.tsx'
import { Closed } from './closed.tsx'
import { enlargePictures } from './pictures.ts'
import { filesModule } from './send-files.ts'
import { takeFiles } from './take-files.ts'
import { walkMessages } from './walk-messages.ts'

export function Foot(props: ToolProps) {
  const { attached, conversation, state } = props
  const face = useFace()
  const { words, tell } = face
  const { locale } = useLanguage()
  const place = useRef<HTMLDivElement>(null)
  const [dropping, setDropping] = useState(false)
  const Uploads = useView(filesModule)?.Uploads
  useEffect(() => {
    const panel = place.current?.closest<HTMLElement>('.panel')
    if (!panel) return
    const stops = [takeFiles(panel, attached, { words, locale, tell, setDropping }), walkMessages(panel), enlargePictures(panel, face)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [attached, words, locale])
  return (
    <div ref={place} class="tools">
      <Actions items={state.items} place={place} />
      {Uploads && <Uploads conversation={conversation} />}
      <Attached attached={attached} />
      <Ending {...props} />
      <Closed state={state} />
      {dropping && (
        <div class="dropping" aria-hidden="true">
          {words.dropFiles}
        </div>
      )}
    </div>
  )
}

/** A thread that has ended can be rated. */
function Ending(props: ToolProps) {
  const { load } = useFace()
  const [Rating, setRating] = useState<Awaited<ReturnType<Later['rating']>>['Rating']>()
  const { thread } = props.state
  const over = thread !== null && !thread.active
  useEffect(() => {
    if (over)
      load('rating').then(
        (module) => setRating(() => module.Rating),
        () => undefined,
      )
  }, [over])
  return over && Rating ? <Rating key={thread.id} {...props} /> : null
}

/** What stands between the messages and the place to write: files on their way and files to go, the rating, that a chat has ended. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useView } from '../../ui/use-view.ts'
import { type ToolProps, useFace } from '../app/face.ts'
import type { Later } from '../later.ts'
import { Attached } from './attached-files.tsx'
import { Closed } from './closed.tsx'
import { keepApart } from './keep-apart.ts'
import { filesModule } from './send-files.ts'
import { takeFiles } from './take-files.ts'

export function Foot(props: ToolProps) {
  const { attached, conversation, state } = props
  const { words, tell } = useFace()
  const place = useRef<HTMLDivElement>(null)
  const [panel, setPanel] = useState<HTMLElement | null>(null)
  const [dropping, setDropping] = useState(false)
  const Uploads = useView(filesModule)?.Uploads
  const Messages = useLater('messages')?.Messages
  const { thread } = state
  const isOver = thread !== null && !thread.active
  const Rating = useLater('rating', isOver)?.Rating
  useLayoutEffect(() => setPanel(place.current?.closest<HTMLElement>('.panel') ?? null), [])
  useEffect(() => (panel ? keepApart(panel) : undefined), [panel])
  useEffect(() => (panel ? takeFiles(panel, attached, words, { tell, setDropping }) : undefined), [panel, attached, words])
  return (
    <div ref={place} class="tools">
      {panel && Messages && <Messages state={state} panel={panel} />}
      {Uploads && <Uploads conversation={conversation} />}
      <Attached attached={attached} />
      {isOver && Rating && <Rating key={thread.id} {...props} />}
      <Closed state={state} />
      {dropping && (
        <div class="dropping" aria-hidden="true">
          {words.dropFiles}
        </div>
      )}
    </div>
  )
}

/** A module as soon as it is wanted and there; a chat does without what cannot be loaded. */
function useLater<N extends keyof Later>(name: N, wanted = true): Awaited<ReturnType<Later[N]>> | undefined {
  const { load } = useFace()
  const [module, setModule] = useState<Awaited<ReturnType<Later[N]>>>()
  useEffect(() => {
    if (!wanted) return
    // What is gone meanwhile must not be drawn again, or its listeners would stay.
    let isGone = false
    load(name).then(
      (found) => isGone || setModule(() => found),
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [wanted])
  return module
}

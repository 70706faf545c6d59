/** What stands between the messages and the place to write: files on their way and files to go, the rating, that a chat has ended. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Announcer } from '../../ui/announcer.tsx'
import { useView } from '../../ui/use-view.ts'
import { START, type ToolProps, useFace } from '../app/face.ts'
import { Attached } from './attached-files.tsx'
import { Closed } from './closed.tsx'
import { doingOf } from './doing.ts'
import { keepApart } from './keep-apart.ts'
import { filesModule } from './send-files.ts'
import { takeFiles } from './take-files.ts'
import { useLater } from './use-later.ts'

export function Foot(props: ToolProps) {
  const { attached, conversation, state } = props
  const { words, tell, focusSoon } = useFace()
  const place = useRef<HTMLDivElement>(null)
  const [panel, setPanel] = useState<HTMLElement | null>(null)
  const [dropping, setDropping] = useState(false)
  const Uploads = useView(filesModule)?.Uploads
  const messages = useLater('messages')
  const doing = doingOf(conversation)
  const replied = useView(doing.replied)
  const notHere = () => {
    doing.replied.set(undefined)
    tell(words.notHere)
  }
  const Replies = useLater('replies', replied !== undefined, notHere)?.Replies
  const Over = useLater('writing')?.Over
  const { thread } = state
  const isOver = thread !== null && !thread.active
  const Rating = useLater('rating', isOver)?.Rating
  useLayoutEffect(() => setPanel(place.current?.closest<HTMLElement>('.panel') ?? null), [])
  useEffect(() => (panel ? keepApart(panel) : undefined), [panel])
  useEffect(() => (panel ? takeFiles(panel, attached, words, { tell, setDropping }) : undefined), [panel, attached, words])
  const goBack = () => {
    doing.replied.set(undefined)
    focusSoon(START)
  }
  return (
    <div ref={place} class="tools">
      {/* First, so that whoever looks for the place to write meets the one that is seen. */}
      {replied && Replies && (
        <Replies
          key={replied.item.event.id}
          {...props}
          parent={replied.item}
          writes={replied.writes}
          Tools={messages?.Tools}
          Over={Over}
          writing={doing.replying}
          onBack={goBack}
        />
      )}
      {panel && messages && <messages.Messages conversation={conversation} state={state} panel={panel} writing={doing} />}
      {Uploads && <Uploads conversation={conversation} />}
      <Attached attached={attached} />
      {isOver && Rating && <Rating key={thread.id} {...props} />}
      <Closed state={state} />
      {panel && Over && <Over conversation={conversation} state={state} place={panel} items={state.items} writing={doing} />}
      <Announcer said={doing.said} />
      {dropping && (
        <div class="dropping" aria-hidden="true">
          {words.dropFiles}
        </div>
      )}
    </div>
  )
}

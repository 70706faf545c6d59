/** The replies to a message, in the place of the chat, with a place to write of their own. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { repliesTo } from '../../sdk/customer/replies.ts'
import { type BodyProps, PlainBody } from '../../ui/body.tsx'
import { Composer } from '../../ui/composer.tsx'
import { type EventItem, itemIn } from '../../ui/log-item.ts'
import { RepliesView } from '../../ui/replies-view.tsx'
import { useView } from '../../ui/use-view.ts'
import { START, type ToolProps, useFace } from '../app/face.ts'
import { seenByOthers } from '../app/seen-by-others.ts'
import { Strip } from '../app/strip.tsx'
import type { Later } from '../later.ts'
import type { Writing } from '../tools/doing.ts'
import { referencesIn } from '../tools/go-along.ts'
import { peopleOf } from '../tools/people.ts'
import { Suggestions } from '../tools/suggestions.tsx'
import { allowed } from '../writing/allowed.ts'

interface RepliesProps extends ToolProps {
  readonly parent: EventItem
  readonly writes: boolean
  /** What can be done with messages, where it is there. */
  readonly Tools: Awaited<ReturnType<Later['messages']>>['Tools'] | undefined
  /** What is written over the place to write, once it is there. */
  readonly Over: Awaited<ReturnType<Later['writing']>>['Over'] | undefined
  /** What the visitor does with a message among replies. */
  readonly writing: Writing
  readonly onBack: () => void
}

/** What was written and not sent, by the message that it is about. */
const drafts = new Map<string, string>()

export function Replies({ conversation, state, parent, writes, Tools, Over, writing, onBack }: RepliesProps) {
  const face = useFace()
  const { session, words, focusSoon } = face
  const event_id = parent.event.id
  const feed = useMemo(() => repliesTo(session.sdk.ground, state.id, event_id), [session, state.id, event_id])
  const { items, loaded, failed } = useView(feed)
  const { Body = PlainBody } = useView(face.tools)
  const Reply = useMemo(() => (props: BodyProps) => <Body {...props} replies={feed} />, [Body, feed])
  const box = useRef<HTMLTextAreaElement>(null)
  const [place, setPlace] = useState<HTMLElement | null>(null)
  const [text, setText] = useState(drafts.get(event_id) ?? '')
  const load = () => void feed.load().catch(() => {})
  useEffect(() => {
    load()
    return () => feed.close()
  }, [feed])
  // As it is by now.
  const now = itemIn(state.items, event_id) ?? parent
  const people = peopleOf(face, { state })
  const write = (written: string) => {
    drafts.set(event_id, written)
    setText(written)
  }
  const send = async (written: string) => {
    try {
      const said = await allowed(session, written)
      session.say(conversation, { ...referencesIn(writing, said, people), type: 'message', text: said, reply_to_id: event_id })
      write('')
    } catch {
      // Held back: it stays where it was written.
    }
  }
  const settle = (act: (key: string) => void) => (key: string) => {
    act(key)
    focusSoon(START)
  }
  const about = { conversation, state, writing, items: [now, ...items] }
  return (
    <RepliesView
      place={setPlace}
      parent={now}
      writes={writes}
      items={items}
      users={state.users}
      seenSeq={seenByOthers(state.users, session.sdk.me)}
      loaded={loaded}
      failed={failed}
      Body={Reply}
      onLoad={load}
      onRetry={settle(conversation.retry)}
      onDiscard={settle(conversation.discard)}
      onBack={onBack}
    >
      <Strip />
      {place && Tools && <Tools {...about} place={place} amongReplies />}
      {place && Over && <Over {...about} place={place} />}
      <Composer text={text} label={words.writeReply} placeholder={words.writeReply} input={box} onText={write} onSend={send}>
        <Suggestions box={box} people={people} chosen={writing.chosen} />
      </Composer>
    </RepliesView>
  )
}

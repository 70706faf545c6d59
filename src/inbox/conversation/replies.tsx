/** The replies to a message, in the place of the chat. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { MessageReferences } from '../../sdk/agent/types.ts'
import { type EventItem, itemIn } from '../../ui/log-item.ts'
import { RepliesView } from '../../ui/replies-view.tsx'
import { useView } from '../../ui/use-view.ts'
import { customerOf } from '../chats/rows.ts'
import { words } from '../words.ts'
import { useBody } from './body.tsx'
import type { Chat, Doing } from './chat.ts'
import { lastEditable } from './deeds.ts'
import { Tools } from './tools.tsx'
import { Writing } from './writing.tsx'

interface RepliesProps {
  readonly chat: Chat
  readonly parent: EventItem
  readonly writes: boolean
  readonly onBack: () => void
}

/** What was written and not sent, by the message that it is about. */
const drafts = new Map<string, string>()

export function Replies({ chat, parent, writes, onBack }: RepliesProps) {
  const { desk, open, users } = chat
  const { id, items } = open.state.value
  const event = parent.event.id
  const feed = useMemo(() => desk.replies(id, event), [desk, id, event])
  const state = useView(feed)
  const Body = useBody(chat, { replies: feed })
  const box = useRef<HTMLTextAreaElement>(null)
  const [place, setPlace] = useState<HTMLElement | null>(null)
  const [doing, setDoing] = useState<Doing>({})
  const [text, setText] = useState(drafts.get(event) ?? '')
  const load = () => void feed.load().catch(() => {})
  useEffect(() => {
    load()
    return () => feed.close()
  }, [feed])
  // As it is by now.
  const now = itemIn(items, event) ?? parent
  const about = [now, ...state.items]
  const write = (written: string) => {
    drafts.set(event, written)
    setText(written)
  }
  const send = (written: string, more: MessageReferences) => {
    write('')
    desk.send(id, written, now.event.visibility === 'agents', { ...more, reply_to_id: event })
  }
  const editLast = () => {
    const last = lastEditable(state.items)
    if (last) setDoing({ edited: last.event })
  }
  return (
    <RepliesView
      place={setPlace}
      parent={now}
      writes={writes}
      items={state.items}
      users={users}
      seenSeq={customerOf(users)?.seen_seq ?? 0}
      loaded={state.loaded}
      failed={state.failed}
      Body={Body}
      onLoad={load}
      onRetry={(key) => open.conversation.retry(key)}
      onDiscard={(key) => open.conversation.discard(key)}
      onBack={onBack}
    >
      {place && <Tools chat={chat} place={place} items={about} onDoing={setDoing} />}
      <div class={now.event.visibility === 'agents' ? 'reply reply-note' : 'reply'}>
        <Writing
          chat={chat}
          doing={doing}
          items={about}
          box={box}
          text={text}
          label={words.conversation.replyToMessage}
          placeholder={words.pieces.writeReply}
          onDoing={setDoing}
          onText={write}
          onSend={send}
          onBack={editLast}
        />
      </div>
    </RepliesView>
  )
}

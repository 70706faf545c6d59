/** A message in the inbox: with all there is to it, and with what a customer said before they edited it. */
import type { ComponentType } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import type { Event } from '../../sdk/agent/types.ts'
import type { BodyProps } from '../../ui/body.tsx'
import { type EventItem, eventIn } from '../../ui/log-item.ts'
import { QuickReplies } from '../../ui/quick-replies.tsx'
import { hasReacted } from '../../ui/reactions.tsx'
import { createReaders } from '../../ui/readers.ts'
import { RichText } from '../../ui/rich-text.tsx'
import { Said, type Surroundings } from '../../ui/said.tsx'
import { showMessage } from '../../ui/show-message.ts'
import type { View } from '../../ui/view.ts'
import { words } from '../words.ts'
import type { Chat } from './chat.ts'
import { mayAct } from './deeds.ts'

const text = words.conversation

function Original({ event }: { readonly event: Event }) {
  if (event.original_text === undefined || event.deleted_at !== undefined) return null
  return (
    <details class="original">
      <summary>{text.original}</summary>
      <RichText text={event.original_text} />
    </details>
  )
}

/** What the customer does not see under a message, or not any more. */
function More({ event }: { readonly event: Event }) {
  return (
    <>
      <Original event={event} />
      {event.deleted_at === undefined && <QuickReplies texts={event.quick_replies ?? []} />}
    </>
  )
}

/** Where messages stand: in the chat, from where there is a way to their replies; or among some. */
type Place =
  | { readonly showReplies: (item: EventItem) => void; readonly replies?: never }
  | { readonly showReplies?: never; readonly replies: View<{ readonly items: readonly EventItem[] }> }

function surroundings(chat: () => Chat, { showReplies, replies }: Place): Surroundings {
  const readers = createReaders()
  return {
    get me() {
      return chat().desk.me.id
    },
    eventOf: (id) => eventIn([...chat().open.state.value.items, ...(replies?.state.items ?? [])], id),
    react(event, emoji) {
      const { desk, open } = chat()
      desk.react(open.state.value.id, event.id, emoji, !hasReacted(event.reactions, emoji, desk.me.id))
    },
    ...(showReplies && { showReplies }),
    showQuoted(id, near) {
      const log = near.closest('.log')
      const { desk } = chat()
      if (log) void showMessage(log, id).then((found) => found || desk.tell(words.pieces.notFound))
    },
    readersOf(item) {
      const { desk, open, users } = chat()
      return showReplies ? (readers(open.state.value.items, users, desk.me.id).get(item.key) ?? []) : []
    },
    mayAct,
  }
}

/** Agents are named also where they are not in the chat, as in notes: drawn by the name under which they were met elsewhere. */
function everyoneIn({ item, people }: BodyProps, { desk }: Chat): BodyProps['people'] {
  const strangers = item.event.mentions?.filter((id) => !people.has(id)) ?? []
  if (strangers.length === 0) return people
  const met = [{ ...desk.me, present: false, seen_seq: 0 }, ...desk.list.value.chats.flatMap(({ users }) => users)]
  return new Map([...people, ...met.filter(({ id }) => strangers.includes(id)).map((user) => [user.id, user] as const)])
}

/** Draws the messages of a chat; the same as long as the chat is. */
export function useBody(chat: Chat, at: Place): ComponentType<BodyProps> {
  const latest = useRef(chat)
  latest.current = chat
  return useMemo(() => {
    const around = surroundings(() => latest.current, at)
    return (props: BodyProps) => (
      <Said {...props} people={everyoneIn(props, latest.current)} around={around} more={<More event={props.item.event} />} />
    )
  }, [chat.open, at.replies])
}

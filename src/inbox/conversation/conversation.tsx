/** The middle pane: one chat, its messages, what is being typed on the other side, and the place for the answer. */
import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import type { ChatUser, ConversationState } from '../../sdk/agent/types.ts'
import { Announcer } from '../../ui/announcer.tsx'
import type { EventItem, Replied } from '../../ui/log-item.ts'
import { MessageLog } from '../../ui/message-log.tsx'
import { TypingLine } from '../../ui/typing-line.tsx'
import { useDelayed } from '../../ui/use-delayed.ts'
import { attention } from '../attention.ts'
import { customerOf, givenName, nameOf, whoOf } from '../chats/rows.ts'
import type { Desk, OpenChat } from '../desk.ts'
import { keyOf } from '../keys.ts'
import { words } from '../words.ts'
import { useBody } from './body.tsx'
import type { Chat, Doing } from './chat.ts'
import { Head } from './head.tsx'
import { Replies } from './replies.tsx'
import { Reply } from './reply.tsx'
import { SneakPeek } from './sneak-peek.tsx'
import { Tools } from './tools.tsx'

const text = words.conversation
const SKELETON_AFTER_MS = 300

/** Everyone under the name that they are known by here. */
const useNamed = (users: readonly ChatUser[]) =>
  useMemo(
    () =>
      users.map((user) => {
        const name = givenName(user)
        return name ? { ...user, name } : user
      }),
    [users],
  )

/** Seen is what stands on a screen that somebody is looking at. */
function useSeen(open: OpenChat, atEnd: boolean) {
  const { items, loaded } = open.state.value
  const looking = attention.value
  useEffect(() => {
    if (atEnd && looking && loaded) open.conversation.markSeen()
  }, [open, items, atEnd, looking, loaded])
}

function Skeleton() {
  if (!useDelayed(true, SKELETON_AFTER_MS)) return <div class="log" />
  return (
    <div class="log skeleton-log" role="status">
      <span class="hidden">{text.loading}</span>
      <span class="skeleton bone-bubble" />
      <span class="skeleton bone-bubble own" />
      <span class="skeleton bone-bubble" />
    </div>
  )
}

function Log({ chat, onReplies }: { readonly chat: Chat; readonly onReplies: (item: EventItem) => void }) {
  const { open, users } = chat
  const [atEnd, setAtEnd] = useState(true)
  const Body = useBody(chat, { showReplies: onReplies })
  const { conversation } = open
  const state = open.state.value
  useSeen(open, atEnd)
  return (
    <MessageLog
      items={state.items}
      users={users}
      seenSeq={customerOf(users)?.seen_seq ?? 0}
      end={<TypingLine names={typingNames(state, users)} />}
      Body={Body}
      hasOlder={state.has_older}
      onLoadOlder={() => conversation.loadOlder()}
      onRetry={(key) => conversation.retry(key)}
      onDiscard={(key) => conversation.discard(key)}
      onAtEnd={setAtEnd}
    />
  )
}

/** Whoever's words are shown as a sneak peek needs no second line that says so. */
function typingNames(state: ConversationState, users: readonly ChatUser[]): string[] {
  const silent = state.typing.filter((typing) => !typing.sneak_peek).map((typing) => typing.user_id)
  return users.filter((user) => silent.includes(user.id)).map(nameOf)
}

/** No chat where one should be: none was chosen, or the one that was is not there. */
function Nothing({ title, hint, children }: { readonly title: string; readonly hint?: string; readonly children?: ComponentChildren }) {
  return (
    <section class="pane conversation-pane conversation-none" aria-label={text.label}>
      <div class="empty">
        <p class="empty-title">{title}</p>
        {hint && <p class="empty-hint">{hint}</p>}
        {children}
      </div>
    </section>
  )
}

/** Says how to open one only where there is one. */
export function NoConversation({ desk }: { readonly desk: Desk }) {
  if (desk.rows.value.length === 0) return <Nothing title={text.none} />
  return <Nothing title={text.none} hint={text.noneHint(desk.singleKeys.value ? keyOf('next') : null)} />
}

function Gone() {
  return (
    <Nothing title={text.gone} hint={text.goneHint}>
      <a class="button" href="#chats">
        {text.back}
      </a>
    </Nothing>
  )
}

export function ConversationPane({ desk, open }: { readonly desk: Desk; readonly open: OpenChat }) {
  const state = open.state.value
  return state.gone ? <Gone /> : <LiveConversation desk={desk} open={open} state={state} />
}

interface LiveProps {
  readonly desk: Desk
  readonly open: OpenChat
  readonly state: ConversationState
}

function LiveConversation({ desk, open, state }: LiveProps) {
  const users = useNamed(state.users)
  const customer = customerOf(users)
  const peek = state.typing.find((typing) => typing.sneak_peek)?.sneak_peek
  const chat = { desk, open, users }
  const [place, setPlace] = useState<HTMLElement | null>(null)
  const [doing, setDoing] = useState<Doing>({})
  const [replied, setReplied] = useState<Replied>()
  const look = useCallback((item: EventItem) => setReplied({ item, writes: false }), [])
  const goBack = () => {
    setReplied(undefined)
    // Once it is drawn, and before the next key.
    queueMicrotask(() => place?.querySelector<HTMLElement>('.reply textarea')?.focus())
  }
  return (
    <section class="pane conversation-pane" aria-label={text.label} ref={setPlace}>
      <Head desk={desk} customer={customer} loaded={state.loaded} active={state.active} />
      {replied ? (
        <Replies key={replied.item.key} chat={chat} parent={replied.item} writes={replied.writes} onBack={goBack} />
      ) : (
        <>
          {state.loaded ? <Log chat={chat} onReplies={look} /> : <Skeleton />}
          {place && (
            <Tools
              chat={chat}
              place={place}
              items={state.items}
              onReply={(item) => setReplied({ item, writes: true })}
              onDoing={setDoing}
            />
          )}
          {peek && <SneakPeek name={whoOf(users)} text={peek} typing={desk.peeks.value.has(state.id)} />}
          <Reply chat={chat} active={state.active || !state.loaded} doing={doing} onDoing={setDoing} />
        </>
      )}
      <Announcer said={desk.said} />
    </section>
  )
}

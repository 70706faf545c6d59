/** Where the agent was named and has not looked since: told once, and marked until the chat was opened and seen. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { AgentSDK } from '../sdk/agent/api.ts'
import type { Chat, ChatListState, ConversationState, Event } from '../sdk/agent/types.ts'
import { nameOf } from './chats/rows.ts'
import { words } from './words.ts'

export interface Mentions {
  /** The events that name the agent, by chat. */
  readonly mentions: ReadonlySignal<ReadonlyMap<string, readonly string[]>>
  /** Chats that are listed for it, closed ones too; one that is opened stays as long as it is. */
  readonly called: ReadonlySignal<ReadonlySet<string>>
}

interface Parts {
  readonly sdk: Pick<AgentSDK, 'on' | 'request'>
  readonly me: string
  readonly chats: ReadonlySignal<ChatListState>
  readonly selected: ReadonlySignal<string | null>
  /** What is open, while somebody is looking. */
  readonly inSight: ReadonlySignal<ConversationState | null>
  tell(text: string): void
  readonly stops: (() => void)[]
}

interface Mention {
  readonly chat: string
  readonly event: string
  readonly author_id?: string | undefined
}

interface Listed {
  readonly mentions: readonly { readonly chat_id: string; readonly event_id: string; readonly author_id?: string }[]
}

const text = words.mentions

export function createMentions({ sdk, me, chats, selected, inSight, tell, stops }: Parts): Mentions {
  const mentions = signal<ReadonlyMap<string, readonly string[]>>(new Map())
  const opened = signal<string | null>(null)
  /** What was told once is not told again, whichever way it comes. */
  const known = new Set<string>()
  /** Of the chats that name the agent, those that had something unread since. */
  const unread = new Set<string>()

  function put(chat: string, events: readonly string[]) {
    if (events.length === 0 && !mentions.peek().has(chat)) return
    const next = new Map(mentions.peek())
    if (events.length > 0) next.set(chat, events)
    else {
      next.delete(chat)
      unread.delete(chat)
    }
    mentions.value = next
  }

  function isNew({ chat, event }: Mention): boolean {
    if (known.has(event)) return false
    known.add(event)
    put(chat, [...(mentions.peek().get(chat) ?? []), event])
    return true
  }

  /** An edit may take it back, and a deletion does. */
  function amended({ chat, event }: { readonly chat: string; readonly event: Event }) {
    const events = mentions.peek().get(chat)
    if (!events?.includes(event.id) || event.mentions?.includes(me)) return
    known.delete(event.id)
    put(
      chat,
      events.filter((id) => id !== event.id),
    )
  }

  /** Whoever wrote it may not be in the chat, as with a note. */
  async function tellOf({ chat: chat_id, author_id }: Mention) {
    const { users } = await sdk.request<{ chat: Chat }>('get_chat', { chat_id }).then(
      ({ chat }) => chat,
      () => ({ users: [] }),
    )
    const author = users.find(({ id }) => id === author_id)
    tell(text.by(author ? nameOf(author) : words.chats.someone))
  }

  async function askWhatWasMissed() {
    const { mentions: listed } = await sdk.request<Listed>('list_mentions')
    const missed = listed.map(({ chat_id: chat, event_id: event, author_id }): Mention => ({ chat, event, author_id })).filter(isNew)
    const [first] = missed
    if (missed.length > 1) tell(text.missed(missed.length))
    else if (first) await tellOf(first)
  }
  const look = () => void askWhatWasMissed().catch(() => undefined)

  function seenAnywhere() {
    for (const { id, unread_count } of mentions.value.size > 0 ? chats.value.chats : []) {
      if (!mentions.value.has(id)) continue
      if (unread_count > 0) unread.add(id)
      else if (unread.has(id)) put(id, [])
    }
  }
  /** An edit that names somebody leaves nothing unread. */
  function seenHere() {
    const chat = inSight.value
    if (chat?.loaded && chat.unread_count === 0 && mentions.value.has(chat.id)) put(chat.id, [])
  }
  function openedFor() {
    const chat = selected.value
    opened.value = chat !== null && mentions.peek().has(chat) ? chat : null
  }

  stops.push(
    sdk.on('user_mentioned', (mention) => {
      if (isNew(mention) && mention.chat !== inSight.value?.id) void tellOf(mention)
    }),
    sdk.on('event_updated', amended),
    sdk.on('event_deleted', amended),
    sdk.on('chat_deleted', ({ chat }) => put(chat, [])),
    sdk.on('connection_restored', look),
    effect(seenAnywhere),
    effect(seenHere),
    effect(openedFor),
  )
  look()
  return {
    mentions,
    called: computed(() => new Set([...mentions.value.keys(), ...(opened.value === null ? [] : [opened.value])])),
  }
}

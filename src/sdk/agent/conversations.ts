/** Conversations that can be asked for at any time: each goes on with whoever is in. */
import { createRelay } from './relay.ts'
import type { Seat } from './seat.ts'
import type { Conversation, ConversationState } from './types.ts'

export interface Conversations {
  of(chat: string): Conversation
  attach(seat: Seat | null): void
}

interface RelayedConversation extends Conversation {
  attach(seat: Seat | null): void
}

const NOTHING = {
  provisional: false,
  active: false,
  users: [],
  thread: null,
  items: [],
  has_older: false,
  loading_older: false,
  loaded: false,
  gone: false,
  typing: [],
  unread_count: 0,
  last_event: null,
  last_activity_at: null,
  waiting_since: null,
} as const

/** `here` answers the seat, waiting for one that is being taken. */
export function createConversations(here: () => Promise<Seat>): Conversations {
  const conversations = new Map<string, RelayedConversation>()
  let current: Seat | null = null
  return {
    of(chat) {
      const known = conversations.get(chat)
      if (known) return known
      const made = createRelayed(chat, here)
      conversations.set(chat, made)
      made.attach(current)
      return made
    },
    attach(seat) {
      current = seat
      for (const conversation of conversations.values()) conversation.attach(seat)
    },
  }
}

function createRelayed(chat: string, here: () => Promise<Seat>): RelayedConversation {
  const relay = createRelay<ConversationState>({ id: chat, ...NOTHING })
  let seat: Seat | null = null
  let inner: Conversation | null = null
  let faces = 0
  let close = () => {}

  /** Open behind as long as it is open in front. */
  const settle = () => {
    close()
    close = (faces > 0 && inner?.open()) || (() => {})
  }
  const there = async () => inner ?? (await here()).conversation(chat)

  return {
    get state() {
      return relay.state
    },
    subscribe: relay.subscribe,
    attach(next) {
      close()
      close = () => {}
      seat = next
      inner = next?.conversation(chat) ?? null
      relay.attach(inner)
      settle()
    },
    open() {
      if (++faces === 1) settle()
      let end = () => {
        end = () => {}
        if (--faces === 0) settle()
        // It was used until now, not only until it was opened.
        seat?.conversation(chat)
      }
      return () => end()
    },
    loadOlder: async () => (await there()).loadOlder(),
    // Not awaited when it need not be: the echo is there at once.
    send: (event) => (inner ? inner.send(event) : there().then((conversation) => conversation.send(event))),
    retry: (key) => inner?.retry(key),
    discard: (key) => inner?.discard(key),
    markSeen: () => inner?.markSeen(),
    close: async () => (await there()).close(),
  }
}

/** A list of chats that stays as it is on the server: pages of it, and each chat anew when something happens in it. */
import { createEmitter } from '../kit/emitter.ts'
import type { Ground } from './ground.ts'
import type { Chat, ChatList, ChatListState } from './types.ts'

interface Listing {
  readonly chats_summary: readonly Chat[]
  readonly next_page_id?: string
}

export interface OwnChatList extends ChatList {
  /** Something happened in the chat. */
  touch(chat: string): void
  drop(chat: string): void
  /** There is a new connection: whatever happened meanwhile is looked at. */
  renew(): void
  /** It was somebody else's to see. */
  clear(): void
}

const byActivity = (a: Chat, b: Chat) =>
  a.last_activity_at < b.last_activity_at || (a.last_activity_at === b.last_activity_at && a.id < b.id) ? 1 : -1

export function createChatList({ ask }: Ground, limit: number, closed: (list: OwnChatList) => void): OwnChatList {
  const { on, emit, clear } = createEmitter<{ state: ChatListState }>()
  const chats = new Map<string, Chat>()
  /** Those that are being read, and whether something happened to them since. */
  const reading = new Map<string, boolean>()
  let state: ChatListState = { chats: [], hasMore: false, loading: false, loaded: false }
  let next: string | undefined
  /** So many pages are held, or are to be. */
  let pages = 1
  /** Chats of which something was told while pages are being read, which may be older. */
  const told = new Set<string>()
  /** There was a new connection meanwhile. */
  let isDue = false
  /** Counts those whose list it was. */
  let turn = 0

  const show = (change: Partial<ChatListState> = {}) => {
    state = { ...state, ...change, chats: [...chats.values()].sort(byActivity) }
    emit('state', state)
  }

  /** One more page; or all of them from the first on, in the place of what is held. */
  async function load(page_id?: string): Promise<void> {
    if (state.loading) {
      isDue ||= !page_id
      return
    }
    const mine = turn
    show({ loading: true })
    told.clear()
    try {
      const found = new Map<string, Chat>()
      let read = 0
      let at = page_id
      do {
        const page = await ask<Listing>('list_chats', { limit, page_id: at })
        for (const chat of page.chats_summary) found.set(chat.id, chat)
        at = page.next_page_id
      } while (++read < pages && at && !page_id)
      put(found, !page_id)
      pages = page_id ? pages + 1 : read
      next = at
      show({ loaded: true, hasMore: next !== undefined })
    } finally {
      if (mine === turn) {
        show({ loading: false })
        if (isDue) list.renew()
      }
    }
  }

  function put(found: Map<string, Chat>, isAll: boolean) {
    for (const id of told) {
      const known = chats.get(id)
      if (known) found.set(id, known)
      else found.delete(id)
    }
    if (isAll) chats.clear()
    for (const [id, chat] of found) chats.set(id, chat)
  }

  async function read(chat_id: string): Promise<void> {
    for (reading.set(chat_id, true); reading.get(chat_id); ) {
      reading.set(chat_id, false)
      try {
        chats.set(chat_id, (await ask<{ chat: Chat }>('get_chat', { chat_id })).chat)
      } catch (error) {
        // Whatever else hinders it is over with the next connection.
        if (/NOT_FOUND|MISSING_ACCESS/.test((error as { code?: string }).code ?? '')) chats.delete(chat_id)
      }
      show()
    }
    reading.delete(chat_id)
  }

  const list: OwnChatList = {
    get state() {
      return state
    },
    subscribe: (listener) => on('state', listener),
    loadMore: async () => (next === undefined ? undefined : load(next)),
    close() {
      clear()
      closed(list)
    },
    touch(chat) {
      if (state.loading) told.add(chat)
      if (reading.has(chat)) reading.set(chat, true)
      else read(chat)
    },
    drop(chat) {
      if (state.loading) told.add(chat)
      if (chats.delete(chat)) show()
    },
    clear() {
      turn++
      chats.clear()
      next = undefined
      pages = 1
      isDue = false
      show({ loading: false, loaded: false, hasMore: false })
    },
    renew() {
      isDue = false
      load().catch(() => {})
    },
  }
  list.renew()
  return list
}

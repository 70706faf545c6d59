/** The lists of chats, before anybody is in and after. */
import { createRelay } from './relay.ts'
import type { Seat } from './seat.ts'
import type { ChatList, ChatListState } from './types.ts'

export interface RelayedList extends ChatList {
  attach(seat: Seat | null): void
}

const NO_CHATS: ChatListState = { chats: [], total: 0, has_more: false, loading: false, loaded: false }

export function createRelayedList(of: (seat: Seat) => ChatList): RelayedList {
  const relay = createRelay(NO_CHATS)
  let list: ChatList | null = null
  return {
    get state() {
      return relay.state
    },
    subscribe: relay.subscribe,
    loadMore: async () => list?.loadMore(),
    attach(seat) {
      list = seat && of(seat)
      relay.attach(list)
    },
  }
}

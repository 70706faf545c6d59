/** Replies to an event, which can be asked for at any time: they go on with whoever is in then. */
import type { RepliesState } from '../core/replies.ts'
import { createRelay } from './relay.ts'
import type { Seat } from './seat.ts'
import type { RepliesFeed } from './types.ts'

const NOTHING: RepliesState = { items: [], loaded: false, failed: false }

/** `here` answers the seat, waiting for one that is being taken. */
export function createRepliesFeed(here: () => Promise<Seat>, chat: string, event: string): RepliesFeed {
  const relay = createRelay(NOTHING)
  let isClosed = false
  const there = here().then((seat) => {
    const feed = seat.replies(chat, event)
    if (isClosed) feed.close()
    else relay.attach(feed)
    return feed
  })
  there.catch(() => {})
  return {
    get state() {
      return relay.state
    },
    subscribe: relay.subscribe,
    load: async () => (await there).load(),
    close() {
      isClosed = true
      relay.attach(null)
      there.then((feed) => feed.close()).catch(() => {})
    },
  }
}

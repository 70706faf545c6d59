/** Every event of a chat, oldest first, however many there are. */
import type { ErrorBody } from '../../protocol/errors.ts'
import type { Event } from '../../protocol/events.ts'
import type { Ground } from '../../sdk/customer/part.ts'

const PAGE_EVENTS = 100
/** Until the same page is asked for again, where the server does not say. */
const WAIT_MS = 1_000
/** Of one page, before the whole is given up. */
const MAX_FAILURES = 5

export async function eventsOf(ground: Ground, chat_id: string): Promise<Event[]> {
  const pages: Event[][] = []
  let before: number | undefined
  for (let more = true; more; ) {
    const { events, has_more } = await insist(ground, () => ground.client.ask('list_events', { chat_id, before, limit: PAGE_EVENTS }))
    pages.unshift(events as Event[])
    before = (events[0] as Event | undefined)?.seq
    more = has_more && before !== undefined
  }
  return pages.flat()
}

/** A long chat is asked for faster than the server likes; it says how long to wait. */
async function insist<T>({ environment }: Ground, task: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await task()
    } catch (error) {
      const { retryable, body } = error as { retryable?: boolean; body?: ErrorBody }
      if (!retryable || failures === MAX_FAILURES) throw error
      const wait = body?.data?.retry_after_ms ?? WAIT_MS * failures
      await new Promise<void>((resolve) => environment.clock.after(wait, resolve))
    }
  }
}

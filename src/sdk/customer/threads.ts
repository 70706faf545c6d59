/** Closing the active thread, and reading threads. */
import type { Event } from '../../protocol/events.ts'
import { MAX_PAGE_EVENTS, MAX_PAGE_THREADS } from '../../protocol/limits.ts'
import type { Client } from '../core/client.ts'
import type { CustomerSDK, Page } from './api.ts'
import { check, checkId, checkPage } from './arguments.ts'
import { threadOf, threadSummaryOf } from './shapes.ts'

const MAX_NAMED_THREADS = 100

export function createThreads({ ask, outbox }: Client): Pick<CustomerSDK, 'closeThread' | 'getChatThreads' | 'getChatThreadsSummary'> {
  async function eventsOf(chat_id: string, thread_id: string): Promise<Event[]> {
    const events: Event[] = []
    for (let more = true; more; ) {
      const before = events[0]?.seq
      const page = await ask('list_events', { chat_id, thread_id, limit: MAX_PAGE_EVENTS, ...(before !== undefined && { before }) })
      events.unshift(...page.events)
      more = page.has_more && page.events.length > 0
    }
    return events
  }

  return {
    async closeThread(chat) {
      checkId('chat', chat)
      // What was sent before comes before.
      await ask('deactivate_chat', { id: await outbox.arrived(chat, true) })
      return { success: true }
    },
    async getChatThreads(chat, threads) {
      checkId('chat', chat)
      check(Array.isArray(threads) && threads.length <= MAX_NAMED_THREADS, `threads are no list of at most ${MAX_NAMED_THREADS}`)
      const chat_id = await outbox.arrived(chat)
      const found = await ask('list_threads', { chat_id, thread_ids: threads })
      return Promise.all(found.threads.map(async (thread) => threadOf(chat_id, thread, await eventsOf(chat_id, thread.id))))
    },
    async getChatThreadsSummary(chat, { offset = 0, limit = 25 }: Page = {}) {
      checkId('chat', chat)
      checkPage({ offset, limit }, MAX_PAGE_THREADS)
      const chat_id = await outbox.arrived(chat)
      const { threads, found_threads } = await ask('list_threads', { chat_id, offset, limit })
      return { threadsSummary: threads.map((thread) => threadSummaryOf(chat_id, thread)), totalThreads: found_threads }
    },
  }
}

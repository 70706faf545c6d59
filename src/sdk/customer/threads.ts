/** Closing the active thread, and reading threads. */
import { MAX_PAGE_THREADS } from '../../protocol/limits.ts'
import type { Client } from '../core/client.ts'
import type { CustomerSDK } from './api.ts'
import { check, checkPage } from './arguments.ts'
import { eventPages } from './history.ts'
import { threadOf, threadSummaryOf } from './shapes.ts'
import type { ChatEvent } from './types.ts'

const MAX_NAMED_THREADS = 100

export function createThreads(client: Client): Pick<CustomerSDK, 'closeThread' | 'getChatThreads' | 'getChatThreadsSummary'> {
  const { ask, outbox } = client

  async function eventsOf(chat: string, thread_id: string): Promise<ChatEvent[]> {
    const events: ChatEvent[] = []
    for await (const page of eventPages(client, chat, thread_id, () => {})) events.unshift(...page)
    return events
  }

  return {
    async closeThread(chat) {
      // What was sent before comes before.
      await ask('deactivate_chat', { id: await outbox.arrived(chat, true) })
      return { success: true }
    },
    async getChatThreads(chat, thread_ids) {
      check(thread_ids.length <= MAX_NAMED_THREADS, `threads (at most ${MAX_NAMED_THREADS})`)
      const chat_id = await outbox.arrived(chat)
      const { threads } = await ask('list_threads', { chat_id, thread_ids })
      return Promise.all(threads.map(async (thread) => threadOf(chat_id, thread, await eventsOf(chat_id, thread.id))))
    },
    async getChatThreadsSummary(chat, { offset = 0, limit = 25 } = {}) {
      checkPage(offset, limit, MAX_PAGE_THREADS)
      const chat_id = await outbox.arrived(chat)
      const { threads, found_threads } = await ask('list_threads', { chat_id, offset, limit })
      return { threadsSummary: threads.map((thread) => threadSummaryOf(chat_id, thread)), totalThreads: found_threads }
    },
  }
}

/** Closing the active thread, and reading a chat by its threads. */

import { MAX_PAGE_THREADS } from '../../protocol/limits.ts'
import { arrivedInTime } from '../core/outbox-arrived.ts'
import { failed } from '../wire/failure.ts'
import type { CustomerSDK } from './api.ts'
import { checkPage } from './arguments.ts'
import { eventPages } from './history.ts'
import type { Part } from './part.ts'
import { threadOf, threadSummaryOf, userOf } from './shapes.ts'
import type { ChatEvent, Thread } from './types.ts'

export function createThreads(part: Part): Pick<CustomerSDK, 'closeThread' | 'getChat' | 'getChatThreads' | 'getChatThreadsSummary'> {
  const { ask } = part.client

  async function eventsOf(chat: string, thread_id: string): Promise<ChatEvent[]> {
    const events: ChatEvent[] = []
    for await (const page of eventPages(part, chat, thread_id)) events.unshift(...page)
    return events
  }

  async function threadsOf(chat_id: string, thread_ids: string[]): Promise<Thread[]> {
    const { threads } = await ask('list_threads', { chat_id, thread_ids })
    return Promise.all(threads.map(async (thread) => threadOf(chat_id, thread, await eventsOf(chat_id, thread.id))))
  }

  return {
    async closeThread(chat) {
      // What was sent before comes before.
      await ask('deactivate_chat', { id: await arrivedInTime(part, chat, true) })
      return { success: true }
    },
    async getChat(chat, thread) {
      const chat_id = await arrivedInTime(part, chat)
      const { chat: found } = await ask('get_chat', { chat_id })
      const { id, active, properties } = found
      const thread_id = thread ?? found.thread?.id
      const [shown = null] = thread_id === undefined ? [] : await threadsOf(chat_id, [thread_id])
      if (thread && !shown) throw failed('NOT_FOUND', 'unable to getChat; no such thread', 'not_found')
      return { id, active, users: found.users.filter(({ present }) => present).map(userOf), properties, thread: shown }
    },
    async getChatThreads(chat, thread_ids) {
      return threadsOf(await arrivedInTime(part, chat), thread_ids)
    },
    async getChatThreadsSummary(chat, { offset = 0, limit = 25 } = {}) {
      checkPage(offset, limit, MAX_PAGE_THREADS)
      const chat_id = await arrivedInTime(part, chat)
      const { threads, found_threads } = await ask('list_threads', { chat_id, offset, limit })
      return { threadsSummary: threads.map((thread) => threadSummaryOf(chat_id, thread)), totalThreads: found_threads }
    },
  }
}

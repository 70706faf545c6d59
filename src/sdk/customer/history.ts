/** A chat's history as pages of events. */

import type { Client } from '../core/client.ts'
import { createHistory } from '../core/history.ts'
import type { CustomerSDK } from './api.ts'
import { eventOf, threadSummaryOf } from './shapes.ts'
import type { ThreadSummary } from './types.ts'

const PAGE_EVENTS = 50

export const createHistories = (
  { ask, outbox }: Client,
  tell: (name: 'thread_summary', summary: ThreadSummary) => void,
): Pick<CustomerSDK, 'getChatHistory'> => ({
  getChatHistory: (chat) =>
    createHistory(async (before) => {
      const chat_id = await outbox.arrived(chat)
      const { events, threads, has_more } = await ask('list_events', {
        chat_id,
        limit: PAGE_EVENTS,
        ...(before !== undefined && { before }),
      })
      for (const thread of threads) tell('thread_summary', threadSummaryOf(chat_id, thread))
      return { items: events.map(eventOf), before: events[0]?.seq ?? 0, done: !has_more }
    }),
})

/** A chat's history as pages of events. */
import type { Event } from '../../protocol/events.ts'
import type { Client } from '../core/client.ts'
import { createHistory, type Pages } from '../core/history.ts'
import type { CustomerSDK } from './api.ts'
import { eventOf, threadSummaryOf } from './shapes.ts'
import type { ChatEvent, ThreadSummary } from './types.ts'

const PAGE_EVENTS = 50

/** All events of a chat, or of one thread of it. */
export const eventPages = (
  { ask, outbox }: Client,
  chat: string,
  thread_id: string | undefined,
  tell: (summary: ThreadSummary) => void,
): Pages<ChatEvent> =>
  createHistory(async (before) => {
    const chat_id = await outbox.arrived(chat)
    const { events, threads, has_more } = await ask('list_events', { chat_id, thread_id, before, limit: PAGE_EVENTS })
    for (const summary of threads) tell(threadSummaryOf(chat_id, summary))
    return { items: events.map(eventOf), before: (events[0] as Event | undefined)?.seq, done: !has_more }
  })

export const createHistories = (client: Client, tell: (summary: ThreadSummary) => void): Pick<CustomerSDK, 'getChatHistory'> => ({
  getChatHistory: (chat) => eventPages(client, chat, undefined, tell),
})

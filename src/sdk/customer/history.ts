/** A chat's history as pages of events. */

import type { Event } from '../../protocol/events.ts'
import { createHistory, type Pages } from '../core/history.ts'
import { arrivedInTime } from '../core/outbox-arrived.ts'
import type { Part } from './part.ts'
import { eventOf, threadSummaryOf } from './shapes.ts'
import type { ChatEvent } from './types.ts'

const PAGE_EVENTS = 50

/** All events of a chat, which tells of the threads they are in; or of one thread of it, silently. */
export const eventPages = (part: Part, chat: string, thread_id?: string): Pages<ChatEvent> =>
  createHistory(async (before) => {
    const { client, emit } = part
    const chat_id = await arrivedInTime(part, chat)
    const { events, threads, has_more } = await client.ask('list_events', { chat_id, thread_id, before, limit: PAGE_EVENTS })
    if (!thread_id) for (const thread of threads) emit('thread_summary', threadSummaryOf(chat_id, thread))
    return { items: events.map(eventOf), before: (events[0] as Event | undefined)?.seq, done: !has_more }
  })

/** Going on with a chat whose thread is closed. */

import { MAX_INITIAL_EVENTS } from '../../protocol/limits.ts'
import { arrivedInTime } from '../core/outbox-arrived.ts'
import type { CustomerSDK } from './api.ts'
import { check } from './arguments.ts'
import { checkEvent } from './events.ts'
import type { Part } from './part.ts'
import { newEventOf, startedOf } from './shapes.ts'

export const createResume = (part: Part): Pick<CustomerSDK, 'resumeChat'> => ({
  async resumeChat(chat, { events = [], properties } = {}) {
    check(events.length <= MAX_INITIAL_EVENTS, `events (at most ${MAX_INITIAL_EVENTS})`)
    events.forEach(checkEvent)
    const id = await arrivedInTime(part, chat, true)
    const resumed = await part.client.ask('resume_chat', { chat: { id, properties, thread: { events: events.map(newEventOf) } } })
    return startedOf(resumed.chat)
  },
})

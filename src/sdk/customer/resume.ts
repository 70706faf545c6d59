/** Going on with a chat whose thread is closed. */

import { MAX_INITIAL_EVENTS } from '../../protocol/limits.ts'
import { arrived } from '../core/outbox-arrived.ts'
import type { CustomerSDK } from './api.ts'
import { check } from './arguments.ts'
import { checkEvent } from './events.ts'
import type { Part } from './part.ts'
import { newEventOf, startedOf } from './shapes.ts'

export const createResume = ({ client }: Part): Pick<CustomerSDK, 'resumeChat'> => ({
  async resumeChat(chat, { events = [], properties } = {}) {
    check(events.length <= MAX_INITIAL_EVENTS, `events (at most ${MAX_INITIAL_EVENTS})`)
    events.forEach(checkEvent)
    const id = await arrived(client, chat, true)
    const resumed = await client.ask('resume_chat', { chat: { id, properties, thread: { events: events.map(newEventOf) } } })
    return startedOf(resumed.chat)
  },
})

/** Going on with a chat whose thread is closed. */
import { MAX_INITIAL_EVENTS } from '../../protocol/limits.ts'
import type { CustomerSDK } from './api.ts'
import { check } from './arguments.ts'
import { checkEvent } from './events.ts'
import type { Part } from './part.ts'
import { newEventOf, startedOf } from './shapes.ts'

export const createResume = ({ client: { ask, outbox } }: Part): Pick<CustomerSDK, 'resumeChat'> => ({
  async resumeChat(chat, { events = [], properties } = {}) {
    check(events.length <= MAX_INITIAL_EVENTS, `events (at most ${MAX_INITIAL_EVENTS})`)
    events.forEach(checkEvent)
    const id = await outbox.arrived(chat, true)
    const resumed = await ask('resume_chat', { chat: { id, properties, thread: { events: events.map(newEventOf) } } })
    return startedOf(resumed.chat)
  },
})

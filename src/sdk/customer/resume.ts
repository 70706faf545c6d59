/** Going on with a chat whose thread is closed. */
import { arrivedInTime } from '../core/outbox-arrived.ts'
import type { CustomerSDK } from './api.ts'
import { checkEvent } from './events.ts'
import type { Part } from './part.ts'
import { newEventOf, startedOf } from './shapes.ts'

export const createResume = (part: Part): Pick<CustomerSDK, 'resumeChat'> => ({
  async resumeChat(chat, { events = [], properties } = {}) {
    const { environment } = part
    const { ask, outbox } = part.client
    events.forEach(checkEvent)
    const id = await arrivedInTime(part, chat, true)
    const named = events.map((event) => ({ custom_id: `~${environment.id()}`, ...newEventOf(event) }))
    const names = named.map(({ custom_id }) => id + custom_id)
    for (const name of names) outbox.told.add(name)
    try {
      return startedOf((await ask('resume_chat', { chat: { id, properties, thread: { events: named } } })).chat)
    } catch (error) {
      for (const name of names) outbox.told.delete(name)
      throw error
    }
  },
})

/** Starting chats, with or without first events. */
import type { Chat } from '../../protocol/chats.ts'
import { MAX_INITIAL_EVENTS } from '../../protocol/limits.ts'
import type { Client } from '../core/client.ts'
import type { CustomerSDK } from './api.ts'
import { check } from './arguments.ts'
import { checkEvent } from './events.ts'
import { asSent, newEventOf, startedOf } from './shapes.ts'

export const createChats = ({ outbox }: Client, provisionalId: () => string): Pick<CustomerSDK, 'startChat'> => ({
  startChat(specification, { signal } = {}) {
    const id = provisionalId()
    const start = async () => {
      const { events, properties } = specification ?? {}
      const first = events ?? []
      check(Array.isArray(first) && first.length <= MAX_INITIAL_EVENTS, 'events')
      first.forEach(checkEvent)
      const { chat } = await outbox.start(id, first.map(newEventOf), asSent({ properties }).properties, signal)
      return startedOf(chat as Chat)
    }
    return Object.assign(start(), { provisionalId: id })
  },
})

/** The customer SDK's public members, put together noun by noun. */
import type { Client } from '../core/client.ts'
import { observable } from '../kit/observable.ts'
import { destroyed } from '../wire/failure.ts'
import { announce } from './announce.ts'
import type { CustomerSDK } from './api.ts'
import { createChats } from './chats.ts'
import type { Customer } from './customer.ts'
import { createEvents } from './events.ts'
import { createHistories } from './history.ts'
import { createReceipts } from './receipts.ts'
import { createThreads } from './threads.ts'
import type { EventName, Events } from './types.ts'
import { createTyping } from './typing.ts'

export function createMembers(customer: Customer<Client>): CustomerSDK {
  const { client, environment, auth, emitter, provisionalId } = customer
  announce(client, emitter)
  const members = {
    ...createChats(client, provisionalId),
    ...createEvents(client),
    ...createThreads(client),
    ...createHistories(client, (summary) => emitter.emit('thread_summary', summary)),
    ...createReceipts(client),
    ...createTyping(client, environment.clock),
    auth: { getToken: () => (customer.over ? Promise.reject(destroyed()) : auth.token()) },
    on: emitter.on,
    off: emitter.off,
    connect: client.connection.connect,
    disconnect: client.connection.disconnect,
    destroy: customer.end,
  }
  customer.begin()
  const listen = (next: (item: [EventName, Events[EventName]]) => void) => emitter.on('*', (name, data) => next([name, data]))
  return observable(members, listen)
}

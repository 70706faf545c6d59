/** The customer SDK's public members, put together noun by noun. */
import { createClient } from '../core/client.ts'
import { foldBriefly } from '../core/fold.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import { observable } from '../kit/observable.ts'
import { destroyed } from '../wire/failure.ts'
import { announce } from './announce.ts'
import type { CustomerSDK } from './api.ts'
import { createChats } from './chats.ts'
import { createCustomer } from './customer.ts'
import { createEvents } from './events.ts'
import { createHistories } from './history.ts'
import { createReceipts } from './receipts.ts'
import { createThreads } from './threads.ts'
import type { Config, EventName, Events } from './types.ts'
import { createTyping } from './typing.ts'

export function createMembers(config: Config, environment: Environment): CustomerSDK {
  const customer = createCustomer(config, environment, (options) => createClient({ ...options, fold: foldBriefly }))
  const { client, auth } = customer
  const { connection } = client
  const { on, off, emit, clear } = createEmitter<Events>()
  announce(client, auth.me, emit)
  const members = {
    ...createChats(client, customer.provisionalId),
    ...createEvents(client),
    ...createThreads(client),
    ...createHistories(client, (summary) => emit('thread_summary', summary)),
    ...createReceipts(client),
    ...createTyping(client, environment.clock),
    auth: {
      async getToken() {
        if (connection.state === 'destroyed') throw destroyed()
        return auth.token()
      },
    },
    on,
    off,
    connect: connection.connect,
    disconnect: connection.disconnect,
    destroy() {
      clear()
      client.destroy()
    },
  }
  customer.begin()
  const listen = (next: (item: [EventName, Events[EventName]]) => void) => on('*', (name, data) => next([name, data]))
  return observable(members, listen)
}

/** The types of `porchlight/rich` as its users meet them. */
import { expectTypeOf, it } from 'vitest'
import type { AgentSDK, Event } from '../agent/index.ts'
import type { CustomerSDK } from '../customer/index.ts'
import type { ChatEvent, Presence, RichSDK } from './index.ts'

it('an extended instance has the members of both, events of its own shape, and listens to either', () => {
  const uses = (customer: RichSDK<CustomerSDK, ChatEvent>, agent: RichSDK<AgentSDK, Event>) => {
    expectTypeOf(customer.startChat).toEqualTypeOf<CustomerSDK['startChat']>()
    expectTypeOf(customer.sendMessage('c', { text: 'x', replyTo: 'e' })).resolves.toEqualTypeOf<ChatEvent>()
    expectTypeOf(agent.sendMessage('c', 'x')).resolves.toEqualTypeOf<Event>()
    expectTypeOf(agent.me).toBeFunction()
    customer.on('new_event', ({ event }) => expectTypeOf(event.timestamp).toBeNumber())
    customer.on('presence', ({ users }) => expectTypeOf(users).toEqualTypeOf<Presence>())
    agent.on('new_event', ({ event }) => expectTypeOf(event.created_at).toBeString())
    agent.on('status_changed', (status) =>
      expectTypeOf(status).toEqualTypeOf<'idle' | 'connecting' | 'connected' | 'reconnecting' | 'closed'>(),
    )
    expectTypeOf(agent.status).toEqualTypeOf<'idle' | 'connecting' | 'connected' | 'reconnecting' | 'closed'>()
  }
  expectTypeOf(uses).toBeFunction()
})

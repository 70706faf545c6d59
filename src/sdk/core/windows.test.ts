/** Lines stay what they are while others type, come and go: whoever draws them has nothing to do then. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openShift, type Shift } from '../../testing/shift.ts'
import type { AgentSDK, Conversation } from '../agent/index.ts'

let shift: Shift
let agent: AgentSDK
let conversation: Conversation

beforeEach(async () => {
  shift = await openShift()
  agent = await shift.person()
  conversation = agent.conversation(shift.chat)
  conversation.open()
  await shift.settle()
})
afterEach(() => shift.end())

it('what a customer types redraws no line', async () => {
  const { items } = conversation.state
  expect(items.length).toBeGreaterThan(0)
  await shift.ann.ask('send_sneak_peek', { chat_id: shift.chat, sneak_peek_text: 'Where is' })
  await shift.settle()
  expect(conversation.state.typing).toMatchObject([{ sneak_peek: 'Where is' }])
  expect(conversation.state.items).toBe(items)
})

it('nor does who leaves', async () => {
  const { items } = conversation.state
  const presence: object[] = []
  agent.on('presence_changed', (change) => presence.push(change))
  await agent.request('get_presence', { chat_id: shift.chat })
  shift.ann.line.link.close()
  await shift.scene.clock.advance(60_000)
  expect(presence).toMatchObject([{ joins: [], leaves: [expect.any(String)] }])
  expect(conversation.state.items).toBe(items)
})

it('a line that changes is another, and the rest are not', async () => {
  await shift.ann.ask('send_event', { chat_id: shift.chat, event: { type: 'message', text: 'two' } })
  await shift.settle()
  const [first, ...before] = conversation.state.items
  const event_id = first?.kind === 'event' ? first.event.id : ''
  await shift.ann.ask('edit_event', { chat_id: shift.chat, event_id, text: 'one' })
  await shift.settle()
  const [edited, ...after] = conversation.state.items
  expect(edited).toMatchObject({ event: { text: 'one' } })
  expect(after).toEqual(before)
  expect(after.every((line, at) => line === before[at])).toBe(true)
})

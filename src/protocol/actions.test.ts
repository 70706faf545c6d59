/** Proves what the schemas refuse and what they let pass, action by action. */
import { describe, expect, it } from 'vitest'
import { AGENT_ACTIONS, CUSTOMER_ACTIONS } from './actions.ts'
import { MAX_LOGIN_CHATS, MAX_SYNC_ENTRIES, RATES } from './limits.ts'
import type { TSchema } from './schema.ts'
import { firstProblem } from './validate.ts'

const problem = (schema: TSchema, value: unknown) => firstProblem(schema, value)?.path

describe('requests', () => {
  const send = CUSTOMER_ACTIONS.send_event.request

  it('[CON5] name the path of a field that the schema does not know', () => {
    expect(problem(send, { chat_id: 'a', event: { type: 'message', text: 'x' } })).toBeUndefined()
    expect(problem(send, { chat_id: 'a', event: { type: 'message', text: 'x' }, extra: 1 })).toBe('extra')
    expect(problem(send, { chat_id: 'a', event: { type: 'message', text: 'x', author_id: 'b' } })).toBe('event.author_id')
    expect(problem(CUSTOMER_ACTIONS.start_chat.request, { chat: { thread: { events: [{ type: 'message', text: 'x', seq: 4 }] } } })).toBe(
      'chat.thread.events.0.seq',
    )
  })

  it('name the path of a field that is missing or of the wrong type', () => {
    expect(problem(send, { event: { type: 'message', text: 'x' } })).toBe('chat_id')
    expect(problem(send, { chat_id: ['a'], event: { type: 'message', text: 'x' } })).toBe('chat_id')
    expect(problem(send, { chat_id: 'a', event: { type: 'file' } })).toBe('event.file_id')
    expect(problem(send, { chat_id: 'a', event: { type: 'telegram' } })).toBe('event.type')
    expect(problem(send, null)).toBe('')
  })

  it('are bounded where they hold lists', () => {
    const chats = (count: number) => Array.from({ length: count }, (_, at) => ({ chat_id: `c${at}`, seq: 1 }))
    expect(problem(CUSTOMER_ACTIONS.login.request, { token: 't', chats: chats(MAX_LOGIN_CHATS) })).toBeUndefined()
    expect(problem(CUSTOMER_ACTIONS.login.request, { token: 't', chats: chats(MAX_LOGIN_CHATS + 1) })).toBe('chats')
    expect(problem(AGENT_ACTIONS.sync.request, { chat_id: 'a', after: 0, limit: MAX_SYNC_ENTRIES + 1 })).toBe('limit')
  })

  it('are bounded where they count, so that no number is beyond a store', () => {
    for (const offset of [1e20, 1e308]) {
      expect(problem(AGENT_ACTIONS.list_chats.request, { offset })).toBe('offset')
      expect(problem(AGENT_ACTIONS.list_threads.request, { chat_id: 'a', offset })).toBe('offset')
    }
  })

  it('of every action are closed objects with a known rate', () => {
    for (const [action, spec] of [...Object.entries(CUSTOMER_ACTIONS), ...Object.entries(AGENT_ACTIONS)]) {
      expect(spec.request, action).toMatchObject({ type: 'object', additionalProperties: false })
      expect(RATES[spec.rate], action).toBeDefined()
    }
  })
})

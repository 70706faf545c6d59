/** Proves where sneak peeks and typing indicators go, and that nothing of them stays. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'
import { sendSneakPeek, sendTypingIndicator } from './typing.ts'

let org: TestOrganization
let ann: Principal
let chat_id: string

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  chat_id = (await org.act(ann, 'start_chat', {})).chat.id
})
afterEach(() => org.close())

const context = () => org.contextOf(ann)

describe('a sneak peek', () => {
  it('[TYP1, LOG11] goes to agents only and leaves no entry', async () => {
    const { signal } = await sendSneakPeek(context(), { chat_id, sneak_peek_text: 'what is the pri' })
    expect(signal).toMatchObject({
      kind: 'signal',
      to: 'agents',
      author_id: 'ann',
      push: { action: 'incoming_sneak_peek', payload: { chat_id, sneak_peek: { text: 'what is the pri' } } },
    })
    expect((await org.act(ann, 'get_chat', { chat_id })).chat.seq).toBe(1)
  })

  it('[TYP1] needs an active thread', async () => {
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    expect(await refusal(sendSneakPeek(context(), { chat_id, sneak_peek_text: 'x' }))).toBe('chat_inactive')
  })
})

describe('a typing indicator', () => {
  it('goes to everyone in the chat', async () => {
    const { signal } = await sendTypingIndicator(context(), { chat_id, is_typing: true })
    expect(signal).toMatchObject({ to: 'all', audience: { members: [{ user_id: 'ann', user_type: 'customer' }] } })
  })
})

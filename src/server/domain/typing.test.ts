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
    expect(await sendTypingIndicator(context(), { chat_id, is_typing: true })).toMatchObject({
      signal: { to: 'all', audience: { members: [{ user_id: 'ann', user_type: 'customer' }] } },
    })
  })

  it('[BOT10] of a bot lets it in, once and into an open chat only', async () => {
    const bot = await org.bot('lumi')
    const type = (is_typing: boolean) => org.act(bot, 'send_typing_indicator', { chat_id, is_typing })
    const comings = async () => {
      const { entries } = await org.act(ann, 'sync', { chat_id, after: 0 })
      return (entries as { action: string }[]).filter(({ action }) => action === 'user_added_to_chat')
    }
    await type(false)
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    await type(true)
    expect(await comings()).toEqual([])
    await org.act(ann, 'resume_chat', { chat: { id: chat_id } })
    await type(true)
    await type(true)
    expect(await comings()).toMatchObject([{ payload: { user: { id: 'lumi', type: 'bot' } } }])
  })

  it('[BOT10] of an agent lets nobody in', async () => {
    await org.act(await org.agent('robin'), 'send_typing_indicator', { chat_id, is_typing: true })
    expect((await org.act(ann, 'get_chat', { chat_id })).chat.users).toMatchObject([{ id: 'ann' }])
  })
})

/** Proves starting, resuming, closing and listing chats, and who may see and do what. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'

let org: TestOrganization
let ann: Principal
let ben: Principal
let robin: Principal

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  ben = await org.customer('ben')
  robin = await org.agent('robin')
})
afterEach(() => org.close())

const hello = [{ type: 'message' as const, text: 'hello' }]
const start = (who: Principal, more: object = {}) => org.act(who, 'start_chat', { chat: { thread: { events: hello } }, ...more })

describe('starting a chat', () => {
  it('[LOG7] answers with the chat and every entry of the start, in order', async () => {
    const { chat, entries } = await start(ann)
    expect(chat).toMatchObject({ kind: 'support', active: true, seq: 2, unread_count: 0 })
    expect((entries as { action: string; payload: { seq: number } }[]).map(({ action, payload }) => [action, payload.seq])).toEqual([
      ['incoming_chat', 1],
      ['incoming_event', 2],
    ])
  })

  it('[IDM3] answers the same custom id with the same chat', async () => {
    const one = await start(ann, { custom_id: 's1' })
    const two = await start(ann, { custom_id: 's1' })
    expect(two).toEqual(one)
    expect((await org.act(ann, 'list_chats', {})).total_chats).toBe(1)
    expect(await refusal(org.act(ann, 'start_chat', { custom_id: 's1' }))).toBe('idempotency_mismatch')
  })

  it('[IDM3] gives two customers with the same custom id a chat each', async () => {
    const one = await start(ann, { custom_id: 's1' })
    const two = await start(ben, { custom_id: 's1' })
    expect(two.chat.id).not.toBe(one.chat.id)
  })

  it('is for customers', async () => {
    expect(await refusal(org.act(robin, 'send_sneak_peek', { chat_id: 'x', sneak_peek_text: '' }))).toBe('authorization')
  })

  it('may begin without a thread', async () => {
    const { chat } = await org.act(ann, 'start_chat', { active: false })
    expect(chat).toMatchObject({ active: false, seq: 0 })
    const sent = await org.act(ann, 'send_event', { chat_id: chat.id, event: { type: 'message', text: 'now' } })
    expect(sent.seq).toBe(2)
  })
})

describe('closing and resuming', () => {
  it('[LOG10] closes the active thread, once', async () => {
    const { chat } = await start(ann)
    const { entries } = await org.act(ann, 'deactivate_chat', { id: chat.id })
    expect(entries).toMatchObject([{ action: 'chat_deactivated', payload: { user_id: 'ann', seq: 3 } }])
    expect(await refusal(org.act(robin, 'deactivate_chat', { id: chat.id }))).toBe('chat_inactive')
  })

  it('resumes a closed chat with a new thread, and refuses an active one', async () => {
    const { chat } = await start(ann)
    expect(await refusal(org.act(ann, 'resume_chat', { chat: { id: chat.id } }))).toBe('conflict')
    await org.act(robin, 'deactivate_chat', { id: chat.id })
    const resumed = await org.act(ann, 'resume_chat', { chat: { id: chat.id, thread: { events: hello } } })
    expect(resumed.chat).toMatchObject({ active: true, thread: { order: 2 } })
    expect(resumed.chat.thread?.previous_thread_id).toBe(chat.thread?.id)
  })
})

describe('resuming by an agent', () => {
  it('[MEM3] with a reply adds the agent, and without one does not', async () => {
    const { chat } = await start(ann)
    const resume = async (thread: object) => {
      await org.act(ann, 'deactivate_chat', { id: chat.id })
      const { users } = (await org.act(robin, 'resume_chat', { chat: { id: chat.id, thread } })).chat
      return users.filter(({ present }) => present).map(({ id }) => id)
    }
    expect(await resume({ events: [{ type: 'message', text: 'to ourselves', visibility: 'agents' }] })).toEqual(['ann'])
    expect(await resume({ events: hello })).toEqual(['ann', 'robin'])
  })
})

describe('who sees what', () => {
  it("[MEM1] answers another customer's chat exactly like one that does not exist", async () => {
    const { chat } = await start(ann)
    const tries = ['get_chat', 'list_threads', 'list_events'] as const
    for (const action of tries) {
      const [other, none] = await Promise.all(
        [chat.id, 'nosuchchat'].map((chat_id) =>
          org.act(ben, action, { chat_id }).catch((error: Error) => ({ ...error, message: error.message })),
        ),
      )
      expect(other).toEqual(none)
    }
    expect(await refusal(org.act(ben, 'sync', { chat_id: chat.id, after: 0 }))).toBe('not_found')
    expect(await refusal(org.act(ben, 'send_event', { chat_id: chat.id, event: { type: 'message', text: 'hi' } }))).toBe('not_found')
    expect(await refusal(org.act(ben, 'deactivate_chat', { id: chat.id }))).toBe('not_found')
    expect(await refusal(org.act(ben, 'mark_events_as_seen', { chat_id: chat.id }))).toBe('not_found')
  })

  it('[MEM2] shows every agent the support chats of the organization', async () => {
    await start(ann)
    await start(ben)
    const { chats_summary, total_chats } = await org.act(robin, 'list_chats', {})
    expect(total_chats).toBe(2)
    expect(chats_summary.map((chat) => chat.last_event?.author_id)).toEqual(expect.arrayContaining(['ann', 'ben']))
  })

  it('[MEM2] hides direct chats from agents who are not in them', async () => {
    const members = [{ user_id: 'ann', user_type: 'customer' as const }]
    await org.store.commit({
      at: org.clock.now(),
      expect: [],
      idempotency: [],
      writes: [
        {
          write: 'create_chat',
          chat_id: 'direct1',
          organization_id: 'acme',
          kind: 'direct',
          name: null,
          joinable: false,
          history: false,
          properties: {},
          created_by: 'ann',
          members,
        },
        { write: 'open_thread', chat_id: 'direct1', thread_id: 'd1', by: 'ann', properties: {} },
      ],
    })
    expect(await refusal(org.act(robin, 'get_chat', { chat_id: 'direct1' }))).toBe('not_found')
    expect((await org.act(robin, 'list_chats', {})).total_chats).toBe(0)
    expect((await org.act(ann, 'get_chat', { chat_id: 'direct1' })).chat.kind).toBe('direct')
  })

  it('[MEM6] lets nothing cross from one organization to another', async () => {
    const { chat } = await start(ann)
    const spy = await org.agent('spy', 'other')
    expect(await refusal(org.act(spy, 'get_chat', { chat_id: chat.id }))).toBe('not_found')
    expect(await refusal(org.act(spy, 'get_customer', { id: 'ann' }))).toBe('not_found')
    expect((await org.act(spy, 'list_chats', {})).total_chats).toBe(0)
  })

  it("shows a customer no agent's address and no page", async () => {
    const { chat } = await start(ann)
    await org.act(robin, 'send_event', { chat_id: chat.id, event: { type: 'message', text: 'hi' } })
    expect(JSON.stringify(await org.act(ann, 'get_chat', { chat_id: chat.id }))).not.toContain('@example.test')
  })
})

describe('listing chats', () => {
  it('orders by last activity and pages by page_id without gap or overlap', async () => {
    const ids: string[] = []
    for (let at = 0; at < 7; at++) {
      ids.unshift((await start(at % 2 ? ann : ben)).chat.id)
      await org.clock.advance(10)
    }
    const listed: string[] = []
    let page_id: string | undefined
    do {
      const page = await org.act(robin, 'list_chats', { limit: 3, ...(page_id === undefined ? {} : { page_id }) })
      listed.push(...page.chats_summary.map((chat) => chat.id))
      page_id = page.next_page_id
    } while (page_id !== undefined)
    expect(listed).toEqual(ids)
  })

  it('refuses page ids that were not given out and limits over the maximum', async () => {
    expect(await refusal(org.act(ann, 'list_chats', { page_id: 'x' }))).toBe('validation')
    expect(await refusal(org.act(ann, 'list_chats', { limit: 26 }))).toBe('validation')
  })

  it('filters by whether a thread is active', async () => {
    const one = await start(ann)
    await start(ben)
    await org.act(robin, 'deactivate_chat', { id: one.chat.id })
    expect((await org.act(robin, 'list_chats', { filters: { active: true } })).total_chats).toBe(1)
  })
})

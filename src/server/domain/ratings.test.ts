/** Proves what rating a thread does, who may, and what is told of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LogPush } from '../../protocol/pushes.ts'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'

let org: TestOrganization
let ann: Principal
let robin: Principal
let chat_id: string
let first: string

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  robin = await org.agent('robin')
  const { chat } = await org.act(ann, 'start_chat', { chat: { thread: { events: [{ type: 'message', text: 'hello' }] } } })
  chat_id = chat.id
  first = chat.thread?.id ?? ''
})
afterEach(() => org.close())

const good = { value: 'good', comment: 'Quick!' } as const
const bad = { value: 'bad' } as const
const rate = (rating: typeof good | typeof bad | null, more: object = {}) => org.act(ann, 'rate_chat', { chat_id, rating, ...more })
const threadsOf = async (who: Principal) => (await org.act(who, 'list_threads', { chat_id, sort_order: 'asc' })).threads
const told = async (who: Principal) => {
  const entries = (await org.act(who, 'sync', { chat_id, after: 0 })).entries as LogPush[]
  return entries.flatMap((entry) => (entry.action === 'chat_rated' ? [entry.payload] : []))
}

describe('rating', () => {
  it('[RAT1] rates the last thread, open or closed, for customer and agents alike', async () => {
    expect(await rate(good)).toMatchObject({ thread_id: first, rating: good })
    await org.act(robin, 'deactivate_chat', { id: chat_id })
    expect(await rate(bad)).toMatchObject({ thread_id: first, rating: bad, entries: [{ action: 'chat_rated' }] })
    for (const who of [ann, robin]) expect(await threadsOf(who)).toMatchObject([{ id: first, rating: bad }])
    expect((await org.act(robin, 'get_chat', { chat_id })).chat.thread).toMatchObject({ rating: bad })
  })

  it('[RAT1] rates another thread that is named', async () => {
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    await org.act(ann, 'resume_chat', { chat: { id: chat_id } })
    await rate(good, { thread_id: first })
    await rate(bad)
    expect((await threadsOf(ann)).map(({ rating }) => rating)).toEqual([good, bad])
  })

  it('[RAT1] is withdrawn by null', async () => {
    await rate(good)
    expect(await rate(null)).toMatchObject({ rating: null, entries: [{ payload: { rating: null } }] })
    expect(await threadsOf(robin)).not.toMatchObject([{ rating: expect.anything() }])
  })

  it('[RAT2] makes no entry of what is so already', async () => {
    expect((await rate(null)).entries).toEqual([])
    await rate(good)
    expect((await rate({ ...good, comment: ' Quick! ' } as never)).entries).toEqual([])
    expect((await rate({ value: 'good', comment: '  ' } as never)).entries).toHaveLength(1)
    expect((await rate({ value: 'good' } as never)).entries).toEqual([])
  })

  it('[RAT3] keeps what was withdrawn out of every replay', async () => {
    await rate(good)
    expect(await told(robin)).toMatchObject([{ thread_id: first, user_id: 'ann', rating: good }])
    await rate(bad)
    await rate(null)
    expect((await told(robin)).map(({ rating }) => rating)).toEqual([{ value: 'good' }, bad, null])
  })

  it('is for the customer in the chat, and for threads that are there', async () => {
    expect(await refusal(org.act(robin, 'rate_chat', { chat_id, rating: good }))).toBe('authorization')
    expect(await refusal(org.act(await org.customer('eve'), 'rate_chat', { chat_id, rating: good }))).toBe('not_found')
    expect(await refusal(rate(good, { thread_id: 'nope' }))).toBe('not_found')
    const { chat } = await org.act(ann, 'start_chat', { active: false })
    expect(await refusal(org.act(ann, 'rate_chat', { chat_id: chat.id, rating: good }))).toBe('not_found')
  })

  it('[LOG8] moves no time, count or order', async () => {
    const { seq: _, thread: __, ...before } = (await org.act(ann, 'get_chat', { chat_id })).chat
    org.clock.advance(5_000)
    await rate(good)
    expect((await org.act(ann, 'get_chat', { chat_id })).chat).toMatchObject(before)
  })
})

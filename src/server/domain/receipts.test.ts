/** Proves read marks: that they only move forward, what moves them, and the unread counts that follow from them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'

let org: TestOrganization
let ann: Principal
let robin: Principal
let chat_id: string

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  robin = await org.agent('robin')
  chat_id = (await org.act(ann, 'start_chat', {})).chat.id
})
afterEach(() => org.close())

const send = async (who: Principal, text: string, more: object = {}) => {
  await org.clock.advance(10)
  return org.act(who, 'send_event', { chat_id, event: { type: 'message', text, ...more } })
}
const mark = (who: Principal, how: object = {}) => org.act(who, 'mark_events_as_seen', { chat_id, ...how })
const unread = async (who: Principal) => (await org.act(who, 'get_chat', { chat_id })).chat.unread_count
const heads = async () => {
  const { chat } = await org.act(robin, 'get_chat', { chat_id })
  return [chat.seq, (await org.act(ann, 'get_chat', { chat_id })).chat.seq]
}

describe('read marks', () => {
  it('[SEE1] move forward only, and write nothing when they do not move', async () => {
    const { seq } = await send(robin, 'one')
    await send(robin, 'two')
    expect((await mark(ann)).entries).toHaveLength(1)
    const before = await heads()
    const back = await mark(ann, { seq })
    expect(back.entries).toEqual([])
    expect(back.seen_seq).toBeGreaterThan(seq)
    expect(await heads()).toEqual(before)
  })

  it('[SEE1] stand on an event, so that marking the end again writes nothing', async () => {
    await send(robin, 'one')
    await mark(ann)
    const before = await heads()
    expect((await mark(ann)).entries).toEqual([])
    expect(await heads()).toEqual(before)
  })

  it('[SEE2] given as a time mean the last event within that millisecond', async () => {
    const one = await send(robin, 'one')
    await send(robin, 'two')
    const marked = await mark(ann, { seen_up_to: one.event.created_at })
    expect(marked.seen_seq).toBe(one.seq)
    expect(await unread(ann)).toBe(1)
  })

  it('[SEE2] given as a time that there is not are refused', async () => {
    expect(await refusal(mark(ann, { seen_up_to: '2024-13-32T25:61:61Z' }))).toBe('validation')
  })

  it("[SEE3] follow one's own event without an entry", async () => {
    await send(robin, 'one')
    expect(await unread(ann)).toBe(1)
    const sent = await send(ann, 'two')
    expect(await unread(ann)).toBe(0)
    const entries = (await org.act(ann, 'sync', { chat_id, after: sent.seq - 1 })).entries as { action: string }[]
    expect(entries.map((entry) => entry.action)).toEqual(['incoming_event'])
  })

  it("[SEE5] of agents that pass only notes are not the customer's to know", async () => {
    await send(ann, 'one')
    await mark(robin)
    await send(robin, 'note', { visibility: 'agents' })
    const before = await heads()
    const { entries } = await mark(robin)
    expect(entries).toEqual([])
    const kim = await org.agent('kim')
    expect((await mark(kim, { seq: 2 })).entries).toHaveLength(1)
    const [agents, customers] = await heads()
    expect((await mark(kim)).entries).toHaveLength(1)
    expect(await heads()).toEqual([(agents ?? 0) + 1, customers])
    expect(customers).toBe((before[1] ?? 0) + 1)
  })

  it('[SEE6] make the unread count, up to 100', async () => {
    for (let at = 0; at < 105; at++) await send(robin, `m${at}`)
    expect(await unread(ann)).toBe(100)
    await mark(ann)
    expect(await unread(ann)).toBe(0)
    await send(robin, 'note', { visibility: 'agents' })
    expect(await unread(ann)).toBe(0)
  })

  it('ahead of the log are refused', async () => {
    expect(await refusal(mark(ann, { seq: 99 }))).toBe('validation')
    expect(await refusal(mark(ann, { seq: 1, seen_up_to: '2026-01-01T00:00:00.000Z' }))).toBe('validation')
  })
})

/** Proves what sending an event does: where it goes, what it brings along, and that the same one twice is one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../protocol/events.ts'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'

let org: TestOrganization
let ann: Principal
let robin: Principal
let chat_id: string

const message = (text: string, more: object = {}) => ({ type: 'message' as const, text, ...more })

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  robin = await org.agent('robin')
  const started = await org.act(ann, 'start_chat', { chat: { thread: { events: [message('first')] } } })
  chat_id = started.chat.id
})
afterEach(() => org.close())

const send = (who: Principal, text: string, more: object = {}) => org.act(who, 'send_event', { chat_id, event: message(text, more) })
const entriesOf = async (who: Principal) =>
  (await org.act(who, 'sync', { chat_id, after: 0 })).entries as { action: string; payload: { seq: number; event?: Event } }[]

describe('sending an event', () => {
  it('[LOG1] numbers entries densely from 1', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, at) => send(at % 2 ? ann : robin, `m${at}`)))
    const seqs = (await entriesOf(robin)).map((entry) => entry.payload.seq)
    expect(seqs).toEqual(seqs.map((_, at) => at + 1))
  })

  it('names the event after its thread', async () => {
    const { event, thread_id } = await send(ann, 'second')
    expect(event.id).toBe(`${thread_id}_2`)
  })

  it('[IDM1] answers the same custom id with the same event and writes nothing new', async () => {
    const one = await send(ann, 'again', { custom_id: 'k1' })
    const two = await send(ann, 'again', { custom_id: 'k1' })
    expect(two.event).toEqual(one.event)
    expect(two.seq).toBe(one.seq)
    expect((await entriesOf(ann)).filter((entry) => entry.payload.event?.text === 'again')).toHaveLength(1)
  })

  it('[IDM1] answers the same event after its thread was closed, and opens none', async () => {
    const one = await send(ann, 'again', { custom_id: 'k1' })
    await org.act(robin, 'deactivate_chat', { id: chat_id })
    expect((await send(ann, 'again', { custom_id: 'k1' })).event).toEqual(one.event)
    expect((await org.act(ann, 'get_chat', { chat_id })).chat.active).toBe(false)
  })

  it('[IDM1] lets two authors use the same custom id', async () => {
    const one = await send(ann, 'a', { custom_id: 'k1' })
    const two = await send(robin, 'b', { custom_id: 'k1' })
    expect(two.event.id).not.toBe(one.event.id)
  })

  it('[IDM2] refuses the same custom id with other content', async () => {
    await send(ann, 'one', { custom_id: 'k1' })
    expect(await refusal(send(ann, 'two', { custom_id: 'k1' }))).toBe('idempotency_mismatch')
  })

  it('[IDM1, IDM2] knows the custom ids of events that a chat began with, each with its own content', async () => {
    const events = ['one', 'two'].map((text) => message(text, { custom_id: text }))
    const { id } = (await org.act(ann, 'start_chat', { chat: { thread: { events } } })).chat
    const again = (text: string) => org.act(ann, 'send_event', { chat_id: id, event: message(text, { custom_id: 'one' }) })
    expect(await again('one')).toMatchObject({
      seq: 2,
      event: { text: 'one' },
      entries: [{ action: 'incoming_chat' }, { payload: { seq: 3 } }],
    })
    expect(await refusal(again('another'))).toBe('idempotency_mismatch')
  })

  it('[IDM4] shows a custom id of the client only to its author', async () => {
    const { event } = await send(ann, 'hidden key', { custom_id: '~k2' })
    const other = (await entriesOf(robin)).find((entry) => entry.payload.event?.id === event.id)
    expect(event.custom_id).toBe('~k2')
    expect(other?.payload.event?.custom_id).toBeUndefined()
  })

  it('[LOG10, LOG7] opens a thread in the same change when there is none, and answers with all entries', async () => {
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    const sent = await send(ann, 'one more thing')
    const [opened] = sent.entries as { action: string; payload: { seq: number } }[]
    expect(opened?.action).toBe('incoming_chat')
    expect(opened?.payload.seq).toBe(sent.seq - 1)
    const { threads } = await org.act(ann, 'list_threads', { chat_id })
    expect(threads.map(({ active, order }) => ({ active, order }))).toEqual([
      { active: true, order: 2 },
      { active: false, order: 1 },
    ])
  })

  it('[LOG10] opens one thread only when several send at once', async () => {
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    await Promise.all(['a', 'b', 'c'].map((text) => send(ann, text)))
    expect((await org.act(ann, 'list_threads', { chat_id })).found_threads).toBe(2)
  })

  it('[LOG10] joins the last thread when asked to', async () => {
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    await org.act(ann, 'send_event', { chat_id, event: message('p.s.'), attach_to_last_thread: true })
    expect((await org.act(ann, 'list_threads', { chat_id })).found_threads).toBe(1)
  })

  it('[MEM3] adds an agent with the first reply, and not with a note', async () => {
    const present = async () => (await org.store.present(chat_id)).map((user) => user.user_id)
    await send(robin, 'between us', { visibility: 'agents' })
    expect(await present()).toEqual(['ann'])
    const reply = await send(robin, 'hello')
    expect((reply.entries as { action: string }[]).map((entry) => entry.action)).toEqual(['user_added_to_chat'])
    expect((await present()).sort()).toEqual(['ann', 'robin'])
    expect((await send(robin, 'and welcome')).entries).toBeUndefined()
  })

  it('[LOG8, LOG2] lets a note move nothing that the customer can see', async () => {
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    const before = await org.act(ann, 'get_chat', { chat_id })
    const entries = await entriesOf(ann)
    await org.clock.advance(5000)
    const note = await send(robin, 'between us', { visibility: 'agents' })
    expect(note.event.id).toMatch(/_a1$/)
    expect(await org.act(ann, 'get_chat', { chat_id })).toEqual(before)
    expect(await entriesOf(ann)).toEqual(entries)
    const next = await org.act(ann, 'send_event', { chat_id, event: message('next'), attach_to_last_thread: true })
    expect(next.event.id).toMatch(/_2$/)
    expect(next.seq).toBe(before.chat.seq + 1)
    expect(JSON.stringify(await entriesOf(ann))).not.toContain('between us')
  })

  it('[LOG5] never goes back in time', async () => {
    const first = await send(ann, 'now')
    const past = { now: org.clock.now() - 60_000 }
    const change = { at: past.now, expect: [], idempotency: [], writes: [] }
    await org.store.commit(change)
    const second = await send(robin, 'then')
    expect(Date.parse(second.event.created_at)).toBeGreaterThanOrEqual(Date.parse(first.event.created_at))
  })

  it('refuses notes of customers, blank and oversized texts, and changes nothing', async () => {
    const before = await entriesOf(robin)
    expect(await refusal(send(ann, 'psst', { visibility: 'agents' }))).toBe('authorization')
    expect(await refusal(send(ann, ' \n '))).toBe('validation')
    expect(await refusal(send(ann, 'ü'.repeat(9000)))).toBe('entity_too_large')
    expect(await entriesOf(robin)).toEqual(before)
  })

  it('tells since when the customer waits', async () => {
    const waiting = async () => (await org.act(robin, 'get_chat', { chat_id })).chat.waiting_since
    const since = await waiting()
    expect(since).toBeDefined()
    await org.clock.advance(1000)
    await send(ann, 'hello?')
    expect(await waiting()).toBe(since)
    await send(robin, 'noted', { visibility: 'agents' })
    expect(await waiting()).toBe(since)
    await send(robin, 'hello')
    expect(await waiting()).toBeUndefined()
    await org.act(robin, 'deactivate_chat', { id: chat_id })
    await org.act(ann, 'send_event', { chat_id, event: message('thanks'), attach_to_last_thread: true })
    expect(await waiting()).toBeUndefined()
    await send(ann, 'one more thing')
    expect(await waiting()).toBeDefined()
  })
})

describe('listing events', () => {
  it('pages backwards without gap or overlap, oldest first', async () => {
    for (let at = 0; at < 25; at++) await send(ann, `m${at}`)
    const seen: number[] = []
    let before: number | undefined
    for (let more = true; more; ) {
      const page = await org.act(ann, 'list_events', { chat_id, limit: 10, ...(before === undefined ? {} : { before }) })
      seen.unshift(...page.events.map((event) => event.seq))
      before = page.events[0]?.seq
      more = page.has_more
    }
    expect(seen).toHaveLength(26)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })
})

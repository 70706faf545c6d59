/** Proves what becomes of a site's own data on chats, threads and events: who may change it, what is told, and that it has a size. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_PROPERTIES_BYTES } from '../../protocol/limits.ts'
import type { LogPush } from '../../protocol/pushes.ts'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'

let org: TestOrganization
let ann: Principal
beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
})
afterEach(() => org.close())

/** Properties of exactly so many bytes as JSON, most of them in letters of two bytes. */
function sized(bytes: number) {
  const made: Record<string, Record<string, string>> = { shop: {} }
  for (let at = 0; ; at++) {
    const left = bytes - Buffer.byteLength(JSON.stringify({ shop: { ...made['shop'], [`k${at}`]: '' } }))
    const value = 'é'.repeat(Math.min(2000, Math.floor(left / 2))) + (left <= 4000 && left % 2 ? 'e' : '')
    made['shop'] = { ...made['shop'], [`k${at}`]: value }
    if (Buffer.byteLength(JSON.stringify(made)) === bytes) return made
  }
}

const event = (properties: object) => ({ type: 'message' as const, text: 'hello', properties: properties as never })
const places = [
  ['chat.properties', (properties: object) => ({ properties: properties as never })],
  ['chat.thread.properties', (properties: object) => ({ thread: { properties: properties as never } })],
  ['chat.thread.events.1.properties', (properties: object) => ({ thread: { events: [event({}), event(properties)] } })],
] as const

describe('properties', () => {
  it.each(places)('[CON15] %s have 16 KB and no more', async (path, chat) => {
    const over = org.act(ann, 'start_chat', { chat: chat(sized(MAX_PROPERTIES_BYTES + 1)) })
    await expect(over).rejects.toMatchObject({ type: 'entity_too_large', data: { path, limit: MAX_PROPERTIES_BYTES } })
    await expect(over).rejects.toThrow(`unable to start_chat; ${path} is over`)
    expect((await org.act(ann, 'start_chat', { chat: chat(sized(MAX_PROPERTIES_BYTES)) })).chat.active).toBe(true)
  })

  it('[CON15] of a resumed thread and of a sent event are measured as well', async () => {
    const { chat } = await org.act(ann, 'start_chat', {})
    const properties = sized(MAX_PROPERTIES_BYTES + 1) as never
    const sent = org.act(ann, 'send_event', { chat_id: chat.id, event: event(properties) })
    await expect(sent).rejects.toMatchObject({ type: 'entity_too_large', data: { path: 'event.properties' } })
    await org.act(ann, 'deactivate_chat', { id: chat.id })
    const resumed = org.act(ann, 'resume_chat', { chat: { id: chat.id, thread: { properties } } })
    await expect(resumed).rejects.toMatchObject({ type: 'entity_too_large', data: { path: 'chat.thread.properties' } })
  })
})

describe('changing properties', () => {
  let robin: Principal
  let chat_id: string
  let thread_id: string
  let event_id: string

  beforeEach(async () => {
    robin = await org.agent('robin')
    const { chat } = await org.act(ann, 'start_chat', { chat: { thread: { events: [{ type: 'message', text: 'hello' }] } } })
    chat_id = chat.id
    thread_id = chat.thread?.id ?? ''
    event_id = chat.last_event?.id ?? ''
  })

  const updateChat = (who: Principal, properties: object) =>
    org.act(who, 'update_chat_properties', { id: chat_id, properties: properties as never })
  const chatOf = async (who: Principal) => (await org.act(who, 'get_chat', { chat_id })).chat
  const seen = async (who: Principal) => (await org.act(who, 'sync', { chat_id, after: 0 })).entries as LogPush[]

  it('[PRO1] merges by namespace and name, and deletes what is named', async () => {
    await updateChat(ann, { shop: { basket: 3, vip: true }, crm: { id: 'x' } })
    await updateChat(robin, { shop: { basket: 4 } })
    expect((await chatOf(ann)).properties).toEqual({ shop: { basket: 4, vip: true }, crm: { id: 'x' } })
    await org.act(ann, 'delete_chat_properties', { id: chat_id, properties: { shop: ['vip', 'nope'], crm: ['id'], none: ['a'] } })
    expect((await chatOf(ann)).properties).toEqual({ shop: { basket: 4 } })
  })

  it('[PRO1] takes names that objects have by themselves for names like any other', async () => {
    const properties = JSON.parse('{"__proto__":{"constructor":"a"},"toString":{"__proto__":1}}')
    await updateChat(ann, properties)
    expect(JSON.stringify((await chatOf(ann)).properties)).toBe(JSON.stringify(properties))
    await org.act(ann, 'delete_chat_properties', {
      id: chat_id,
      properties: JSON.parse('{"__proto__":["constructor"],"valueOf":["call"]}'),
    })
    expect(JSON.stringify((await chatOf(ann)).properties)).toBe('{"toString":{"__proto__":1}}')
  })

  it('[PRO2] makes no entry of what is so already', async () => {
    await updateChat(ann, { shop: { basket: 3 } })
    const { seq } = await chatOf(ann)
    expect(await updateChat(ann, { shop: { basket: 3 }, empty: {} })).toEqual({ entries: [] })
    expect(await org.act(ann, 'delete_chat_properties', { id: chat_id, properties: { shop: ['nope'] } })).toEqual({ entries: [] })
    expect(await chatOf(ann)).toMatchObject({ seq, properties: { shop: { basket: 3 } } })
  })

  it('[PRO3] tells what was set, and only that, with the values of now', async () => {
    await updateChat(ann, { shop: { basket: 3, vip: true } })
    const { entries } = await updateChat(robin, { shop: { basket: 4, vip: true } })
    expect(entries).toMatchObject([{ action: 'chat_properties_updated', payload: { chat_id, seq: 4, requester_id: 'robin' } }])
    expect((entries as LogPush[]).map(({ payload }) => 'properties' in payload && payload.properties)).toEqual([{ shop: { basket: 4 } }])
    await org.act(ann, 'delete_chat_properties', { id: chat_id, properties: { shop: ['vip'] } })
    expect((await seen(ann)).slice(2).map(({ action, payload }) => [action, 'properties' in payload && payload.properties])).toEqual([
      ['chat_properties_updated', { shop: { basket: 4 } }],
      ['chat_properties_updated', { shop: { basket: 4 } }],
      ['chat_properties_deleted', { shop: ['vip'] }],
    ])
  })

  it('tells of a thread by its id, of an event by both', async () => {
    const properties = { shop: { a: 1 } }
    await org.act(ann, 'update_thread_properties', { chat_id, thread_id, properties })
    await org.act(ann, 'update_event_properties', { chat_id, thread_id, event_id, properties })
    await org.act(ann, 'delete_event_properties', { chat_id, thread_id, event_id, properties: { shop: ['a'] } })
    await org.act(ann, 'delete_thread_properties', { chat_id, thread_id, properties: { shop: ['a'] } })
    expect((await seen(ann)).slice(2)).toMatchObject([
      { action: 'thread_properties_updated', payload: { thread_id } },
      { action: 'event_properties_updated', payload: { thread_id, event_id } },
      { action: 'event_properties_deleted', payload: { thread_id, event_id, properties: { shop: ['a'] } } },
      { action: 'thread_properties_deleted', payload: { thread_id, properties: { shop: ['a'] } } },
    ])
  })

  it('[CON15] has 16 KB for the whole that comes out', async () => {
    const half = sized(MAX_PROPERTIES_BYTES / 2 + 100)
    await updateChat(ann, half)
    const more = { other: half['shop'] }
    await expect(updateChat(ann, more)).rejects.toMatchObject({ type: 'entity_too_large', data: { path: 'properties' } })
    expect((await chatOf(ann)).properties).toEqual(half)
  })

  it('[CON15] holds when two together are too much', async () => {
    const third = (namespace: string) => ({ [namespace]: sized(6_000)['shop'] })
    const settled = await Promise.allSettled(['a', 'b', 'c'].map((namespace) => updateChat(ann, third(namespace))))
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  })

  it('[PRO4] lets a customer change events of their own, and an agent any', async () => {
    const { event } = await org.act(robin, 'send_event', { chat_id, event: { type: 'message', text: 'hi' } })
    const place = { chat_id, thread_id, event_id: event.id }
    expect(await refusal(org.act(ann, 'update_event_properties', { ...place, properties: { a: { b: 1 } } }))).toBe('authorization')
    expect(await refusal(org.act(ann, 'delete_event_properties', { ...place, properties: { a: ['b'] } }))).toBe('authorization')
    await org.act(robin, 'update_event_properties', { ...place, properties: { a: { b: 1 } } })
    await org.act(robin, 'update_event_properties', { ...place, event_id, properties: { a: { b: 2 } } })
    const { events } = await org.act(ann, 'list_events', { chat_id })
    expect(events.map(({ properties }) => properties)).toEqual([{ a: { b: 2 } }, { a: { b: 1 } }])
  })

  it('[PRO4] [LOG8] keeps those of a note from customers', async () => {
    const { event } = await org.act(robin, 'send_event', { chat_id, event: { type: 'message', text: 'psst', visibility: 'agents' } })
    const place = { chat_id, thread_id, event_id: event.id }
    const before = await chatOf(ann)
    expect(await refusal(org.act(ann, 'update_event_properties', { ...place, properties: { a: { b: 1 } } }))).toBe('not_found')
    await org.act(robin, 'update_event_properties', { ...place, properties: { a: { b: 1 } } })
    expect(await chatOf(ann)).toEqual(before)
    expect((await seen(robin)).at(-1)).toMatchObject({ action: 'event_properties_updated', payload: { event_id: event.id } })
  })

  it('[MEM1] answers what is not there, and what is another’s, alike', async () => {
    const eve = await org.customer('eve')
    const properties = { a: { b: 1 } }
    const tries = [
      org.act(eve, 'update_chat_properties', { id: chat_id, properties }),
      org.act(ann, 'update_chat_properties', { id: 'nope', properties }),
      org.act(ann, 'update_thread_properties', { chat_id, thread_id: 'nope', properties }),
      org.act(ann, 'update_event_properties', { chat_id, thread_id, event_id: `${thread_id}_9`, properties }),
    ]
    for (const each of tries) expect(await refusal(each)).toBe('not_found')
  })

  it('[PRO5] comes with a chat that is resumed', async () => {
    await updateChat(ann, { shop: { basket: 3, vip: true } })
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    const over = sized(MAX_PROPERTIES_BYTES) as never
    expect(await refusal(org.act(ann, 'resume_chat', { chat: { id: chat_id, properties: over } }))).toBe('entity_too_large')
    const { chat, entries } = await org.act(ann, 'resume_chat', { chat: { id: chat_id, properties: { shop: { basket: 4 } } } })
    expect(chat.properties).toEqual({ shop: { basket: 4, vip: true } })
    expect((entries as LogPush[]).map(({ action }) => action)).toEqual(['chat_properties_updated', 'incoming_chat'])
  })
})

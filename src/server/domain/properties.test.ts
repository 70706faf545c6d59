/** Proves that what a site attaches has a size, counted in bytes and for each thing by itself. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_PROPERTIES_BYTES } from '../../protocol/limits.ts'
import { openOrganization, type TestOrganization } from '../../testing/organization.ts'
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

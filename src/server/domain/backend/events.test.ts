/** Events as a back end sends, edits and deletes them, and what everyone else has of them from then on. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../../testing/organization.ts'
import type { Write } from '../../store/change.ts'
import type { Principal } from '../context.ts'
import { handlerOf } from '../handlers.ts'

let organization: TestOrganization
let serve: TestOrganization['serve']
let jo: Principal
let chat_id: string
beforeEach(async () => {
  organization = await openOrganization()
  serve = organization.serve
  const { user } = await serve('create_user', { external_id: 'jo' })
  jo = { type: 'customer', id: user.id, organization_id: 'acme' }
  chat_id = (await serve('create_chat', { users: ['jo', 'kim'] })).chat.id
})
afterEach(() => organization.close())

const send = (text: string, user_id = 'jo') => serve('send_event', { chat_id, user_id, event: { type: 'message', text } })
const named = (event_id: string) => ({ chat_id, event_id })
const synced = async () =>
  (await organization.act(jo, 'sync', { chat_id, after: 0 })).entries as { action: string; payload: { event?: object } }[]
const file = async (id: string, uploader_id = 'acme') => {
  const said = { id, organization_id: 'acme', uploader_id, custom_id: null, name: 'a.png', content_type: 'image/png', size: 1 }
  const row = { ...said, width: 1, height: 1, hash: 'h', created_at: organization.clock.now(), expires_at: organization.clock.now() + 1e6 }
  const insert: Write = { write: 'insert', table: 'files', row }
  await organization.store.commit({ at: 0, expect: [], writes: [insert], idempotency: [] })
}

describe('[EDT1] an event that is edited', () => {
  it('says what is new to everyone, also who reads what brought it', async () => {
    const { event } = await send('old words')
    const { event: edited } = await serve('edit_event', { ...named(event.id), text: 'new words' })
    expect(edited).toMatchObject({ id: event.id, seq: event.seq, text: 'new words', edited_at: expect.any(String) })
    const log = await synced()
    expect(log.slice(-2)).toMatchObject([
      { action: 'incoming_event', payload: { event: { text: 'new words' } } },
      { action: 'event_updated', payload: { event: { text: 'new words' } } },
    ])
    expect(JSON.stringify([log, await serve('list_events', { chat_id }), await organization.act(jo, 'list_chats', {})])).not.toContain(
      'old',
    )
  })

  it('is shaped as it is then, not as it was edited first', async () => {
    const { event } = await send('one')
    for (const text of ['two', 'three']) await serve('edit_event', { ...named(event.id), text })
    expect((await synced()).map(({ payload }) => payload.event).filter(Boolean)).toEqual(
      Array(3).fill(expect.objectContaining({ text: 'three' })),
    )
  })

  it.each([
    [{}, 'text'],
    [{ content: { a: 1 } }, 'content'],
    [{ text: ' ' }, 'text'],
  ])('refuses %j for a message by the field’s name, and leaves it as it was', async (request, path) => {
    const { event } = await send('one')
    await expect(serve('edit_event', { ...named(event.id), ...request })).rejects.toMatchObject({ type: 'validation', data: { path } })
    expect((await serve('get_event', named(event.id))).event).toEqual(event)
  })

  it('has no text where it had none', async () => {
    const sent = { type: 'custom' as const, content: { a: 1 } }
    const { event } = await serve('send_event', { chat_id, user_id: 'jo', event: sent })
    expect(await refusal(serve('edit_event', { ...named(event.id), text: 'x' }))).toBe('validation')
    expect((await serve('edit_event', { ...named(event.id), content: { b: 2 } })).event.content).toEqual({ b: 2 })
  })
})

describe('[EDT2] an event that is deleted', () => {
  it('is blank to everyone, and keeps its id, place, author and time', async () => {
    const { event } = await send('secret')
    const { event: left } = await serve('delete_event', named(event.id))
    const { text: _, ...kept } = event
    expect(left).toEqual({ ...kept, deleted_at: expect.any(String) })
    const log = await synced()
    expect(log.slice(-2)).toMatchObject([{ action: 'incoming_event' }, { action: 'event_deleted', payload: { event: { id: event.id } } }])
    expect(JSON.stringify([log, await serve('list_events', { chat_id }), await organization.act(jo, 'list_chats', {})])).not.toContain(
      'secret',
    )
  })

  it('is `message_deleted` to whatever is done to it after that, also by its author and by agents', async () => {
    const { event } = await send('secret')
    const [thread_id, event_id] = [event.thread_id, event.id]
    await serve('delete_event', named(event_id))
    const properties = { shop: { a: 1 } }
    const later = [
      serve('edit_event', { ...named(event_id), text: 'back' }),
      serve('delete_event', named(event_id)),
      organization.act(jo, 'update_event_properties', { chat_id, thread_id, event_id, properties }),
      organization.act(jo, 'delete_event_properties', { chat_id, thread_id, event_id, properties: { shop: ['a'] } }),
    ]
    expect(await Promise.all(later.map(refusal))).toEqual(Array(4).fill('message_deleted'))
    expect((await serve('get_event', named(event_id))).event).not.toHaveProperty('properties')
  })

  it('gains no properties by what was under way when it went', async () => {
    const { event } = await send('secret')
    const request = { chat_id, thread_id: event.thread_id, event_id: event.id, properties: { shop: { a: 1 } } }
    const late = await handlerOf('customer', 'update_event_properties')(organization.contextOf(jo), request)
    await serve('delete_event', named(event.id))
    if (!('change' in late)) throw new Error('it makes no change')
    expect(await organization.store.commit(late.change)).toEqual({ ok: false, why: 'stale' })
  })

  it('takes its file along', async () => {
    await file('f1')
    const { event } = await serve('send_event', { chat_id, user_id: 'jo', event: { type: 'file', file_id: 'f1' } })
    expect(event).toMatchObject({ name: 'a.png', url: expect.any(String) })
    expect((await serve('delete_event', named(event.id))).event).not.toHaveProperty('url')
    expect(await refusal(serve('get_file', { file_id: 'f1' }))).toBe('not_found')
  })
})

describe('[FIL10] a file of a back end', () => {
  it('is the organization’s, which any of its events may name, and no user’s own', async () => {
    await file('f1')
    const event = { type: 'file' as const, file_id: 'f1' }
    expect(await refusal(organization.act(jo, 'send_event', { chat_id, event }))).toBe('not_found')
    expect((await serve('send_event', { chat_id, user_id: 'kim', event })).event).toMatchObject({ name: 'a.png' })
    expect(await refusal(serve('send_event', { chat_id, user_id: 'jo', event }))).toBe('conflict')
    expect((await serve('get_file', { file_id: 'f1' })).file).toMatchObject({ used: true })
  })

  it('is not another user’s, whose file a back end does not send in somebody else’s name', async () => {
    await file('f1', jo.id)
    const event = { type: 'file' as const, file_id: 'f1' }
    expect(await refusal(serve('send_event', { chat_id, user_id: 'kim', event }))).toBe('not_found')
    expect(await refusal(serve('get_file', { file_id: 'f1' }, 'other'))).toBe('not_found')
  })

  it('may be deleted though an event has it, which stays without, as everyone hears', async () => {
    await file('f1')
    const { event } = await serve('send_event', { chat_id, user_id: 'jo', event: { type: 'file', file_id: 'f1' } })
    await serve('delete_file', { file_id: 'f1' })
    expect((await synced()).at(-1)).toMatchObject({ action: 'event_updated', payload: { event: { id: event.id } } })
    const { event: left } = await serve('get_event', named(event.id))
    expect(left).not.toHaveProperty('url')
    expect(left).not.toHaveProperty('deleted_at')
    expect(await refusal(serve('delete_file', { file_id: 'f1' }))).toBe('not_found')
  })

  it('may be deleted though the chat of its event was', async () => {
    await file('f1')
    await serve('send_event', { chat_id, user_id: 'jo', event: { type: 'file', file_id: 'f1' } })
    await serve('delete_chat', { chat_id })
    await serve('delete_file', { file_id: 'f1' })
    expect(await refusal(serve('get_file', { file_id: 'f1' }))).toBe('not_found')
  })

  it('is deleted from the event that takes it at the same moment, or not taken', async () => {
    await file('f1')
    const late = await handlerOf('backend', 'delete_file')(
      organization.contextOf({ type: 'backend', id: 'key', organization_id: 'acme' }),
      { file_id: 'f1' },
    )
    await serve('send_event', { chat_id, user_id: 'jo', event: { type: 'file', file_id: 'f1' } })
    if (!('change' in late)) throw new Error('it makes no change')
    expect(await organization.store.commit(late.change)).toEqual({ ok: false, why: 'stale' })
  })
})

describe('send_event', () => {
  it('[IDM1] answers a custom id sent again with the same event, in whoever’s name', async () => {
    for (const event of [
      { type: 'message' as const, text: 'once', custom_id: 'm' },
      { type: 'custom' as const, content: { a: 1 }, custom_id: 'c' },
    ]) {
      const first = await serve('send_event', { chat_id, user_id: 'jo', event })
      expect(await serve('send_event', { chat_id, user_id: 'jo', event })).toEqual(first)
      expect((await serve('send_event', { chat_id, user_id: 'kim', event })).event.id).not.toBe(first.event.id)
    }
    const system = { type: 'system_message' as const, text: 'Paid', custom_id: 's' }
    const first = await serve('send_event', { chat_id, event: system })
    expect(await serve('send_event', { chat_id, event: system })).toEqual(first)
    expect(await refusal(serve('send_event', { chat_id, event: { ...system, text: 'Shipped' } }))).toBe('idempotency_mismatch')
  })

  it('is nobody’s without a user, and then no message and no file', async () => {
    expect((await serve('send_event', { chat_id, event: { type: 'system_message', text: 'Paid' } })).event).not.toHaveProperty('author_id')
    await file('f1')
    const others = [
      { type: 'message', text: 'x' },
      { type: 'file', file_id: 'f1' },
    ] as const
    for (const event of others) {
      await expect(serve('send_event', { chat_id, event })).rejects.toMatchObject({ type: 'validation', data: { path: 'user_id' } })
    }
  })

  it('speaks for who is in the chat, and for nobody else', async () => {
    await serve('create_user', { external_id: 'lee' })
    const told = (user_id: string) => send('x', user_id).catch(({ type }) => type)
    expect([await told('lee'), await told('nobody')]).toEqual(['not_found', 'not_found'])
    await serve('add_users_to_chat', { chat_id, user_ids: ['lee'] })
    await serve('remove_user_from_chat', { chat_id, user_id: 'lee' })
    expect(await told('lee')).toBe('missing_access')
  })

  it('[LOG8] keeps private notes from customers', async () => {
    await serve('create_user', { external_id: 'bot', type: 'bot' })
    await serve('add_users_to_chat', { chat_id, user_ids: ['bot'] })
    const note = { type: 'message' as const, text: 'psst', visibility: 'agents' as const }
    const { event } = await serve('send_event', { chat_id, user_id: 'bot', event: note })
    await serve('edit_event', { ...named(event.id), text: 'hush' })
    await serve('delete_event', named(event.id))
    const seen = [await synced(), (await organization.act(jo, 'list_events', { chat_id })).events]
    expect(JSON.stringify(seen)).not.toContain(event.id)
    expect(await refusal(serve('send_event', { chat_id, user_id: 'jo', event: note }))).toBe('authorization')
  })
})

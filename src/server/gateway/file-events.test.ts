/** Files on their way into events, asked of a real server: whose they are, in which event, and until when. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UploadedFile } from '../../protocol/files.ts'
import type { TokenResponse } from '../../protocol/tokens.ts'
import { pictures } from '../../testing/pictures.ts'
import { customerAction, errorOf, type RunningServer, SHOP, startServer } from '../../testing/server.ts'

let server: RunningServer
let ann: TokenResponse
let ben: TokenResponse
beforeAll(async () => {
  server = await startServer({ rateFactor: 100 })
  ann = await server.token('ann')
  ben = await server.token('ben')
})
afterAll(() => server.stop())

const file = (bytes: BlobPart) => new File([bytes], 'photo.png', { type: 'image/png' })
const uploaded = async (response: Promise<Response>) => (await (await response).json()) as UploadedFile
const act = (who: TokenResponse, action: string, payload: object) =>
  server.post(customerAction(action), payload, { origin: SHOP, authorization: `Bearer ${who.access_token}` })
const deleted = (file_id: string, who = ann) => act(who, 'delete_file', { file_id })

describe('[FIL4] a file in an event', () => {
  const start = async (who: TokenResponse) => ((await (await act(who, 'start_chat', {})).json()) as { chat: { id: string } }).chat.id
  const send = (who: TokenResponse, chat_id: string, file_id: string, more: object = {}) =>
    act(who, 'send_event', { chat_id, event: { type: 'file', file_id, ...more } })

  test('is shown as what it is, and known again with the event', async () => {
    const { file_id } = await uploaded(server.upload(ann, file(pictures.png)))
    const chat_id = await start(ann)
    const sent = (await (await send(ann, chat_id, file_id, { custom_id: 'e' })).json()) as { event: object }
    expect(sent.event).toMatchObject({
      type: 'file',
      name: 'photo.png',
      content_type: 'image/png',
      size: pictures.png.length,
      width: 3,
      height: 2,
      url: expect.stringContaining(`/files/${file_id}/photo.png?exp=`),
    })
    expect(sent.event).not.toHaveProperty('file_id')
    expect(await (await send(ann, chat_id, file_id, { custom_id: 'e' })).json()).toEqual(sent)
    const { events } = (await (await act(ann, 'list_events', { chat_id })).json()) as { events: object[] }
    expect(events).toEqual([sent.event])
  })

  test('is in no other, and stays with its event', async () => {
    const { file_id } = await uploaded(server.upload(ann, file(pictures.png)))
    const chat_id = await start(ann)
    expect((await send(ann, chat_id, file_id)).status).toBe(200)
    expect(await errorOf(send(ann, chat_id, file_id))).toMatchObject({ type: 'conflict', data: { path: 'event.file_id' } })
    expect(await errorOf(send(ann, await start(ann), file_id))).toMatchObject({ type: 'conflict' })
  })

  test('[FIL5] is deleted by its uploader, and the event stays without it', async () => {
    const { file_id } = await uploaded(server.upload(ann, file(pictures.png)))
    const chat_id = await start(ann)
    await send(ann, chat_id, file_id)
    expect((await deleted(file_id, ben)).status).toBe(404)
    expect((await deleted(file_id)).status).toBe(200)
    const { events } = (await (await act(ann, 'list_events', { chat_id })).json()) as { events: object[] }
    expect(events.at(-1)).toMatchObject({ type: 'file', edited_at: expect.any(String) })
    expect(events.at(-1)).not.toHaveProperty('url')
  })

  test('[FIL4][FIL12] may be one of up to ten of a message, which then needs no text', async () => {
    const chat_id = await start(ann)
    const ids = await Promise.all(Array.from({ length: 11 }, async () => (await uploaded(server.upload(ann, file(pictures.png)))).file_id))
    const say = (event: object) => act(ann, 'send_event', { chat_id, event: { type: 'message', ...event } })
    for (const event of [{}, { text: '' }, { text: ' ' }, { file_ids: [] }, { file_ids: ids }]) {
      expect((await say(event)).status).toBe(400)
    }
    expect(await errorOf(say({ file_ids: [ids[0], ids[0]] }))).toMatchObject({ type: 'validation', data: { path: 'event.file_ids.1' } })
    expect(await errorOf(say({ text: 'x', file_ids: [ids[0], 'none'] }))).toMatchObject({ data: { path: 'event.file_ids.1' } })
    const { event } = (await (await say({ file_ids: ids.slice(0, 10) })).json()) as { event: { attachments: { file_id: string }[] } }
    expect(event).not.toHaveProperty('text')
    expect(event.attachments.map(({ file_id }) => file_id)).toEqual(ids.slice(0, 10))
    expect(event.attachments[0]).toMatchObject({ name: 'photo.png', content_type: 'image/png', url: expect.stringContaining('/files/') })
    expect(await errorOf(say({ file_ids: [ids[3]] }))).toMatchObject({ type: 'conflict', data: { path: 'event.file_ids.0' } })
    await deleted(ids[4] ?? '')
    const { events } = (await (await act(ann, 'list_events', { chat_id })).json()) as { events: { attachments: object[] }[] }
    expect(events.at(-1)?.attachments).toHaveLength(9)
  })

  test('is in one of many that ask for it at once', async () => {
    const { file_id } = await uploaded(server.upload(ann, file(pictures.png)))
    const chat_id = await start(ann)
    const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await send(ann, chat_id, file_id)).status))
    expect(statuses.sort()).toEqual([200, 409, 409, 409, 409, 409])
  })

  test('is its uploader’s own', async () => {
    const { file_id } = await uploaded(server.upload(ann, file(pictures.png)))
    const nowhere = await errorOf(send(ben, await start(ben), 'f'.repeat(32)))
    const { status, ...foreign } = await errorOf(send(ben, await start(ben), file_id))
    expect({ status, ...foreign }).toEqual(nowhere)
    expect(foreign).toMatchObject({ type: 'not_found', data: { path: 'event.file_id' } })
    expect(await errorOf(deleted(file_id, ben))).toMatchObject({ type: 'not_found' })
  })

  test('may begin a chat, once', async () => {
    const { file_id } = await uploaded(server.upload(ann, file(pictures.png)))
    const event = { type: 'file', file_id }
    const starting = (events: object[], custom_id: string) => act(ann, 'start_chat', { custom_id, chat: { thread: { events } } })
    expect(await errorOf(starting([event, event], 's0'))).toMatchObject({ type: 'validation', data: { path: 'chat.thread.events' } })
    const started = (await (await starting([event], 's1')).json()) as { chat: { id: string; last_event: object } }
    expect(started.chat.last_event).toMatchObject({ type: 'file', name: 'photo.png' })
    expect((await (await starting([event], 's1')).json()) as object).toMatchObject({ chat: { id: started.chat.id } })
    expect(await errorOf(starting([event], 's2'))).toMatchObject({ type: 'conflict' })
  })
})

describe('[FIL5] a file that no event has', () => {
  test('goes when its uploader says so, by either of its names, and its bytes are not served any more', async () => {
    const { file_id, url } = await uploaded(server.upload(ann, file(pictures.png), { custom_id: 'gone' }))
    expect((await deleted(file_id)).status).toBe(200)
    expect((await fetch(url)).status).toBe(404)
    expect(await errorOf(deleted(file_id))).toMatchObject({ type: 'not_found' })
    const again = await uploaded(server.upload(ann, file(pictures.png), { custom_id: 'gone' }))
    expect(again.file_id).not.toBe(file_id)
    expect((await act(ann, 'delete_file', { custom_id: 'gone' })).status).toBe(200)
    expect((await fetch(again.url)).status).toBe(404)
  })

  test('is named in one way', async () => {
    for (const payload of [{}, { file_id: 'x', custom_id: 'y' }]) {
      expect(await errorOf(act(ann, 'delete_file', payload))).toMatchObject({ type: 'validation', data: { path: 'file_id' } })
    }
  })
})

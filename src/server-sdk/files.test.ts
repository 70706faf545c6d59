/** Files from a back end: at once, as a stream, in two steps, and gone again. */
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../testing/server.ts'
import { ConflictError, NotFoundError, Porchlight, ValidationError } from './index.ts'

let server: RunningServer
let porchlight: Porchlight
const bytes = randomBytes(300_000)

beforeAll(async () => {
  server = await startServer({ rateFactor: 1000 })
  porchlight = new Porchlight({ apiKey: (await server.apiKey()).secret, baseUrl: server.url })
})
afterAll(() => server.stop())

const read = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer())

it('come from a buffer, a blob and a stream', async () => {
  const streams = [Readable.from([bytes.subarray(0, 1000), bytes.subarray(1000)]), new Blob([bytes]).stream()]
  for (const source of [bytes, new Blob([bytes]), bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), ...streams]) {
    const { url, size, name } = await porchlight.files.upload(source as Uint8Array, { name: 'invoice.bin' })
    expect([size, name, (await read(url)).equals(bytes)]).toEqual([bytes.length, 'invoice.bin', true])
  }
})

it('are the same under the same name of one’s own, and no others', async () => {
  const first = await porchlight.files.upload(bytes, { name: 'a.bin', custom_id: 'once' })
  expect((await porchlight.files.upload(bytes, { name: 'a.bin', custom_id: 'once' })).file_id).toBe(first.file_id)
  await expect(porchlight.files.upload(randomBytes(9), { name: 'a.bin', custom_id: 'once' })).rejects.toThrow(ConflictError)
})

it('are uploaded by whoever is given the address', async () => {
  const { file_id, upload_url } = await porchlight.files.createUpload({ name: 'from-a-phone.bin' })
  const put = (body: Buffer) => fetch(upload_url, { method: 'PUT', body: new Uint8Array(body) })
  expect((await put(bytes)).status).toBe(200)
  expect(await porchlight.files.get(file_id)).toMatchObject({ name: 'from-a-phone.bin', size: bytes.length, used: false })
  expect((await put(bytes)).status).toBeGreaterThanOrEqual(400)
  expect((await fetch(upload_url.replace(/.$/, 'x'), { method: 'PUT', body: 'x' })).status).toBe(404)
})

it('are refused over 10 MiB', async () => {
  await expect(porchlight.files.upload(Buffer.alloc(10 * 1024 * 1024 + 1), { name: 'big.bin' })).rejects.toThrow(ValidationError)
})

it('go, and the event that has one stays without', async () => {
  const { file_id, url } = await porchlight.files.upload(bytes, { name: 'secret.bin' })
  const chat = await porchlight.chats.create({ users: ['ann', 'bob'] })
  const { event } = await porchlight.events.send(chat.id, { user_id: 'ann', type: 'file', file_id })
  expect(event).toMatchObject({ type: 'file', name: 'secret.bin' })
  await porchlight.files.delete(file_id)
  await expect(porchlight.files.get(file_id)).rejects.toThrow(NotFoundError)
  expect((await fetch(url)).status).toBe(404)
  expect(await porchlight.events.get(chat.id, event.id)).not.toHaveProperty('url')
})

/** Files from a back end: at once, as a stream, in two steps, and gone again. */
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { UPLOAD_TIMEOUT_MS } from '../protocol/limits.ts'
import { type RunningServer, startServer } from '../testing/server.ts'
import { ConflictError, ConnectionError, NotFoundError, Porchlight, ValidationError } from './index.ts'

let server: RunningServer
let own: { apiKey: string }
let porchlight: Porchlight
const bytes = randomBytes(300_000)

beforeAll(async () => {
  server = await startServer({ rateFactor: 1000 })
  own = { apiKey: (await server.apiKey()).secret }
  porchlight = new Porchlight({ ...own, baseUrl: server.url })
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

/** A client whose network loses the first so many answers to uploads, and what of them was sent. */
function lossy(lost: number) {
  const sent: FormData[] = []
  const flaky: typeof fetch = async (url, init) => {
    const answer = await fetch(url, init)
    if (!String(url).endsWith('/upload_file')) return answer
    if (sent.push(init?.body as FormData) <= lost) throw new TypeError('fetch failed')
    return answer
  }
  return { sent, porchlight: new Porchlight({ ...own, baseUrl: server.url, fetch: flaky }) }
}
const names = (sent: FormData[]) => sent.map((form) => form.get('custom_id'))

it('are one however often their answer is lost, each under a name of its own', async () => {
  const { porchlight, sent } = lossy(2)
  const { file_id } = await porchlight.files.upload(bytes, { name: 'a.bin' })
  const [first, ...again] = names(sent)
  expect(first).toMatch(/^[\da-f-]{36}$/)
  expect(again).toEqual([first, first])
  const known = new FormData()
  known.append('custom_id', first as string)
  known.append('file', new Blob([bytes]), 'a.bin')
  const headers = { authorization: `Bearer ${own.apiKey}` }
  const answer = await fetch(`${server.url}/v1/server/action/upload_file`, { method: 'POST', headers, body: known })
  expect(await answer.json()).toMatchObject({ file_id })
  await porchlight.files.upload(bytes, { name: 'a.bin' })
  expect(new Set(names(sent)).size).toBe(2)
})

it('are the same under the same key, and sent once without one', async () => {
  const keyed = (source: Uint8Array | AsyncIterable<Uint8Array>) =>
    porchlight.files.upload(source, { name: 'a.bin' }, { idempotencyKey: 'mine' })
  const first = await keyed(bytes)
  expect((await keyed(bytes)).file_id).toBe(first.file_id)
  expect((await keyed(Readable.from([bytes]))).file_id).toBe(first.file_id)
  await expect(keyed(randomBytes(9))).rejects.toThrow(ConflictError)
  const { porchlight: careless, sent } = lossy(1)
  await expect(careless.files.upload(bytes, { name: 'a.bin' }, { idempotencyKey: null })).rejects.toThrow(ConnectionError)
  expect(names(sent)).toEqual([null])
  await careless.files.upload(bytes, { name: 'a.bin', custom_id: 'named' }, { idempotencyKey: 'mine' })
  expect(names(sent)).toEqual([null, 'named'])
})

it('have as long as the server waits, unless the call says otherwise', async () => {
  const waits = vi.spyOn(AbortSignal, 'timeout')
  const asked = () => waits.mock.calls.splice(0).flat()
  await porchlight.files.upload(bytes, { name: 'a.bin' })
  expect(asked()).toEqual([UPLOAD_TIMEOUT_MS])
  await porchlight.files.upload(Readable.from([bytes]), { name: 'a.bin' })
  expect(asked()).toEqual([10_000, UPLOAD_TIMEOUT_MS])
  await porchlight.files.upload(bytes, { name: 'a.bin' }, { timeout: 4321 })
  expect(asked()).toEqual([4321])
})

it('are uploaded by whoever is given the address', async () => {
  const { file_id, upload_url } = await porchlight.files.createUpload({ name: 'from-a-phone.bin' })
  const put = (body: Buffer) => fetch(upload_url, { method: 'PUT', body: new Uint8Array(body) })
  expect((await put(bytes)).status).toBe(200)
  expect(await porchlight.files.get(file_id)).toMatchObject({ name: 'from-a-phone.bin', size: bytes.length, used: false })
  expect((await put(bytes)).status).toBeGreaterThanOrEqual(400)
  expect((await fetch(upload_url.replace(/.{8}$/, 'xxxxxxxx'), { method: 'PUT', body: 'x' })).status).toBe(404)
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

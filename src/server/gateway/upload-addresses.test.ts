/** Addresses to which bytes can be sent for a while (FIL9): for one file, once, and for nobody who was not given one. */
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { UploadedFile } from '../../protocol/files.ts'
import { MAX_FILE_BYTES, UPLOAD_URL_TTL_S } from '../../protocol/limits.ts'
import { createClock } from '../../testing/clock.ts'
import { pictures } from '../../testing/pictures.ts'
import { errorOf, type RunningServer, startServer } from '../../testing/server.ts'

const clock = createClock()
let server: RunningServer
let key: { id: string; secret: string }
beforeAll(async () => {
  server = await startServer({ rateFactor: 1000, clock })
  key = await server.apiKey()
})
afterAll(() => server.stop())

const act = (action: string, body: object) => server.post(`/v1/server/action/${action}`, body, { authorization: `Bearer ${key.secret}` })
const answer = async <T>(action: string, body: object): Promise<T> => (await (await act(action, body)).json()) as T
const create = (more: object = {}) => answer<{ file_id: string; upload_url: string }>('create_upload', { name: 'photo.png', ...more })
const put = (url: string, body: BodyInit = new Uint8Array(pictures.png)) => fetch(url, { method: 'PUT', body })
const read = async (file_id: string) => {
  const { file } = await answer<{ file?: UploadedFile }>('get_file', { file_id })
  return file && Buffer.from(await (await fetch(file.url)).arrayBuffer())
}
const onDisk = () =>
  readdirSync(join(server.data, 'files'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length

describe('[FIL9] an address for bytes', () => {
  test('is open to pages of any site, which say beforehand what they are about to do', async () => {
    const { upload_url } = await create()
    const origin = 'https://anywhere.test'
    const asked = await fetch(upload_url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PUT' } })
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, origin])
    expect(asked.headers.get('access-control-allow-methods')).toContain('PUT')
    const sent = await fetch(upload_url, { method: 'PUT', body: new Uint8Array(pictures.png), headers: { origin } })
    expect([sent.status, sent.headers.get('access-control-allow-origin')]).toEqual([200, origin])
  })

  test('takes them without any other proof, and they are the file that was promised', async () => {
    const { file_id, upload_url } = await create()
    expect(upload_url.startsWith(`${server.url}/uploads/${file_id}?token=`)).toBe(true)
    const response = await put(upload_url)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ file_id, name: 'photo.png', content_type: 'image/png', size: pictures.png.length })
    expect(await read(file_id)).toEqual(Buffer.from(pictures.png))
  })

  test.each([undefined, 'mine'])('taken twice leaves the file as it is, under the name %s', async (name) => {
    const { file_id, upload_url } = await create(name === undefined ? {} : { custom_id: name })
    expect((await put(upload_url)).status).toBe(200)
    const before = onDisk()
    for (const body of [new Uint8Array(pictures.png), 'something else']) {
      const again = await put(upload_url, body)
      expect([again.status, ((await again.json()) as { error?: { type: string } }).error?.type]).toEqual([409, 'conflict'])
      expect(await read(file_id)).toEqual(Buffer.from(pictures.png))
    }
    expect(onDisk()).toBe(before)
    await clock.advance(60 * 60 * 1000)
    expect(await read(file_id)).toEqual(Buffer.from(pictures.png))
  })

  test('taken many times at once makes one file, whole', async () => {
    const { file_id, upload_url } = await create()
    const bodies = Array.from({ length: 5 }, (_, at) => `file ${at}`.repeat(2000))
    const statuses = await Promise.all(bodies.map(async (body) => (await put(upload_url, body)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect((await read(file_id))?.toString()).toBe(bodies[statuses.indexOf(200)])
  })

  test('is of no use for another file, nor altered, nor without its token', async () => {
    const [one, two] = [await create(), await create()]
    const token = new URL(one.upload_url).searchParams.get('token') ?? ''
    const wrong = [
      one.upload_url.replace(one.file_id, two.file_id),
      one.upload_url.replace(/\?.*/, ''),
      one.upload_url.replace(token, `${token.slice(0, -4)}aaaa`),
      one.upload_url.replace(token, (await answer<{ token: string }>('create_token', { user_id: 'jo' })).token),
    ]
    for (const url of wrong) expect(await errorOf(put(url))).toMatchObject({ status: 404, type: 'not_found' })
    expect(await errorOf(act('get_file', { file_id: one.file_id }))).toMatchObject({ status: 404 })
  })

  test('ends after 15 minutes', async () => {
    const { upload_url } = await create()
    await clock.advance(UPLOAD_URL_TTL_S * 1000)
    expect(await errorOf(put(upload_url))).toMatchObject({ status: 404, type: 'not_found' })
  })

  test('takes no more than a file may have, and leaves nothing of it', async () => {
    const { file_id, upload_url } = await create()
    const before = onDisk()
    const bytes = new Uint8Array(MAX_FILE_BYTES + 1)
    expect(await errorOf(put(upload_url, bytes))).toMatchObject({ status: 413, type: 'entity_too_large' })
    const unmeasured = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes)
        controller.close()
      },
    })
    const cut = fetch(upload_url, { method: 'PUT', body: unmeasured, duplex: 'half' } as RequestInit)
    expect(
      await cut.then(
        ({ status }) => status,
        () => 413,
      ),
    ).toBe(413)
    expect([onDisk(), await read(file_id)]).toEqual([before, undefined])
    expect((await put(upload_url)).status).toBe(200)
  })

  test('that was cut short can be sent to again', async () => {
    const { file_id, upload_url } = await create()
    const before = onDisk()
    const { pathname, search, port } = new URL(upload_url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(`PUT ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhalf`)
    await vi.waitFor(() => expect(onDisk()).toBe(before + 1))
    socket.destroy()
    await vi.waitFor(async () => expect((await put(upload_url)).status).toBe(200))
    expect(await read(file_id)).toEqual(Buffer.from(pictures.png))
    expect(onDisk()).toBe(before + 1)
  })

  test('[FIL2] for a name that is there already answers with the file of that name', async () => {
    const [one, two] = [await create({ custom_id: 'same' }), await create({ custom_id: 'same' })]
    expect((await put(one.upload_url)).status).toBe(200)
    expect(await (await put(two.upload_url)).json()).toMatchObject({ file_id: one.file_id })
    expect((await errorOf(put((await create({ custom_id: 'same' })).upload_url, 'other'))).type).toBe('idempotency_mismatch')
    expect(await read(one.file_id)).toEqual(Buffer.from(pictures.png))
  })

  test('cleans the name that it was made for', async () => {
    const { upload_url } = await create({ name: '../../etc/\u202Egnp.exe' })
    expect(await (await put(upload_url, 'x')).json()).toMatchObject({ name: expect.not.stringMatching(/[/\u202E]/) })
  })
})

/** Uploading to a real server on a real port: what is kept, what leaves nothing, and what is refused. */
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ErrorBody } from '../../protocol/errors.ts'
import type { UploadedFile } from '../../protocol/files.ts'
import { MAX_FILE_BYTES } from '../../protocol/limits.ts'
import type { TokenResponse } from '../../protocol/tokens.ts'
import { openScene } from '../../testing/gateway.ts'
import { onItsSide, pictures } from '../../testing/pictures.ts'
import { customerAction, errorOf, type RunningServer, SHOP, startServer } from '../../testing/server.ts'
import { NoSpace } from '../files/files.ts'
import type { Parts } from './parts.ts'

let server: RunningServer
let ann: TokenResponse
let ben: TokenResponse
beforeAll(async () => {
  server = await startServer({ rateFactor: 100 })
  ann = await server.token('ann')
  ben = await server.token('ben')
})
afterAll(() => server.stop())

/** The ids of all bytes that lie on the disk, whole or half. */
const onDisk = () =>
  readdirSync(join(server.data, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort()

const file = (bytes: BlobPart, name = 'photo.png', type = 'image/png') => new File([bytes], name, { type })
const uploaded = async (response: Promise<Response>) => (await (await response).json()) as UploadedFile
const as = ({ access_token }: TokenResponse) => ({ origin: SHOP, authorization: `Bearer ${access_token}` })

describe('[FIL1] an upload', () => {
  test('answers with what the server found, and an address that gives the bytes back', async () => {
    const found = await uploaded(server.upload(ann, file(pictures.png)))
    expect(found).toEqual({
      file_id: expect.stringMatching(/^[\da-f]{32}$/),
      name: 'photo.png',
      url: expect.stringContaining(`${server.url}/files/${found.file_id}/photo.png?exp=`),
      content_type: 'image/png',
      size: pictures.png.length,
      width: 3,
      height: 2,
    })
    const response = await fetch(found.url)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(pictures.png)
    expect(onDisk()).toContain(found.file_id)
  })

  test('of the largest file is kept, and one byte more is not', async () => {
    const before = onDisk()
    const largest = await uploaded(server.upload(ann, file(new Uint8Array(MAX_FILE_BYTES), 'zeros')))
    expect(largest).toMatchObject({ size: MAX_FILE_BYTES, content_type: 'application/octet-stream' })
    expect(await errorOf(server.upload(ann, file(new Uint8Array(MAX_FILE_BYTES + 1), 'zeros')))).toMatchObject({
      status: 413,
      type: 'entity_too_large',
      data: { path: 'file', limit: MAX_FILE_BYTES },
    })
    expect(await errorOf(server.upload(ann, file(new Uint8Array(3 * MAX_FILE_BYTES), 'zeros')))).toMatchObject({ status: 413 })
    expect(onDisk()).toEqual([...before, largest.file_id].sort())
  })

  test('needs a token, and counts for nobody else', async () => {
    expect(await errorOf(server.upload({ ...ann, access_token: 'x' }, file(pictures.png)))).toMatchObject({ status: 401 })
    const foreign = server.fetch(customerAction('upload_file'), {
      method: 'POST',
      headers: { ...as(ann), origin: 'https://evil.test' },
      body: new FormData(),
    })
    expect(await errorOf(foreign)).toMatchObject({ status: 403, type: 'origin_not_allowed' })
  })

  test('makes sense over HTTP only, and a page of the shop may ask for it', async () => {
    const options = { method: 'OPTIONS', headers: { origin: SHOP, 'access-control-request-method': 'POST' } }
    expect((await server.fetch(customerAction('upload_file'), options)).status).toBe(204)
    expect((await server.upload(ann, file(pictures.gif, 'a.gif'))).headers.get('access-control-allow-origin')).toBe(SHOP)
  })

  test.each<[string, File | null, Record<string, string>, string]>([
    ['no file', null, {}, 'file'],
    ['a field that is not known', file('x'), { chat_id: 'c' }, 'chat_id'],
    ['two fields', file('x'), { custom_id: 'c', other: 'd' }, ''],
    ['a name of nothing', file('x'), { custom_id: '' }, 'custom_id'],
    ['a name without end', file('x'), { custom_id: 'x'.repeat(300) }, 'custom_id'],
    ['a name far too long', file('x'), { custom_id: 'x'.repeat(30_000) }, 'custom_id'],
  ])('with %s is refused, and leaves nothing', async (_, content, fields, path) => {
    const before = onDisk()
    const error = await errorOf(server.upload(ann, content, fields))
    expect(error).toMatchObject({ status: 400, type: 'validation' })
    if (path) expect(error.data).toEqual({ path })
    expect(onDisk()).toEqual(before)
  })

  test.each([
    ['JSON', 'application/json', '{"file":"x"}'],
    ['a form without a boundary', 'multipart/form-data', '--x\r\n\r\n'],
    [
      'another boundary than it says',
      'multipart/form-data; boundary=a',
      '--b\r\ncontent-disposition: form-data; name="file"\r\n\r\nx\r\n--b--',
    ],
    ['no end', 'multipart/form-data; boundary=a', '--a\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\nhalf'],
    ['no end of its heads', 'multipart/form-data; boundary=a', `--a\r\n${'x: y\r\n'.repeat(2000)}`],
    ['one head without end', 'multipart/form-data; boundary=a', `--a\r\nx: ${'y'.repeat(100_000)}`],
    ['a boundary without end', `multipart/form-data; boundary=${'a'.repeat(5000)}`, 'x'],
    ['nothing', 'multipart/form-data; boundary=a', ''],
    [
      'two files',
      'multipart/form-data; boundary=a',
      `${'--a\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\nx\r\n'.repeat(2)}--a--\r\n`,
    ],
    [
      'a form in a form',
      'multipart/form-data; boundary=a',
      '--a\r\ncontent-disposition: form-data; name="__proto__"; filename="x"\r\ncontent-type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n--a--\r\n',
    ],
  ])('of %s is refused, and leaves nothing', async (_, type, body) => {
    const before = onDisk()
    const asked = server.fetch(customerAction('upload_file'), { method: 'POST', headers: { ...as(ann), 'content-type': type }, body })
    expect(await errorOf(asked)).toMatchObject({
      status: 400,
      type: 'validation',
      message: expect.stringMatching(/^unable to upload_file; /),
    })
    expect(onDisk()).toEqual(before)
  })

  test('takes a file without a name or a type, as a phone may send it', async () => {
    const body = Buffer.concat([
      Buffer.from('--a\r\ncontent-disposition: form-data; name="file"\r\n\r\n'),
      pictures.jpeg,
      Buffer.from('\r\n--a--\r\n'),
    ])
    const headers = { ...as(ann), 'content-type': 'multipart/form-data; boundary=a' }
    const asked = server.fetch(customerAction('upload_file'), { method: 'POST', headers, body })
    expect(await uploaded(asked)).toMatchObject({ name: 'file', content_type: 'image/jpeg', size: pictures.jpeg.length })
  })

  test('that is cut short leaves nothing, wherever it is cut', async () => {
    const before = onDisk()
    const head = '--a\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\n'
    for (const sent of ['', head.slice(0, 20), head, `${head}${'x'.repeat(200_000)}`]) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      const lines = [
        `POST ${customerAction('upload_file')} HTTP/1.1`,
        'host: chat.test',
        ...Object.entries(as(ann)).map(([name, value]) => `${name}: ${value}`),
        'content-type: multipart/form-data; boundary=a',
        'content-length: 1000000',
      ]
      socket.write(`${lines.join('\r\n')}\r\n\r\n${sent}`)
      await expect.poll(async () => running(await metrics())).toBe(1)
      socket.destroy()
      await expect.poll(async () => running(await metrics())).toBe(0)
    }
    expect(onDisk()).toEqual(before)
  })

  test('[FIL3] is what its bytes are, whatever it is called', async () => {
    expect(await uploaded(server.upload(ann, file('<script>alert(1)</script>', 'photo.png')))).toMatchObject({
      name: 'photo.png',
      content_type: 'application/octet-stream',
    })
    expect(await uploaded(server.upload(ann, file(onItsSide(pictures.jpeg), 'x.html', 'text/html')))).toMatchObject({
      content_type: 'image/jpeg',
      width: 2,
      height: 3,
    })
  })

  test('[FIL7] has no say in where it lies', async () => {
    for (const name of ['../../../../evil.txt', '/etc/passwd', '..\\..\\evil.txt', 'a\0b', '‮gpj.exe']) {
      const { file_id, name: kept } = await uploaded(server.upload(ann, file('x', name)))
      expect(kept).not.toMatch(/[\\/\0‮]/)
      expect(onDisk()).toContain(file_id)
    }
  })
})

const metrics = async () => (await server.fetch('/metrics')).text()
const running = (text: string) => Number(/^porchlight_uploads_running (\d+)$/m.exec(text)?.[1])

describe('[FIL2] an upload with a name', () => {
  test('is the same file again for the same bytes, in the form or in the address, and for nobody else', async () => {
    const first = await uploaded(server.upload(ann, file(pictures.png), { custom_id: 'mine' }))
    const before = onDisk()
    expect(await uploaded(server.upload(ann, file(pictures.png, 'other.png'), { custom_id: 'mine' }))).toMatchObject({
      file_id: first.file_id,
      name: 'photo.png',
    })
    expect((await uploaded(server.upload(ann, file(pictures.png), {}, '&custom_id=mine'))).file_id).toBe(first.file_id)
    expect(onDisk()).toEqual(before)
    expect((await uploaded(server.upload(ben, file(pictures.png), { custom_id: 'mine' }))).file_id).not.toBe(first.file_id)
  })

  test('is refused for other bytes, which leave nothing', async () => {
    await uploaded(server.upload(ann, file(pictures.png), { custom_id: 'one' }))
    const before = onDisk()
    const error = await errorOf(server.upload(ann, file(pictures.gif), { custom_id: 'one' }))
    expect(error).toMatchObject({ status: 422, type: 'idempotency_mismatch' })
    expect(onDisk()).toEqual(before)
  })

  test('many at once are one file', async () => {
    const before = onDisk().length
    const all = await Promise.all(Array.from({ length: 8 }, () => uploaded(server.upload(ann, file(pictures.webp), { custom_id: 'many' }))))
    expect(new Set(all.map(({ file_id }) => file_id)).size).toBe(1)
    expect(onDisk()).toHaveLength(before + 1)
  })
})

describe('agents', () => {
  test('upload from the server’s own pages', async () => {
    const { email, password } = server.agent
    const session = await server.post('/v1/agent/session', { email, password }, { origin: server.origin })
    const cookie = session.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
    const form = new FormData()
    form.append('file', file(pictures.png))
    const from = (origin: string) =>
      server.fetch('/v1/agent/action/upload_file', { method: 'POST', headers: { origin, cookie }, body: form })
    expect(await uploaded(from(server.origin))).toMatchObject({ content_type: 'image/png' })
    expect(await errorOf(from(SHOP))).toMatchObject({ status: 403 })
  })
})

describe('where it cannot be kept', () => {
  const form = new FormData()
  form.append('file', file(pictures.png))

  async function uploadTo(parts: Partial<Parts>) {
    const scene = await openScene({ parts })
    const { access_token } = await scene.token()
    const packed = new Response(form)
    const headers = { authorization: `Bearer ${access_token}`, 'content-type': packed.headers.get('content-type') ?? '' }
    const bytes = new Uint8Array(await packed.arrayBuffer())
    const path = '/v1/customer/action/upload_file?license=1&client_id=demo'
    const { status, body } = await scene.http({ method: 'POST', path, headers, bytes })
    const removals = await scene.store.fileRemovals(Number.MAX_SAFE_INTEGER, 10)
    await scene.close()
    return { status, ...(JSON.parse(body) as { error: ErrorBody }), removals }
  }
  const failing = (error: Error): Partial<Parts> => ({
    files: { write: () => Promise.reject(error), read: async () => null, remove: async () => {} },
  })

  test('because the disk is full it is refused as something that may work later, and nothing is left', async () => {
    const refused = await uploadTo(failing(new NoSpace('no space')))
    expect(refused).toMatchObject({ status: 503, error: { type: 'service_unavailable' }, removals: [] })
  })

  test('because of a fault of ours it stays to be removed', async () => {
    expect(await uploadTo(failing(new Error('the disk is gone')))).toMatchObject({
      status: 500,
      error: { type: 'internal' },
      removals: [{}],
    })
  })
})

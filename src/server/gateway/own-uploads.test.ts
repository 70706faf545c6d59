/** Addresses for bytes that users ask for themselves (FIL9): the file is theirs, and counts as theirs, for as long as they are let in. */
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UploadedFile } from '../../protocol/files.ts'
import { RATES, UPLOAD_URL_TTL_S } from '../../protocol/limits.ts'
import { createClock } from '../../testing/clock.ts'
import { customerAction, errorOf, type RunningServer, SHOP, startServer } from '../../testing/server.ts'

/** Of the usual rates a small part: 3 files at once, of 10 MiB together. */
const FACTOR = 1 / 20

const clock = createClock()
let server: RunningServer
let backend: Record<string, string>
beforeAll(async () => {
  server = await startServer({ clock, rateFactor: FACTOR })
  backend = { authorization: `Bearer ${(await server.apiKey()).secret}` }
})
// Whatever was counted is back, and what is asked for now is asked for after all that was done before.
beforeEach(() => clock.advance(60 * 60 * 1000))
afterAll(() => server.stop())

type Act = <T>(action: string, body: object) => Promise<T>

const read = async <T>(asked: Promise<Response>): Promise<T> => (await (await asked).json()) as T
const serve: Act = (action, body) => read(server.post(`/v1/server/action/${action}`, body, backend))

/** Somebody whom the host knows, as they ask for things over HTTP. */
async function user(type: 'customer' | 'agent', user_id: string): Promise<Act> {
  const { token } = await serve<{ token: string }>('create_token', { user_id, role: type })
  if (type === 'agent') {
    return (action, body) => read(server.post(`/v1/agent/action/${action}?license=1`, body, { authorization: `Bearer ${token}` }))
  }
  const grant = { grant_type: 'identity', identity_token: token }
  const asked = server.post('/v1/customer/token?license=1&client_id=shop', grant, { origin: SHOP })
  const { access_token } = await read<{ access_token: string }>(asked)
  return (action, body) => read(server.post(customerAction(action), body, { origin: SHOP, authorization: `Bearer ${access_token}` }))
}

interface Address {
  readonly file_id: string
  readonly upload_url: string
}
const create = (act: Act, more: object = {}) => act<Address>('create_upload', { name: 'note.txt', ...more })
const put = ({ upload_url }: Address, body: BodyInit = 'some bytes') => fetch(upload_url, { method: 'PUT', body })
const found = async (act: Act, file_id: string) => (await act<{ file?: UploadedFile & { used: boolean } }>('get_file', { file_id })).file

const TYPES = ['customer', 'agent'] as const

describe.each(TYPES)('[FIL9] the address that one %s asked for', (type) => {
  test('makes a file of their own, which they send as any other', async () => {
    const jo = await user(type, `${type}-jo`)
    const address = await create(jo)
    const response = await put(address)
    expect([response.status, await response.json()]).toMatchObject([200, { file_id: address.file_id, name: 'note.txt', size: 10 }])
    const file = await found(jo, address.file_id)
    expect(file).toMatchObject({ file_id: address.file_id, used: false })
    expect(await (await fetch(file?.url ?? '')).text()).toBe('some bytes')
    for (const other of TYPES) expect(await found(await user(other, `${other}-kim`), address.file_id)).toBeUndefined()
    const { chat } = await serve<{ chat: { id: string } }>('create_chat', { users: [`${type}-jo`, 'friend'] })
    const event = { type: 'file', file_id: address.file_id }
    expect(await jo('send_event', { chat_id: chat.id, event })).toMatchObject({ event: { name: 'note.txt' } })
    expect(await found(jo, address.file_id)).toMatchObject({ used: true })
  })

  test('[FIL2] makes none where they have one of that name, whichever way it came', async () => {
    const jo = await user(type, `${type}-jo`)
    const [one, two] = [await create(jo, { custom_id: 'same' }), await create(jo, { custom_id: 'same' })]
    expect((await put(one)).status).toBe(200)
    expect(await (await put(two)).json()).toMatchObject({ file_id: one.file_id })
    expect(await errorOf(put(await create(jo, { custom_id: 'same' }), 'other'))).toMatchObject({ type: 'idempotency_mismatch' })
    const kim = await create(await user(type, `${type}-kim`), { custom_id: 'same' })
    expect(await (await put(kim, 'other')).json()).toMatchObject({ file_id: kim.file_id })
  })

  test.each(['revoke_tokens', 'delete_user'])('is of no use after %s, and one that is asked for later is', async (action) => {
    const before = await create(await user(type, `${type}-gone`))
    await serve(action, { user_id: `${type}-gone` })
    expect(await errorOf(put(before))).toMatchObject({
      ...{ status: 404, type: 'not_found', message: 'unable to upload_file; there is no such address, or its time is up' },
    })
    await clock.advance(10)
    expect((await put(await create(await user(type, `${type}-gone`)))).status).toBe(200)
  })

  test('ends after 15 minutes', async () => {
    const address = await create(await user(type, `${type}-jo`))
    await clock.advance((UPLOAD_URL_TTL_S + 1) * 1000)
    expect(await errorOf(put(address))).toMatchObject({ status: 404, type: 'not_found' })
  })

  test('[FIL8] counts by their own files and bytes, and nothing by those of others', async () => {
    const [jo, kim] = [await user(type, `${type}-jo`), await user(type, `${type}-kim`)]
    const organization = await create(serve)
    const [address, another] = [await create(jo), await create(jo)]
    // An address tells whether it was used, and counts whatever comes of it.
    for (let count = 0; count < RATES.upload.burst * FACTOR; count++) expect((await put(address)).status).toBe(count === 0 ? 200 : 409)
    const refused = await put(another)
    expect([refused.status, refused.headers.get('ratelimit')]).toEqual([429, expect.stringMatching(/^"upload";r=0;t=\d+$/)])
    expect([(await put(await create(kim))).status, (await put(organization)).status]).toEqual([200, 200])
    await clock.advance(60 * 60 * 1000)
    const bytes = new Uint8Array(0.6 * RATES.upload_bytes.burst * FACTOR)
    const later = await user(type, `${type}-jo`)
    expect((await put(await create(later), bytes)).status).toBe(200)
    expect(await errorOf(put(await create(later), bytes))).toMatchObject({ status: 429, type: 'too_many_requests' })
  })
})

test('[FIL9] is asked for by who is suspended in vain, and was', async () => {
  const before = await create(await user('customer', 'sam'))
  await serve('update_user', { user_id: 'sam', status: 'suspended' })
  expect(await errorOf(put(before))).toMatchObject({ status: 404, type: 'not_found' })
})

test('[FIL1] a connection on which bytes were refused half way takes the request behind them', async () => {
  const jo = await user('customer', 'jo')
  const bytes = Buffer.alloc(0.6 * RATES.upload_bytes.burst * FACTOR)
  expect((await put(await create(jo), bytes)).status).toBe(200)
  const { upload_url } = await create(jo)
  const { pathname, search, port } = new URL(upload_url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(`PUT ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncontent-length: ${bytes.length}\r\n\r\n`)
  socket.write(bytes)
  socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
  let heard = ''
  socket.on('data', (data) => {
    heard += data
  })
  await expect.poll(() => heard.match(/HTTP\/1\.1 \d+/g), { timeout: 10_000 }).toEqual(['HTTP/1.1 429', 'HTTP/1.1 200'])
  socket.destroy()
}, 20_000)

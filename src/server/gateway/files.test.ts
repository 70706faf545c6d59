/** Files served by a real server: to whom, for how long, as what, and in parts. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UploadedFile } from '../../protocol/files.ts'
import { FILE_URL_TTL_S, UNUSED_FILE_TTL_S, UPLOAD_TIMEOUT_MS } from '../../protocol/limits.ts'
import { createClock } from '../../testing/clock.ts'
import { pictures } from '../../testing/pictures.ts'
import { customerAction, errorOf, type RunningServer, SHOP, startServer } from '../../testing/server.ts'
import { expectFile } from '../domain/files.ts'
import { openDiskFiles } from '../files/disk.ts'
import { createServer, openStore } from '../index.ts'
import { SWEEP_EVERY_MS } from '../sweeper.ts'
import type { Fields, Log } from './log.ts'

const clock = createClock()
const logged: string[] = []
const write = (fields: Fields, message: string) => void logged.push(JSON.stringify([message, fields]))
const log: Log = { debug: write, info: write, warn: write, error: write, fatal: write }

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ clock, log, rateFactor: 100 })
})
afterAll(() => server.stop())

const text = Array.from({ length: 1000 }, (_, at) => at).join(' ')

/** With a token of its own each time: the clock outruns them. */
async function upload(bytes: BlobPart, name: string): Promise<UploadedFile> {
  return (await (await server.upload(await server.token('ann'), new File([bytes], name))).json()) as UploadedFile
}

async function act<T>(action: string, payload: object): Promise<T> {
  const headers = { origin: SHOP, authorization: `Bearer ${(await server.token('ann')).access_token}` }
  return (await (await server.post(customerAction(action), payload, headers)).json()) as T
}

const startWith = (file_id: string) =>
  act<{ chat: { id: string } }>('start_chat', { chat: { thread: { events: [{ type: 'file', file_id }] } } })

describe('[FIL6] the address of a file', () => {
  test('holds for an hour, and not longer', async () => {
    const { url } = await upload(pictures.png, 'photo.png')
    const left = () => Number(new URL(url).searchParams.get('exp')) - clock.now() / 1000
    const { status, headers } = await fetch(url)
    expect([status, headers.get('cache-control')]).toEqual([200, 'private, max-age=86400, immutable'])
    expect(left()).toBeGreaterThan(FILE_URL_TTL_S - 301)
    expect(left()).toBeLessThanOrEqual(FILE_URL_TTL_S)
    await clock.advance((left() - 1) * 1000)
    expect((await fetch(url)).status).toBe(200)
    await clock.advance(1000)
    expect(await errorOf(fetch(url))).toMatchObject({ status: 403, type: 'authorization' })
  })

  test('cannot be made up, prolonged, or turned to another file', async () => {
    const [mine, other] = [await upload(pictures.png, 'mine.png'), await upload(pictures.gif, 'other.gif')]
    const changed = (change: (url: URL) => void) => {
      const url = new URL(mine.url)
      change(url)
      return fetch(url)
    }
    const prolonged = String(Number(new URL(mine.url).searchParams.get('exp')) + 1)
    for (const asked of [
      changed((url) => url.searchParams.delete('sig')),
      changed((url) => url.searchParams.delete('exp')),
      changed((url) => url.searchParams.set('exp', prolonged)),
      changed((url) => url.searchParams.set('exp', '9e99')),
      changed((url) => url.searchParams.set('sig', url.searchParams.get('sig')?.slice(0, -1) ?? '')),
      changed((url) => url.searchParams.set('sig', 'A'.repeat(43))),
      changed((url) => {
        url.pathname = `/files/${other.file_id}/mine.png`
      }),
      changed((url) => {
        url.pathname = '/files/..%2f..%2fporchlight.db/x'
      }),
      server.fetch(`/files/${mine.file_id}`),
      server.fetch('/files/'),
    ]) {
      expect(await errorOf(asked)).toMatchObject({ status: 404, type: 'not_found' })
    }
  })

  test('is made afresh with every look', async () => {
    const { file_id, url } = await upload(pictures.png, 'photo.png')
    const { chat } = await startWith(file_id)
    await clock.advance(10 * 60_000)
    const { events } = await act<{ events: { url: string }[] }>('list_events', { chat_id: chat.id })
    const later = events[0]?.url ?? ''
    expect(later.split('?')[0]).toBe(url.split('?')[0])
    expect(Number(new URL(later).searchParams.get('exp'))).toBeGreaterThan(Number(new URL(url).searchParams.get('exp')))
  })

  test('stands in no log with what makes it one', async () => {
    const { url } = await upload(pictures.png, 'secret.png')
    await fetch(url)
    await fetch(`${url}x`)
    const { searchParams } = new URL(url)
    expect(logged.some((line) => line.includes('secret.png'))).toBe(true)
    expect(logged.filter((line) => line.includes(searchParams.get('sig') ?? '') || line.includes('exp='))).toEqual([])
  })
})

describe('[FIL7] a file is served', () => {
  test('so that it runs nowhere, and shown everywhere', async () => {
    const { headers } = await fetch((await upload(pictures.png, 'photo.png')).url)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('set-cookie')).toBeNull()
  })

  test.each(Object.entries(pictures))('inline when it is a picture of kind %s', async (kind, bytes) => {
    const { headers } = await fetch((await upload(bytes, `photo.${kind}`)).url)
    expect(headers.get('content-type')).toBe(`image/${kind}`)
    expect(headers.get('content-disposition')).toMatch(/^inline; /)
  })

  test.each([
    ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'photo.svg', 'application/octet-stream'],
    ['<script>alert(1)</script>', 'photo.png', 'application/octet-stream'],
    ['%PDF-1.7\n', 'letter.pdf', 'application/pdf'],
  ])('as an attachment when it is %s', async (bytes, name, type) => {
    const { headers } = await fetch((await upload(bytes, name)).url)
    expect(headers.get('content-type')).toBe(type)
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${name}"; filename*=UTF-8''${name}`)
  })

  test('under its own name in any script', async () => {
    const { url, name } = await upload('x', 'résumé "a\'b" 💡.txt')
    const response = await fetch(url)
    expect(name).toBe('résumé "a\'b" 💡.txt')
    expect([response.status, response.headers.get('content-disposition')]).toEqual([
      200,
      `attachment; filename="r_sum_ _a'b_ __.txt"; filename*=UTF-8''r%C3%A9sum%C3%A9%20%22a%27b%22%20%F0%9F%92%A1.txt`,
    ])
  })

  test.each([
    ['bytes=0-9', 206, text.slice(0, 10)],
    ['bytes=100-', 206, text.slice(100)],
    ['bytes=-5', 206, text.slice(-5)],
    ['bytes=0-99999999', 206, text],
    ['bytes=-99999999', 206, text],
    ['bytes=5-4', 200, text],
    ['bytes=0-1,3-4', 200, text],
    ['lines=0-1', 200, text],
    ['bytes=-', 200, text],
    ['bytes=99999-', 416, ''],
    ['bytes=-0', 416, ''],
  ])('in the part that %s asks for', async (range, status, part) => {
    const { url } = await upload(text, 'numbers.txt')
    const response = await fetch(url, { headers: { range } })
    expect([response.status, await response.text()]).toEqual([status, part])
    const from = text.indexOf(part)
    if (status === 206) expect(response.headers.get('content-range')).toBe(`bytes ${from}-${from + part.length - 1}/${text.length}`)
    if (status === 416) expect(response.headers.get('content-range')).toBe(`bytes */${text.length}`)
    expect(response.headers.get('content-length')).toBe(String(part.length))
  })

  test('not at all to whoever has it, and whole to whoever has another', async () => {
    const { url } = await upload(text, 'numbers.txt')
    const etag = (await fetch(url)).headers.get('etag') ?? ''
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await fetch(url, { headers: { 'if-none-match': '"x"' } })).status).toBe(200)
    expect((await fetch(url, { headers: { range: 'bytes=0-1', 'if-range': etag } })).status).toBe(206)
    expect((await fetch(url, { headers: { range: 'bytes=0-1', 'if-range': '"x"' } })).status).toBe(200)
  })

  test('without its bytes to whoever asks for its heads', async () => {
    const { url } = await upload(text, 'numbers.txt')
    const { status, headers } = await fetch(url, { method: 'HEAD' })
    expect([status, headers.get('content-length'), headers.get('accept-ranges')]).toEqual([200, String(text.length), 'bytes'])
  })

  test('never as what it is not: bytes that are gone are not found, and the operator learns of it', async () => {
    const { url, file_id } = await upload(text, 'numbers.txt')
    rmSync(join(server.data, 'files', file_id.slice(0, 2), file_id))
    expect(await errorOf(fetch(url))).toMatchObject({ status: 404 })
    expect(logged.some((line) => line.includes('bytes of a file are missing') && line.includes(file_id))).toBe(true)
  })

  test('never whole when the disk has altered it', async () => {
    const altered = async (bytes: string) => {
      const { url, file_id } = await upload(bytes, 'numbers.txt')
      writeFileSync(join(server.data, 'files', file_id.slice(0, 2), file_id), bytes.replace('500', '501'))
      return { url, told: () => logged.some((line) => line.includes('not those that were taken in') && line.includes(file_id)) }
    }
    const [small, large] = [await altered(text), await altered(text.repeat(100))]
    expect(await errorOf(fetch(small.url))).toMatchObject({ status: 500, type: 'internal' })
    await expect(fetch(large.url).then((response) => response.text())).rejects.toThrow()
    expect([small.told(), large.told()]).toEqual([true, true])
  })
})

describe('[FIL5] in time', () => {
  const isThere = (file_id: string) => existsSync(join(server.data, 'files', file_id.slice(0, 2), file_id))

  test('a file that no event has is forgotten, and one that an event has is not', async () => {
    const [loose, used] = [await upload('loose', 'a'), await upload('used', 'b')]
    await startWith(used.file_id)
    await clock.advance(UNUSED_FILE_TTL_S * 1000 - 2 * SWEEP_EVERY_MS)
    expect([isThere(loose.file_id), isThere(used.file_id)]).toEqual([true, true])
    await clock.advance(3 * SWEEP_EVERY_MS)
    await expect.poll(() => isThere(loose.file_id), { timeout: 10_000 }).toBe(false)
    expect(isThere(used.file_id)).toBe(true)
  })

  test('so are bytes that a process which is no more took in and told nobody of', async () => {
    const id = 'f'.repeat(32)
    await server.close()
    const store = openStore({ data: server.data })
    await store.commit(expectFile(id, clock.now()))
    await store.close()
    await openDiskFiles(join(server.data, 'files')).write(id, Readable.from([Buffer.from('bytes')]))
    const data = server.data
    const again = await createServer({ clock, data, port: 0 })
    await clock.advance(2 * UPLOAD_TIMEOUT_MS - SWEEP_EVERY_MS)
    expect(isThere(id)).toBe(true)
    await clock.advance(2 * SWEEP_EVERY_MS)
    await expect.poll(() => isThere(id), { timeout: 10_000 }).toBe(false)
    await again.close()
    server = await startServer({ clock, log })
  })
})

describe('[FIL8] quotas', () => {
  test('count files by uploader and by address', async () => {
    const eve = await server.token('eve')
    const tries = await Promise.all(Array.from({ length: 61 }, () => server.upload(eve, new File(['x'], 'x'))))
    expect(tries.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 60 }, () => 200), 429])
    const refused = await errorOf(server.upload(eve, new File(['x'], 'x')))
    expect(refused).toMatchObject({ type: 'too_many_requests', data: { retry_after_ms: expect.any(Number) } })
    expect((await server.upload(await server.token('ann'), new File(['x'], 'x'))).status).toBe(200)
    await clock.advance(60_000)
    expect((await server.upload(await server.token('eve'), new File(['x'], 'x'))).status).toBe(200)
  })

  test('count bytes, also of what is refused', async () => {
    // Where they are a twentieth of what they are elsewhere: 10 MiB.
    const small = await startServer({ clock, rateFactor: 0.05 })
    const mal = await small.token('mal')
    const seen = []
    for (const mib of [6, 6, 1]) seen.push((await small.upload(mal, new File([new Uint8Array(mib * 1024 * 1024)], 'x'))).status)
    expect(seen).toEqual([200, 429, 429])
    await small.stop()
  })
})

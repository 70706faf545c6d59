/** Posting a file to a real server, by each of the two ways that a platform may have. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { upload } from './upload.ts'

let server: Server
let address: string
const heard: { authorization: string | undefined; file: unknown; cut: boolean }[] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { authorization, 'content-type': type = '' } = request.headers
    try {
      const body = Buffer.concat(await request.toArray())
      const form = await new Response(body, { headers: { 'content-type': type } }).formData()
      heard.push({ authorization, file: form.get('file'), cut: false })
      response.writeHead(422).end('{"error":{}}')
    } catch {
      heard.push({ authorization, file: null, cut: true })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/upload`
})
afterAll(() => void server.close())
afterEach(() => {
  heard.length = 0
  vi.unstubAllGlobals()
})

const never = new AbortController().signal

test('without XMLHttpRequest the file goes out, and the answer comes back', async () => {
  const file = new File(['bytes'], 'photo.png', { type: 'image/png' })
  expect(await upload(address, 'Bearer t', file, never, () => {})).toEqual({ status: 422, body: '{"error":{}}' })
  expect(heard).toMatchObject([{ authorization: 'Bearer t', file: { name: 'photo.png', size: 5, type: 'image/png' } }])
})

test('what is given up is cut off, and rejects', async () => {
  const end = new AbortController()
  const asked = upload(address, 'Bearer t', new File([new Uint8Array(50_000_000)], 'large'), end.signal, () => {})
  server.once('request', (request) => request.once('data', () => end.abort()))
  await expect(asked).rejects.toThrow()
  await expect.poll(() => heard).toMatchObject([{ cut: true }])
})

/** The little of it that matters here, as a page has it. */
class Request {
  static last: Request
  status = 0
  responseText = ''
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {}
  onloadend?: () => void
  readonly said: unknown[] = []
  constructor() {
    Request.last = this
  }
  open(...said: unknown[]) {
    this.said.push(said)
  }
  setRequestHeader(...said: unknown[]) {
    this.said.push(said)
  }
  send(form: { parts: unknown }) {
    this.said.push(form.parts)
  }
  abort() {
    this.onloadend?.()
  }
}

test('with it progress is told, and what React Native has for a file goes into the form as it is', async () => {
  vi.stubGlobal('XMLHttpRequest', Request)
  vi.stubGlobal(
    'FormData',
    class {
      readonly parts: unknown[] = []
      append(...part: unknown[]) {
        this.parts.push(part)
      }
    },
  )
  const file = { uri: 'file:///photo.jpg', type: 'image/jpeg', name: 'photo.jpg' }
  const parts: number[] = []
  const asked = upload('http://chat.test/upload', 'Bearer t', file, never, (part) => parts.push(part))
  const { last } = Request
  expect(last.said).toEqual([['POST', 'http://chat.test/upload'], ['authorization', 'Bearer t'], [['file', file]]])
  last.upload.onprogress?.({ loaded: 1, total: 4 })
  last.upload.onprogress?.({ loaded: 4, total: 4 })
  Object.assign(last, { status: 200, responseText: '{}' }).onloadend?.()
  expect([await asked, parts]).toEqual([{ status: 200, body: '{}' }, [0.25, 1]])
})

test('with it, what is given up or gets no answer rejects', async () => {
  vi.stubGlobal('XMLHttpRequest', Request)
  const end = new AbortController()
  const asked = upload('http://chat.test/upload', 'Bearer t', new Blob(), end.signal, () => {})
  end.abort()
  await expect(asked).rejects.toBeUndefined()
})

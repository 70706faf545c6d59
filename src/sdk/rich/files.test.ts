/** Uploads that meet a proxy on the way: whatever it answers, why they failed has a code. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFiles } from './files.ts'
import type { Ground } from './ground.ts'

afterEach(() => vi.unstubAllGlobals())

/** What uploading comes to where the address of the upload answers this. */
function upload(status: number, body: string) {
  vi.stubGlobal('fetch', async () => new Response(body, { status }))
  const { uploadAttachment } = createFiles({ ask: async () => ({ upload_url: 'http://chat.test/upload' }) } as unknown as Ground)
  return uploadAttachment(new Blob(['bytes']))
}

const HTML = '<html><h1>Sorry</h1></html>'

describe('an upload', () => {
  it.each([
    [413, HTML, 'ENTITY_TOO_LARGE'],
    [413, '', 'ENTITY_TOO_LARGE'],
    [502, HTML, 'SERVICE_UNAVAILABLE'],
    [200, HTML, 'SERVICE_UNAVAILABLE'],
    [200, '', 'SERVICE_UNAVAILABLE'],
    [200, 'null', 'SERVICE_UNAVAILABLE'],
    [504, '{"error":"timeout"}', 'SERVICE_UNAVAILABLE'],
    [503, '{}', 'SERVICE_UNAVAILABLE'],
    [422, '{"error":{"type":"validation","message":"unable to upload"}}', 'VALIDATION'],
  ])('that is answered with %i and %s is %s', async (status, body, code) => {
    await expect(upload(status, body)).rejects.toMatchObject({
      code,
      body: { type: code.toLowerCase() },
      message: expect.stringMatching(/^unable to upload/),
    })
  })

  it('that is answered with a file is that', async () => {
    expect(await upload(200, '{"file_id":"f","name":"a.txt"}')).toEqual({ file_id: 'f', name: 'a.txt' })
  })

  it('that nobody answers is lost with the connection', async () => {
    const asked = upload(200, '')
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')))
    await expect(asked).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  })
})

/** One request over HTTP: what comes back is an answer, a refusal, or no word of the server at all. */
import { describe, expect, it } from 'vitest'
import { createClock } from '../../testing/clock.ts'
import { Device } from '../../testing/environment.ts'
import { Network } from '../../testing/network.ts'
import { createRandom } from '../../testing/random.ts'
import { codeOf } from '../../testing/shop.ts'
import type { HttpRequest } from '../kit/environment.ts'
import { ask } from './http.ts'

const URL = 'http://chat.test/v1/customer/token'

/** A client, and a server that answers every request in one way; never when there is none. */
function create(status?: number, body = '') {
  const clock = createClock()
  const network = new Network(clock)
  const requests: HttpRequest[] = []
  network.listen({
    accept: () => null,
    async fetch(request) {
      requests.push(request)
      return status === undefined ? new Promise(() => {}) : { status, body, header: () => null }
    },
  })
  const device = new Device({ network, clock, random: createRandom('http') })
  return { clock, device, environment: device.open().environment, requests }
}

describe('a request over HTTP', () => {
  it('carries JSON, as plain text that a browser sends without asking first', async () => {
    const { environment, requests } = create(200, '{"answer":42}')
    expect(await ask(environment, 'POST', URL, { question: 'why' })).toEqual({ answer: 42 })
    expect(requests).toEqual([{ method: 'POST', url: URL, body: '{"question":"why"}', signal: expect.any(AbortSignal) }])
  })

  it('needs no body, and no answer but that it was done', async () => {
    const { environment, requests } = create(204)
    expect(await ask(environment, 'DELETE', URL)).toEqual({})
    expect(requests).toEqual([{ method: 'DELETE', url: URL, body: null, signal: expect.any(AbortSignal) }])
  })

  it('[CON13] that is refused says so in the words of the wire', async () => {
    const error = { type: 'license_not_found', message: 'unable to open; no such license', data: { license: 7 } }
    const { environment } = create(404, JSON.stringify({ error }))
    await expect(ask(environment, 'POST', URL, {})).rejects.toMatchObject({
      code: 'LICENSE_NOT_FOUND',
      retryable: false,
      message: error.message,
      body: error,
    })
  })

  it.each([
    ['a portal’s page', 200, '<html>Please sign in to this network</html>'],
    ['a proxy’s fault', 502, 'Bad Gateway'],
    ['a refusal in nobody’s words', 500, '{}'],
  ])('that is answered with %s has not reached the server, and may later', async (_, status, body) => {
    const { environment } = create(status, body)
    await expect(ask(environment, 'POST', URL, {})).rejects.toMatchObject({ code: 'CONNECTION_LOST', retryable: true })
  })

  it('leaves no timer behind', async () => {
    const { environment, clock } = create(200, '{}')
    await ask(environment, 'POST', URL, {})
    expect(clock.next()).toBeNull()
  })

  it('is ended by whoever asked, and so is what carries it', async () => {
    const { environment, clock, requests } = create()
    const end = new AbortController()
    const outcome = codeOf(ask(environment, 'POST', URL, {}, end))
    end.abort()
    expect([await outcome, requests[0]?.signal?.aborted, clock.next()]).toEqual(['CONNECTION_LOST', true, null])
  })

  it('is given up after 15 s, and at once while the device is offline', async () => {
    const { environment, clock, device } = create()
    let outcome = ''
    codeOf(ask(environment, 'POST', URL, {})).then((code) => {
      outcome = code
    })
    await clock.advance(14_999)
    expect(outcome).toBe('')
    await clock.advance(1)
    expect(outcome).toBe('CONNECTION_LOST')
    device.goOffline()
    expect(await codeOf(ask(environment, 'POST', URL, {}))).toBe('CONNECTION_LOST')
  })
})

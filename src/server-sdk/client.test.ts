/** How one request is tried again: when, how long after, and when not. */
import { describe, expect, it } from 'vitest'
import { Client, type Means } from './client.ts'
import { ApiError, ConnectionError, RateLimitError, ServerError } from './errors.ts'

type Answer = Response | Error

/** A client whose network answers as it is told, whose chance is fixed, and who notes how long it waits. */
function clientOf(answers: Answer[], { maxRetries = 2, random = 0.5 } = {}) {
  const waits: number[] = []
  const asked: RequestInit[] = []
  const means: Means = {
    async fetch(_, init = {}) {
      asked.push(init)
      init.signal?.throwIfAborted()
      const answer = answers.shift()
      if (!answer || answer instanceof Error) throw answer ?? new Error('nothing more was to be asked')
      return answer
    },
    random: () => random,
    async wait(ms, signal) {
      waits.push(ms)
      signal?.throwIfAborted()
    },
  }
  const client = new Client({ baseUrl: 'http://chat.test', apiKey: 'plk_x', timeout: 1000, maxRetries }, means)
  return { client, waits, asked }
}

const ok = (value: unknown = {}) => Response.json(value)
const refused = (status: number, type: string, data = {}, headers = {}) =>
  Response.json({ error: { type, message: `unable to x; ${type}`, data } }, { status, headers })
const down = () => new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })

describe('a request', () => {
  it('is tried again after a network error, a 5xx and a 429, each time after longer', async () => {
    const { client, waits, asked } = clientOf(
      [down(), refused(503, 'service_unavailable'), refused(429, 'too_many_requests'), ok({ done: true })],
      { maxRetries: 3 },
    )
    expect(await client.act('x', {}, true)).toEqual({ done: true })
    expect(waits).toEqual([250, 500, 1000])
    const keys = asked.map(({ headers }) => new Headers(headers).get('idempotency-key'))
    expect([keys.length, new Set(keys).size]).toEqual([4, 1])
  })

  it('waits anywhere between nothing and twice as long as before, and never sooner than the server says', async () => {
    const nothing = clientOf([down(), ok()], { random: 0 })
    await nothing.client.act('x', {}, true)
    expect(nothing.waits).toEqual([0])
    const told = clientOf([
      refused(429, 'too_many_requests', { retry_after_ms: 1234 }),
      refused(503, 'busy', {}, { 'retry-after': '7' }),
      ok(),
    ])
    await told.client.act('x', {}, false)
    expect(told.waits).toEqual([1234, 7000])
    const dated = clientOf([refused(503, 'busy', {}, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }), ok()])
    await dated.client.act('x', {}, false)
    expect(dated.waits[0]).toBeGreaterThan(50_000)
  })

  it('is refused once, however it is asked, when the server will not have it', async () => {
    for (const [status, type] of [
      [400, 'validation'],
      [401, 'authentication'],
      [404, 'not_found'],
      [409, 'conflict'],
      [422, 'idempotency_mismatch'],
    ] as const) {
      const { client, waits } = clientOf([refused(status, type)])
      await expect(client.act('x', {}, true)).rejects.toThrow(ApiError)
      expect(waits).toEqual([])
    }
  })

  it('ends with what went wrong last', async () => {
    const network = clientOf([down(), down(), down()])
    await expect(network.client.act('x', {}, false)).rejects.toThrow(ConnectionError)
    const limited = clientOf([refused(429, 'too_many_requests', { retry_after_ms: 5 })], { maxRetries: 0 })
    await expect(limited.client.act('x', {}, false)).rejects.toMatchObject({ retryAfterMs: 5 })
    await expect(clientOf([refused(429, 'x')], { maxRetries: 0 }).client.act('x', {}, false)).rejects.toThrow(RateLimitError)
    await expect(clientOf([new Response('<html>')], { maxRetries: 0 }).client.act('x', {}, false)).rejects.toThrow(ServerError)
  })

  it('that writes without a key is sent once, as nobody knows whether it was done', async () => {
    const { client, waits } = clientOf([down(), ok()])
    await expect(client.act('x', {}, true, { idempotencyKey: null })).rejects.toThrow(ConnectionError)
    expect(waits).toEqual([])
  })

  it('whose timeout no timer can wait is refused before it is sent', async () => {
    for (const timeout of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]) {
      const { client, asked } = clientOf([ok()])
      await expect(client.act('x', {}, false, { timeout })).rejects.toMatchObject({ name: 'PorchlightError', code: 'validation' })
      expect(asked).toEqual([])
    }
    expect(await clientOf([ok()]).client.act('x', {}, false, { timeout: 2 ** 31 - 1 })).toEqual({})
  })

  it('ends with the reason of its signal, while it is asked and while it waits', async () => {
    const before = new AbortController()
    before.abort(new Error('enough'))
    await expect(clientOf([ok()]).client.act('x', {}, false, { signal: before.signal })).rejects.toThrow('enough')
    const between = new AbortController()
    const { client } = clientOf([down(), ok()])
    const asked = client.act('x', {}, false, { signal: between.signal })
    between.abort(new Error('too late'))
    await expect(asked).rejects.toThrow('too late')
  })
})

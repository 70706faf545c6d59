/** Webhooks that the server sent are told from all others. */
import { createHmac, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { startServer } from '../testing/server.ts'
import { Porchlight, PorchlightError, SignatureError } from './index.ts'

/** The vector that the scheme's authors publish. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const BODY = '{"test": 2432232314}'
const AT = 1_614_265_330
const HEADERS = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': String(AT),
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}

/** Whose clock stands where the vector was made. */
function at<T>(ms: number, run: () => T): T {
  const { now } = Date
  Date.now = () => ms
  try {
    return run()
  } finally {
    Date.now = now
  }
}

const porchlight = new Porchlight({ webhookSecret: SECRET, baseUrl: 'http://chat.test' })
const why = (headers: object, body = BODY, ms = AT * 1000) => {
  try {
    at(ms, () => porchlight.webhooks.verify(headers as Record<string, string>, body))
  } catch (error) {
    expect(error).toBeInstanceOf(SignatureError)
    return (error as SignatureError).code
  }
  return 'none'
}

describe('a webhook', () => {
  it('is known by the scheme’s own vector, from any kind of headers', () => {
    const bodies = [BODY, new TextEncoder().encode(BODY)]
    for (const headers of [HEADERS, new Headers(HEADERS), { ...HEADERS, 'webhook-signature': `v1,old ${HEADERS['webhook-signature']}` }]) {
      for (const body of bodies) expect(at(AT * 1000, () => porchlight.webhooks.verify(headers, body))).toEqual({ test: 2432232314 })
    }
  })

  it('is refused when anything of it is another', () => {
    expect(why(HEADERS)).toBe('none')
    expect(why(HEADERS, `${BODY} `)).toBe('wrong_signature')
    expect(why({ ...HEADERS, 'webhook-id': 'msg_other' })).toBe('wrong_signature')
    expect(why({ ...HEADERS, 'webhook-signature': 'v1,' })).toBe('wrong_signature')
    expect(why({ ...HEADERS, 'webhook-id': undefined })).toBe('missing_header')
    for (const ms of [AT * 1000 - 301_000, AT * 1000 + 301_000]) expect(why(HEADERS, BODY, ms)).toBe('stale_webhook')
    expect(() => new Porchlight({ apiKey: 'plk_x', baseUrl: 'http://chat.test' }).webhooks.verify(HEADERS, BODY)).toThrow('webhookSecret')
  })

  it('is verified with no secret that anybody could guess: not an empty one, a short one, or one that is not set', () => {
    const forged = {
      ...HEADERS,
      'webhook-signature': `v1,${createHmac('sha256', '').update(`${HEADERS['webhook-id']}.${AT}.${BODY}`).digest('base64')}`,
    }
    const short = `whsec_${randomBytes(23).toString('base64')}`
    for (const secret of ['', 'whsec_', short, [SECRET, ''], [SECRET, undefined], [undefined, SECRET]] as string[]) {
      const code = 'validation'
      const start = () => new Porchlight({ apiKey: 'plk_x', webhookSecret: secret, baseUrl: 'http://chat.test' })
      expect(start).toThrow(expect.objectContaining({ code, message: expect.stringMatching(/^unable to start; webhookSecret(\.\d)? is/) }))
      const verify = () => at(AT * 1000, () => porchlight.webhooks.verify(forged, BODY, secret))
      expect(verify).toThrow(
        expect.objectContaining({ code, message: expect.stringMatching(/^unable to verify the webhook; secret(\.\d)? is/) }),
      )
    }
    expect(() => new Porchlight({ webhookSecret: '', baseUrl: 'http://chat.test' })).toThrow(PorchlightError)
    const [one, other] = [24, 64].map((size) => randomBytes(size).toString('base64'))
    expect(() => new Porchlight({ webhookSecret: [`whsec_${one}`, other as string], baseUrl: 'http://chat.test' })).not.toThrow()
  })

  it('comes from a real server, and is verified with the secret that registering answered', async () => {
    const heard: { headers: Record<string, string>; body: string }[] = []
    const sink = createServer(async (request, response) => {
      heard.push({ headers: request.headers as Record<string, string>, body: await text(request) })
      response.end()
    }).listen(0, '127.0.0.1')
    const server = await startServer({ rateFactor: 1000, webhookAllow: '127.0.0.1' })
    try {
      const own = new Porchlight({ apiKey: (await server.apiKey()).secret, baseUrl: server.url })
      const { secret } = await own.webhooks.register({
        url: `http://127.0.0.1:${(sink.address() as AddressInfo).port}/hook`,
        events: ['incoming_event'],
      })
      const chat = await own.chats.create({ users: ['ann', 'bob'] })
      await own.events.send(chat.id, { user_id: 'ann', type: 'text', text: 'Hello!' })
      await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1)
      const event = own.webhooks.verify(heard[0]?.headers ?? {}, heard[0]?.body ?? '', secret)
      expect(event).toMatchObject({ type: 'incoming_event', data: { chat_id: chat.id, event: { text: 'Hello!' } } })
    } finally {
      await server.stop()
      sink.closeAllConnections()
      sink.close()
    }
  })
})

/** Signatures are those of Standard Webhooks: the same as an independent reckoning, and as a vector that is published with the scheme. */
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { webhookSecretOf } from '../domain/webhooks.ts'
import { signedHeaders } from './signatures.ts'

/** What the docs tell people to check webhooks with. */
const docs = readFileSync(join(import.meta.dirname, '../../../docs/webhooks.md'), 'utf8')
const snippet = /```js\n([\s\S]*?)```/.exec(docs)?.[1] ?? ''
const fresh = { previous_secret: null, previous_until: null }

test('[WHK4] a published example comes out as it is published', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const headers = signedHeaders({ ...fresh, secret }, 'msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}', 1614265330_999)
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('[WHK4] the key is what the secret spells after its prefix, and the content is id, time and body with dots between', () => {
  const secret = webhookSecretOf({ secret: new Uint8Array(32) }, 'one')
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const key = Buffer.from(secret.slice(6), 'base64')
  const body = JSON.stringify({ text: 'grüße 🌍' })
  const expected = createHmac('sha256', key)
    .update(Buffer.from(`msg_1.1700000000.${body}`, 'utf8'))
    .digest('base64')
  expect(signedHeaders({ ...fresh, secret }, 'msg_1', body, 1_700_000_000_000)['webhook-signature']).toBe(`v1,${expected}`)
})

test('[WHK5] a secret that was rotated is signed with as well, until its time is up', () => {
  const [secret, previous_secret] = ['one', 'two'].map((id) => webhookSecretOf({ secret: new Uint8Array(32) }, id)) as [string, string]
  const signature = (row: Parameters<typeof signedHeaders>[0], now: number) => signedHeaders(row, 'id', '{}', now)['webhook-signature']
  const both = signature({ secret, previous_secret, previous_until: 5000 }, 4999)
  const each = [secret, previous_secret].map((one) => signature({ ...fresh, secret: one }, 4999))
  expect(both).toBe(each.join(' '))
  expect(signature({ secret, previous_secret, previous_until: 5000 }, 5000)).toBe(signature({ ...fresh, secret }, 5000))
})

test('secrets follow from the store and an id, and say nothing of one another', () => {
  const of = (store: number, id: string) => webhookSecretOf({ secret: new Uint8Array(32).fill(store) }, id)
  expect(of(1, 'a')).toBe(of(1, 'a'))
  expect(new Set([of(1, 'a'), of(1, 'b'), of(2, 'a')]).size).toBe(3)
})

test('[WHK4] what the docs tell people to check lets through what is sent, and nothing else', async () => {
  const [secret, previous_secret] = ['one', 'two'].map((id) => webhookSecretOf({ secret: new Uint8Array(32) }, id)) as [string, string]
  vi.stubEnv('WEBHOOK_SECRET', previous_secret)
  const { isFromPorchlight } = await import(`data:text/javascript,${encodeURIComponent(snippet)}`)
  const body = '{"type":"incoming_event"}'
  const now = Date.now()
  const rotated = { secret, previous_secret, previous_until: now + 1 }
  expect(isFromPorchlight(signedHeaders(rotated, 'msg_1', body, now), body)).toBe(true)
  expect(isFromPorchlight(signedHeaders(rotated, 'msg_1', body, now), `${body} `)).toBe(false)
  expect(isFromPorchlight(signedHeaders({ ...fresh, secret }, 'msg_1', body, now), body)).toBe(false)
  expect(isFromPorchlight(signedHeaders(rotated, 'msg_1', body, now - 600_000), body)).toBe(false)
  expect(isFromPorchlight({}, body)).toBe(false)
  vi.unstubAllEnvs()
})

test.each(['', 'whsec_', undefined])('what the docs tell people to check does not start with the secret %j', async (secret) => {
  vi.stubEnv('WEBHOOK_SECRET', secret)
  await expect(import(`data:text/javascript,${encodeURIComponent(`${snippet}// ${secret}`)}`)).rejects.toThrow('WEBHOOK_SECRET')
  vi.unstubAllEnvs()
})

/** Only what this server signed for this purpose, and only in its time, is an access token. */
import { createHmac, generateKeyPairSync, hkdfSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ACCESS_TOKEN_TTL_S } from '../../protocol/limits.ts'
import { createClock, SOME_DAY } from '../../testing/clock.ts'
import { createAccessTokens } from './tokens.ts'

const secret = new Uint8Array(32).fill(7)
const subject = { customer_id: 'ann', organization_id: 'acme', client_id: 'web', proof_ends_at: SOME_DAY + 1e9 }
/** What the server derives: known here, so that a forger can be given everything but the right form. */
const key = Buffer.from(hkdfSync('sha256', secret, '', 'porchlight customer access tokens', 32))

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const partOf = (token: string, at: 0 | 1) => JSON.parse(Buffer.from(token.split('.')[at] ?? '', 'base64url').toString())

function forge(header: object, payload: object, signature?: (signed: string) => string): string {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${(signature ?? ((text) => createHmac('sha256', key).update(text).digest('base64url')))(signed)}`
}

test('[LIN6] a token says whose it is, and ends after its time', async () => {
  const clock = createClock()
  const tokens = createAccessTokens(secret, clock)
  const token = await tokens.issue(subject, ACCESS_TOKEN_TTL_S)
  const issued_at = clock.now()
  expect(await tokens.read(token)).toEqual({ ...subject, issued_at, expires_at: issued_at + ACCESS_TOKEN_TTL_S * 1000 })
  await clock.advance(ACCESS_TOKEN_TTL_S * 1000 + 1000)
  expect(await tokens.read(token)).toBeNull()
})

test('another server, or this one after its store was made anew, reads nothing of it', async () => {
  const clock = createClock()
  const token = await createAccessTokens(secret, clock).issue(subject, ACCESS_TOKEN_TTL_S)
  expect(await createAccessTokens(new Uint8Array(32).fill(8), clock).read(token)).toBeNull()
})

const clock = createClock()
const tokens = createAccessTokens(secret, clock)
const good = await tokens.issue(subject, ACCESS_TOKEN_TTL_S)

describe('[LIN2] refused', () => {
  const [header, payload] = [partOf(good, 0), partOf(good, 1)]
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const none = () => ''

  test('sanity: the forger has the right key and form, and passes', async () => {
    expect(await tokens.read(forge(header, payload))).not.toBeNull()
  })

  test.each<[string, string]>([
    ['nothing', ''],
    ['no token', 'x.y.z'],
    ['five parts', `${good}.a.b`],
    ['alg none', forge({ ...header, alg: 'none' }, payload, none)],
    ['alg NONE', forge({ ...header, alg: 'NONE' }, payload, none)],
    ['no signature', forge(header, payload, none)],
    ['another key', forge(header, payload, (text) => createHmac('sha256', 'other').update(text).digest('base64url'))],
    ['HS512', forge({ ...header, alg: 'HS512' }, payload, (text) => createHmac('sha512', key).update(text).digest('base64url'))],
    [
      'RS256',
      forge({ ...header, alg: 'RS256' }, payload, (text) => sign('sha256', Buffer.from(text), rsa.privateKey).toString('base64url')),
    ],
    [
      'a key of its own',
      forge({ ...header, jwk: { kty: 'oct', k: 'AAAA' } }, payload, (text) => createHmac('sha256', '').update(text).digest('base64url')),
    ],
    ['another kid', forge({ ...header, kid: '../../etc/passwd' }, payload)],
    ['no kid', forge({ ...header, kid: undefined }, payload)],
    ['typ JWT', forge({ ...header, typ: 'JWT' }, payload)],
    ['an unknown critical header', forge({ ...header, crit: ['x'], x: 1 }, payload)],
    ['another audience', forge(header, { ...payload, aud: 'porchlight-agent' })],
    ['no audience', forge(header, { ...payload, aud: undefined })],
    ['another issuer', forge(header, { ...payload, iss: 'elsewhere' })],
    ['an issuer in an array', forge(header, { ...payload, iss: ['porchlight'] })],
    ['no end', forge(header, { ...payload, exp: undefined })],
    ['an end that is text', forge(header, { ...payload, exp: '9999999999' })],
    ['past its end', forge(header, { ...payload, exp: clock.now() / 1000 - 1 })],
    ['not yet', forge(header, { ...payload, nbf: clock.now() / 1000 + 60 })],
    ['no beginning', forge(header, { ...payload, iat: undefined })],
    ['a subject that is a number', forge(header, { ...payload, sub: 1 })],
    ['no organization', forge(header, { ...payload, org: undefined })],
    ['an organization in an array', forge(header, { ...payload, org: ['acme'] })],
    ['the payload of another token', [good.split('.')[0], encode({ ...payload, sub: 'bob' }), good.split('.')[2]].join('.')],
  ])('%s', async (_, token) => {
    expect(await tokens.read(token)).toBeNull()
  })
})

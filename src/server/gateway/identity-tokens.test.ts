/** Only what the host's back end signed for this purpose, and only in its time, says who somebody is. */
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { IDENTITY_TOKEN_TTL_S } from '../../protocol/limits.ts'
import { createClock, SOME_DAY } from '../../testing/clock.ts'
import { Refusal } from '../domain/refusal.ts'
import type { KeyRow } from '../store/account-rows.ts'
import { createIdentities, endOf } from './identity-tokens.ts'

const key = (secret: string, more?: Partial<KeyRow>): KeyRow => ({
  ...{ id: secret, organization_id: 'acme', scopes: ['identity'], secret, created_at: 1 },
  ...more,
})

const now = SOME_DAY / 1000
const SECRET = 'the secret of the organization'
const header = { alg: 'HS256', typ: 'JWT' }
const claims = { sub: 'user-17', role: 'customer', exp: now + 3600, iat: now }

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const hmac =
  (secret: string, hash = 'sha256') =>
  (text: string) =>
    createHmac(hash, secret).update(text).digest('base64url')

function forge(says: unknown = claims, head: object = header, signature = hmac(SECRET)): string {
  const text = `${encode(head)}.${encode(says)}`
  return `${text}.${signature(text)}`
}

const identities = (keys: KeyRow[]) =>
  createIdentities({ secret: new Uint8Array(32), keys: async () => keys, erasedId: async () => null }, createClock())
const reading = { action: 'get a token', field: 'identity_token', role: 'customer' } as const
const read = async (token: string, keys = [key(SECRET)]) => {
  const vouched = await identities(keys).read('acme', token, reading)
  const { subject, said, issued_at } = vouched
  return { ...subject, said, issued_at, expires_at: endOf(vouched) }
}

async function whyNot(token: string, keys?: KeyRow[]): Promise<string> {
  const refusal = await read(token, keys).catch((error: unknown) => error)
  if (!(refusal instanceof Refusal)) throw new Error('it was not refused')
  expect(refusal.type).toBe('authentication')
  return refusal.message
}

test('[IDN1] it says who somebody is, and until when that holds', async () => {
  const ends = { issued_at: SOME_DAY, expires_at: SOME_DAY + 3_630_000 }
  expect(await read(forge())).toEqual({ external_id: 'user-17', said: {}, ...ends })
  const said = { name: 'Ann', email: 'ann@example.test' }
  expect(await read(forge({ ...claims, ...said, plan: 'pro', aud: 'chat' }))).toEqual({ external_id: 'user-17', said, ...ends })
})

test('[IDN1] clocks may differ a little', async () => {
  for (const says of [{ exp: now - 29 }, { exp: now + IDENTITY_TOKEN_TTL_S + 29 }, { iat: now + 29 }, { nbf: now + 29 }]) {
    expect(await read(forge({ ...claims, ...says }))).toMatchObject({ external_id: 'user-17' })
  }
})

test('[IDN4] one that does not say when it was made counts as made 24 h before its end', async () => {
  expect(await read(forge({ ...claims, iat: undefined }))).toMatchObject({ issued_at: SOME_DAY + (3600 - IDENTITY_TOKEN_TTL_S) * 1000 })
})

test('[IDN6] either of two secrets counts, and a key for something else does not', async () => {
  const keys = [key('the old one'), key(SECRET)]
  expect(await read(forge(), keys)).toMatchObject({ external_id: 'user-17' })
  expect(await read(forge(claims, header, hmac('the old one')), keys)).toMatchObject({ external_id: 'user-17' })
  expect(await whyNot(forge(), [])).toContain('signed with no identity secret')
  expect(await whyNot(forge(), [key(SECRET, { scopes: [] })])).toContain('signed with no identity secret')
})

describe('[IDN1] refused', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const none = () => ''

  test.each<[string, string]>([
    ['nothing', ''],
    ['no token', 'x.y.z'],
    ['five parts', `${forge()}.a.b`],
    ['alg none', forge(claims, { ...header, alg: 'none' }, none)],
    ['alg NONE', forge(claims, { ...header, alg: 'NONE' }, none)],
    ['no alg', forge(claims, { typ: 'JWT' })],
    ['no signature', forge(claims, header, none)],
    ['an empty secret', forge(claims, header, hmac(''))],
    ['the secret of another organization', forge(claims, header, hmac('another'))],
    ['HS512', forge(claims, { ...header, alg: 'HS512' }, hmac(SECRET, 'sha512'))],
    ['HS384', forge(claims, { ...header, alg: 'HS384' }, hmac(SECRET, 'sha384'))],
    ['HS512 that calls itself HS256', forge(claims, header, hmac(SECRET, 'sha512'))],
    [
      'RS256',
      forge(claims, { ...header, alg: 'RS256' }, (text) => sign('sha256', Buffer.from(text), rsa.privateKey).toString('base64url')),
    ],
    ['a key of its own', forge(claims, { ...header, jwk: { kty: 'oct', k: 'AAAA' } }, hmac('\0\0\0'))],
    ['an unknown critical header', forge(claims, { ...header, crit: ['x'], x: 1 })],
    ['the claims of another token', [forge().split('.')[0], encode({ ...claims, sub: 'user-18' }), forge().split('.')[2]].join('.')],
  ])('%s', async (_, token) => {
    expect(await whyNot(token)).toBe(
      'unable to get a token; identity_token is signed with no identity secret of this organization, or not with HS256',
    )
  })

  test.each<[string, unknown, string]>([
    ['past its end', { ...claims, exp: now - 31 }, 'exp has passed'],
    ['good for too long', { ...claims, exp: now + IDENTITY_TOKEN_TTL_S + 31 }, 'more than 24 h ahead'],
    ['an end in ms', { ...claims, exp: SOME_DAY + 3_600_000 }, 'more than 24 h ahead'],
    ['no end', { ...claims, exp: undefined }, 'exp is missing'],
    ['an end that is text', { ...claims, exp: '9999999999' }, 'exp is of the wrong type'],
    ['made in the future', { ...claims, iat: now + 31 }, 'not good yet'],
    ['not yet', { ...claims, nbf: now + 31 }, 'not good yet'],
    ['of an agent', { ...claims, role: 'agent' }, 'role'],
    ['without a role', { ...claims, role: undefined }, 'role is missing'],
    ['roles in an array', { ...claims, role: ['customer'] }, 'role'],
    ['without a subject', { ...claims, sub: undefined }, 'sub is missing'],
    ['an empty subject', { ...claims, sub: '' }, 'sub'],
    ['a subject that is a number', { ...claims, sub: 17 }, 'sub is of the wrong type'],
    ['a subject without end', { ...claims, sub: 'x'.repeat(256) }, 'sub'],
    ['a subject that cannot be stored', { ...claims, sub: 'a\0b' }, 'sub holds a character'],
    ['a name that is an object', { ...claims, name: { first: 'Ann' } }, 'name is of the wrong type'],
    ['a list', [claims], 'wrong type'],
    ['a text', 'user-17', 'wrong type'],
    ['null', null, 'wrong type'],
  ])('%s', async (_, says, why) => {
    expect(await whyNot(forge(says))).toContain(why)
  })
})

/** Administrative tasks on a real store: what they make, and what they refuse. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SOME_DAY } from '../../testing/clock.ts'
import { createRandom } from '../../testing/random.ts'
import type { Perform } from '../admin.ts'
import { verifyPassword } from '../gateway/passwords.ts'
import { openSqliteStore } from '../store/sqlite/store.ts'
import type { Store } from '../store/store.ts'
import { performIn } from './tasks.ts'

let folder: string
let store: Store
let perform: Perform
const revoked: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-tasks-'))
  store = openSqliteStore({ path: join(folder, 'porchlight.db'), onFatal: () => {} })
  const random = createRandom('tasks')
  revoked.length = 0
  perform = performIn({
    store,
    now: () => SOME_DAY,
    id: () => random.id(),
    url: () => 'https://chat.test',
    revoke: (_, user_id) => revoked.push(user_id),
  })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

test('the only organization need not be named, one of several must be', async () => {
  await expect(perform('client list', {})).rejects.toThrow('no organization yet')
  await perform('org create', { name: 'One' })
  expect(await perform('client list', {})).toEqual({ license: 1, clients: [] })
  expect(await perform('org create', { name: 'Two' })).toMatchObject({ license: 2 })
  await expect(perform('client list', {})).rejects.toThrow('--license')
  expect(await perform('client list', { license: '2' })).toEqual({ license: 2, clients: [] })
  await expect(perform('client list', { license: '3' })).rejects.toThrow('license 3')
})

test.each([
  ['client create', { id: 'a b' }, 'cannot be a client id'],
  ['client create', { id: 'shop', origin: ['https://*.shop.test'] }, 'no origin'],
  ['client create', { id: 'shop', origin: ['https://shop.test/chat'] }, 'no origin'],
  ['client create', { id: 'shop', origin: ['https://user@shop.test'] }, 'no origin'],
  ['client create', { id: 'shop', origin: ['null'] }, 'no origin'],
  ['client create', { id: 'shop', origin: ['loopback'] }, 'no origin'],
  ['client create', { id: 'shop', kind: 'desktop' }, 'no kind'],
  ['client create', { id: 'shop', 'redirect-uri': ['https://shop.test/#x'] }, 'no redirect'],
  ['client update', { id: 'nothing', name: 'x' }, 'no client'],
  ['agent create', { email: 'robin' }, 'no e-mail'],
  ['agent create', { email: 'robin@shop.test', password: 'short' }, 'fewer than 8'],
  ['agent password', { email: 'robin@shop.test' }, 'no agent'],
  ['org create', {}, 'name is missing'],
  ['org create', { name: ' ' }, 'name is blank'],
  ['__proto__', {}, 'no task'],
])('%s %j is refused', async (task, input, why) => {
  await perform('org create', { name: 'Acme' })
  await expect(perform(task, input)).rejects.toThrow(why)
})

test('a name is given once', async () => {
  await perform('org create', { name: 'Acme' })
  await perform('client create', { id: 'shop' })
  await expect(perform('client create', { id: 'shop' })).rejects.toThrow('already')
  await perform('agent create', { email: 'robin@shop.test' })
  await expect(perform('agent create', { email: 'ROBIN@shop.test' })).rejects.toThrow('already')
})

test('a client keeps what is not said anew', async () => {
  await perform('org create', { name: 'Acme' })
  await perform('client create', { id: 'shop', name: 'Shop', origin: ['https://shop.test/', 'http://localhost:3000'] })
  const changed = await perform('client update', { id: 'shop', origin: ['https://www.shop.test'] })
  expect(changed).toMatchObject({ name: 'Shop', origins: ['https://www.shop.test'] })
  expect(await perform('client list', {})).toMatchObject({ clients: [{ id: 'shop', name: 'Shop', origins: ['https://www.shop.test'] }] })
  await expect(perform('client update', { id: 'shop' })).rejects.toThrow('nothing')
})

test('a web client that no page can use says so', async () => {
  await perform('org create', { name: 'Acme' })
  expect(await perform('client create', { id: 'shop' })).toMatchObject({ note: expect.stringContaining('client update shop --origin') })
  expect(await perform('client create', { id: 'app', kind: 'native' })).not.toHaveProperty('note')
  expect(await perform('client update', { id: 'shop', origin: ['https://shop.test'] })).not.toHaveProperty('note')
})

test('a sign-in link is a whole address, its secret behind the #', async () => {
  await perform('org create', { name: 'Acme' })
  await perform('agent create', { email: 'robin@shop.test' })
  const { url, sign_in_token } = (await perform('agent link', { email: 'robin@shop.test' })) as Record<string, string>
  expect(url).toBe(`https://chat.test/inbox/#sign-in=${sign_in_token}`)
})

test('a password is shown once, or not at all, and a new one ends what the old one opened', async () => {
  await perform('org create', { name: 'Acme' })
  const { id, password } = (await perform('agent create', { email: 'robin@shop.test' })) as { id: string; password: string }
  const hashOf = async () => (await store.agentByEmail('robin@shop.test'))?.password_hash ?? null
  expect(await verifyPassword(password, await hashOf())).toBe(true)
  expect(await perform('agent password', { email: 'robin@shop.test', password: 'correct horse' })).not.toHaveProperty('password')
  expect(await verifyPassword(password, await hashOf())).toBe(false)
  expect(revoked).toEqual([id])
  expect(JSON.stringify(await perform('agent list', {}))).not.toContain('scrypt')
})

test('the demo is made once, and its password ends with it', async () => {
  await perform('demo prepare', {})
  await perform('demo prepare', {})
  expect(await perform('agent list', {})).toMatchObject({ license: 1, agents: [{ email: 'agent@demo.test', name: 'Robin' }] })
  expect(await perform('client list', {})).toMatchObject({ clients: [{ id: 'demo', origins: ['loopback'] }] })
  const right = async () => verifyPassword('porchlight', (await store.agentByEmail('agent@demo.test'))?.password_hash ?? null)
  expect(await right()).toBe(true)
  expect(await perform('demo retire', {})).toEqual({ retired: true })
  expect([await right(), await perform('demo retire', {})]).toEqual([false, { retired: false }])
  expect(await perform('client list', {})).toMatchObject({ clients: [{ id: 'demo', origins: [] }] })
  await perform('client update', { id: 'demo', origin: ['https://shop.test'] })
  await perform('demo prepare', {})
  expect(await perform('client list', {})).toMatchObject({ clients: [{ id: 'demo', origins: ['https://shop.test', 'loopback'] }] })
  expect(await right()).toBe(true)
})

test('the demo leaves a real organization alone', async () => {
  await perform('org create', { name: 'Acme' })
  await expect(perform('demo prepare', {})).rejects.toThrow('PORCHLIGHT_DATA')
})

test('[IDN6] there are two identity keys at most, each shown once', async () => {
  await perform('org create', { name: 'Acme' })
  await expect(perform('key create', { identity: true, scope: ['auth'] })).rejects.toThrow('--identity')
  const create = async () => (await perform('key create', { identity: true })) as { id: string; secret: string; scopes: string[] }
  const [old, next] = [await create(), await create()]
  expect(old).toEqual({ id: expect.any(String), secret: expect.stringMatching(/^[\w-]{43}$/), scopes: ['identity'] })
  expect(next.secret).not.toBe(old.secret)
  await expect(create()).rejects.toThrow('key revoke')
  const listed = await perform('key list', {})
  expect(listed).toMatchObject({ license: 1, keys: expect.any(Array) })
  expect((listed as { keys: { id: string }[] }).keys.map(({ id }) => id).sort()).toEqual([old.id, next.id].sort())
  expect(JSON.stringify(listed)).not.toContain(old.secret)
  expect(await perform('key revoke', { id: old.id })).toMatchObject({ id: old.id, revoked: true })
  await expect(perform('key revoke', { id: old.id })).rejects.toThrow('no key')
  await create()
  await perform('org create', { name: 'Other' })
  await expect(perform('key revoke', { id: next.id, license: '2' })).rejects.toThrow('no key')
})

test('[KEY2] of two who rotate a key at once one gets a secret, and the other is told to try again', async () => {
  await perform('org create', { name: 'Shop' })
  const { id } = (await perform('key create', { name: 'shop' })) as { id: string }
  const [first, second] = await Promise.allSettled([perform('key rotate', { id }), perform('key rotate', { id })])
  expect([first?.status, second?.status].sort()).toEqual(['fulfilled', 'rejected'])
  expect(String([first, second].find((one) => one?.status === 'rejected')?.reason)).toContain('try again')
})

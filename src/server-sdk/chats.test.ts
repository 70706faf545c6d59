/** Chats from a back end: what is said of one as a whole, how many it lets in, and who may change it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MAX_SETTINGS_BYTES } from '../protocol/limits.ts'
import { type RunningServer, startServer } from '../testing/server.ts'
import { type Chat, ConflictError, Porchlight, ValidationError } from './index.ts'

let server: RunningServer
let porchlight: Porchlight

beforeAll(async () => {
  server = await startServer({ rateFactor: 1000 })
  porchlight = new Porchlight({ apiKey: (await server.apiKey()).secret, baseUrl: server.url })
})
afterAll(() => server.stop())

const rich = { avatar: 'https://shop.test/crew.png', user_limit: 3, settings: { theme: { color: 'red' }, slow: 5 } }
const rolesIn = ({ users }: Chat) => Object.fromEntries(users.map(({ external_id, role }) => [external_id, role]))

it('have an avatar, a limit and settings from their beginning, or none of them', async () => {
  const chat = await porchlight.chats.create({ users: ['ann', 'bob'], ...rich })
  expect(chat).toMatchObject(rich)
  expect(await porchlight.chats.get(chat.id)).toEqual(chat)
  const plain = await porchlight.chats.create({ users: ['ann', 'bob'] })
  for (const name of Object.keys(rich)) expect(plain).not.toHaveProperty(name)
})

it('are described anew part by part, and null takes away', async () => {
  const { id } = await porchlight.chats.create({ name: 'Crew', users: ['ann', 'bob'], ...rich })
  expect(await porchlight.chats.update(id, { settings: { slow: 6 } })).toMatchObject({ name: 'Crew', ...rich, settings: { slow: 6 } })
  const bare = await porchlight.chats.update(id, { avatar: null, user_limit: null, settings: null })
  for (const name of Object.keys(rich)) expect(bare).not.toHaveProperty(name)
  expect((await porchlight.chats.update(id, rich)).name).toBe('Crew')
})

it('take settings up to 16 KB, and a limit of 2 to 500', async () => {
  const users = ['ann', 'bob']
  const large = { text: 'x'.repeat(MAX_SETTINGS_BYTES) }
  await expect(porchlight.chats.create({ users, settings: large })).rejects.toMatchObject({ status: 413, code: 'entity_too_large' })
  const { id } = await porchlight.chats.create({ users })
  await expect(porchlight.chats.update(id, { settings: large })).rejects.toMatchObject({ code: 'entity_too_large' })
  for (const user_limit of [1, 501]) {
    await expect(porchlight.chats.create({ users, user_limit })).rejects.toMatchObject({ field: 'user_limit' })
    await expect(porchlight.chats.update(id, { user_limit })).rejects.toMatchObject({ field: 'user_limit' })
  }
})

it('let in as many as their limit says', async () => {
  await expect(porchlight.chats.create({ users: ['ann', 'bob', 'cleo'], user_limit: 2 })).rejects.toThrow(ValidationError)
  const { id } = await porchlight.chats.create({ users: ['ann', 'bob'], user_limit: 2 })
  await expect(porchlight.chats.addUser(id, { user_id: 'cleo' })).rejects.toThrow(ConflictError)
  await expect(porchlight.chats.join(id, { user_id: 'ann' })).resolves.toMatchObject({ id })
  await porchlight.chats.update(id, { user_limit: 3 })
  expect((await porchlight.chats.addUser(id, { user_id: 'cleo' })).users).toHaveLength(3)
  await porchlight.chats.update(id, { user_limit: 2 })
  expect((await porchlight.chats.get(id)).users.filter(({ present }) => present)).toHaveLength(3)
})

it('of the kind group belong to who makes them, and let others in with a role', async () => {
  const chat = await porchlight.chats.create({ created_by: 'ann', users: ['bob'] })
  expect(rolesIn(chat)).toEqual({ ann: 'owner', bob: 'member' })
  await porchlight.chats.addUser(chat.id, { user_id: 'cleo', role: 'admin' })
  await porchlight.chats.addUsers(chat.id, { user_ids: ['dan', 'eve'], role: 'owner', history: true })
  expect(rolesIn(await porchlight.chats.addUser(chat.id, { user_id: 'finn', history: true }))).toEqual({
    ...{ ann: 'owner', bob: 'member', cleo: 'admin', dan: 'owner', eve: 'owner', finn: 'member' },
  })
  expect(rolesIn(await porchlight.chats.addUser(chat.id, { user_id: 'bob', role: 'owner' })).bob).toBe('member')
  const direct = await porchlight.chats.create({ kind: 'direct', created_by: 'ann', users: ['bob'] })
  expect(rolesIn(direct)).toEqual({ ann: undefined, bob: undefined })
})

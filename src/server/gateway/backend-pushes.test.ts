/** What people with open sockets hear of what a back end does, and what those find who come back after. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ServerAction } from '../../protocol/actions.ts'
import { SCOPES } from '../../protocol/scopes.ts'
import { openScene, type Peer, type Scene } from '../../testing/gateway.ts'
import { vouchFor } from '../../testing/identity.ts'
import { hashSecret } from './secrets.ts'

const SECRET = 'plk_secret-of-a-back-end'
let scene: Scene
beforeEach(async () => {
  scene = await openScene()
  const row = { id: 'key', organization_id: scene.founded.organization_id, name: 'Shop', created_at: 0, hash: hashSecret(SECRET) }
  const unused = { previous_hash: null, previous_until: null, last_used_at: null, revoked_at: null, scopes: [...SCOPES] }
  await scene.store.commit({
    at: 0,
    expect: [],
    writes: [{ write: 'insert', table: 'api_keys', row: { ...row, ...unused } }],
    idempotency: [],
  })
})
afterEach(() => scene.close())

async function serve(action: ServerAction, body: object): Promise<Record<string, { id: string }>> {
  const headers = { authorization: `Bearer ${SECRET}` }
  const path = `/v1/server/action/${action}`
  const response = await scene.http({ method: 'POST', path, body: JSON.stringify(body), headers }, { origin: null })
  if (response.status !== 200) throw new Error(response.body)
  return JSON.parse(response.body)
}

async function tokenOf(sub: string): Promise<string> {
  const identity_token = vouchFor(scene.founded.identity_secret, sub, scene.clock.now())
  const body = JSON.stringify({ grant_type: 'identity', identity_token })
  const response = await scene.http({ method: 'POST', path: '/v1/customer/token?license=1&client_id=demo', body })
  return JSON.parse(response.body).access_token
}

/** Somebody whom the host knows, on a page of theirs. */
async function arrive(sub: string): Promise<Peer> {
  const peer = await scene.connect('customer')
  await peer.ask('login', { token: await tokenOf(sub) })
  return peer
}
const create = async (...users: string[]) => (await serve('create_chat', { users }))['chat']?.id ?? ''
const heard = (peer: Peer, action: string) => vi.waitFor(() => expect(peer.pushes.map((push) => push.action)).toContain(action))
const told = (peer: Peer, chat_id: string) =>
  peer.pushes.filter(({ payload }) => payload['chat_id'] === chat_id).map(({ action }) => action)

describe('[MEM7] a chat that is deleted', () => {
  test('tells everyone in it, in order, and nobody of anything after that', async () => {
    const [jo, kim, lee] = [await arrive('jo'), await arrive('kim'), await arrive('lee')]
    const chat_id = await create('jo', 'kim')
    await serve('send_event', { chat_id, user_id: 'jo', event: { type: 'message', text: 'hello' } })
    await serve('delete_chat', { chat_id })
    for (const peer of [jo, kim]) {
      await heard(peer, 'user_chat_removed')
      expect(told(peer, chat_id)).toEqual(['incoming_chat', 'user_chat_added', 'incoming_event', 'chat_deleted', 'user_chat_removed'])
      expect(peer.seqs(chat_id)).toEqual([1, 2, 3])
      expect(await peer.refusal('send_event', { chat_id, event: { type: 'message', text: 'late' } })).toMatchObject({ type: 'not_found' })
      expect(await peer.ask('get_unread_count')).toEqual({ unread: 0 })
    }
    expect(told(lee, chat_id)).toEqual([])
  })

  test('is gone for who comes back, and what they were offline for is not told', async () => {
    await arrive('jo')
    const chat_id = await create('jo', 'kim')
    await serve('delete_chat', { chat_id })
    const peer = await scene.connect('customer')
    const welcome = await peer.ask('login', { token: await tokenOf('jo'), epoch: scene.store.epoch, chats: [{ chat_id, seq: 1 }] })
    expect(welcome.chats).toEqual([{ chat_id, seq: 0, status: 'gone' }])
    expect(await peer.refusal('sync', { chat_id, after: 1 })).toMatchObject({ type: 'not_found' })
  })

  test('takes a send that comes at the same moment whole, or not at all', async () => {
    const jo = await arrive('jo')
    for (let round = 0; round < 5; round++) {
      const chat_id = await create('jo', 'kim')
      const [sent] = await Promise.all([
        jo.request('send_event', { chat_id, event: { type: 'message', text: 'in time?' } }),
        serve('delete_chat', { chat_id }),
      ])
      const { entries } = await scene.store.entries(chat_id, 'agents', 0, 10)
      expect(entries.map(({ kind }) => kind)).toEqual(['thread_opened', ...(sent.success ? ['event_added'] : []), 'chat_deleted'])
      if (!sent.success) expect(sent.payload['error']).toMatchObject({ type: 'not_found' })
    }
  })
})

test('[EDT1][EDT2] what is edited and deleted is pushed as it is then, and its file is at no address any more', async () => {
  const jo = await arrive('jo')
  const chat_id = await create('jo', 'kim')
  const { event } = await serve('send_event', { chat_id, user_id: 'kim', event: { type: 'message', text: 'one' } })
  await serve('edit_event', { chat_id, event_id: event?.id, text: 'two' })
  await serve('delete_event', { chat_id, event_id: event?.id })
  await heard(jo, 'event_deleted')
  expect(jo.pushes.slice(-2)).toMatchObject([
    { action: 'event_updated', payload: { event: { id: event?.id } } },
    { action: 'event_deleted', payload: { event: { id: event?.id, deleted_at: expect.any(String) } } },
  ])
  const row = {
    id: 'file-of-kim',
    organization_id: scene.founded.organization_id,
    uploader_id: scene.founded.organization_id,
    custom_id: null,
  }
  const found = { name: 'a.txt', content_type: 'application/octet-stream', size: 1, width: null, height: null, hash: 'h' }
  const file = { ...row, ...found, created_at: 0, expires_at: 9e15 }
  await scene.store.commit({ at: 0, expect: [], writes: [{ write: 'insert', table: 'files', row: file }], idempotency: [] })
  const sent = await serve('send_event', { chat_id, user_id: 'kim', event: { type: 'file', file_id: file.id } })
  const { url } = sent['event'] as unknown as { url: string }
  await serve('delete_event', { chat_id, event_id: sent['event']?.id })
  expect((await scene.read(url)).status).toBe(404)
})

test('[USR4] agents see at once that who was erased has no name any more', async () => {
  await arrive('jo')
  await serve('update_user', { user_id: 'jo', display_name: 'Jo' })
  const agent = await scene.agent()
  await serve('delete_user', { user_id: 'jo' })
  await heard(agent, 'incoming_customer')
  expect(agent.pushes.at(-1)?.payload['customer']).not.toHaveProperty('name')
})

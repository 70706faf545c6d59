/** Which files users are told of by name: their own, and those of events that they may read. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, type TestOrganization } from '../../testing/organization.ts'
import type { Write } from '../store/change.ts'
import type { Principal } from './context.ts'
import { Refusal } from './refusal.ts'

let organization: TestOrganization
let ann: Principal
let ben: Principal
let robin: Principal
beforeEach(async () => {
  organization = await openOrganization()
  ann = await organization.customer('ann')
  ben = await organization.customer('ben')
  robin = await organization.agent('robin')
})
afterEach(() => organization.close())

/** A file that nobody has sent yet. */
async function file(id: string, { id: uploader_id, organization_id }: Omit<Principal, 'type'>): Promise<string> {
  const said = { id, organization_id, uploader_id, custom_id: null, name: 'a.png', content_type: 'image/png', size: 1, hash: 'h' }
  const row = { ...said, width: 3, height: 2, created_at: organization.clock.now(), expires_at: organization.clock.now() + 1e6 }
  const insert: Write = { write: 'insert', table: 'files', row }
  await organization.store.commit({ at: 0, expect: [], writes: [insert], idempotency: [] })
  return id
}

/** One that stands in an event. */
async function sent(id: string, who: Principal, chat_id: string, visibility: 'all' | 'agents' = 'all') {
  const event = { type: 'file' as const, file_id: await file(id, who), visibility }
  return (await organization.act(who, 'send_event', { chat_id, event })).event as { id: string }
}

const get = (who: Principal, file_id: string) => organization.act(who, 'get_file', { file_id })
const sees = async (who: Principal, file_id: string) =>
  get(who, file_id).then(
    () => true,
    (error) => {
      // Told no more than of one that was never there.
      expect(error).toBeInstanceOf(Refusal)
      expect(error).toMatchObject({ type: 'not_found', message: 'unable to get_file; there is no such file', data: { path: 'file_id' } })
      return false
    },
  )
const group = async (users: readonly string[], more: object = {}) =>
  (await organization.serve('create_chat', { users: [...users], kind: 'group', ...more })).chat.id
const support = async () => (await organization.act(ann, 'start_chat', {})).chat.id

describe('[FIL11] a file', () => {
  it('is told of with an address, and whether an event has it', async () => {
    await file('f1', ann)
    const shown = { file_id: 'f1', name: 'a.png', url: '/files/f1', content_type: 'image/png', size: 1, width: 3, height: 2 }
    const created_at = new Date(organization.clock.now()).toISOString()
    expect(await get(ann, 'f1')).toEqual({ file: { ...shown, created_at, used: false } })
    await organization.act(ann, 'send_event', { chat_id: await support(), event: { type: 'file', file_id: 'f1' } })
    expect(await get(ann, 'f1')).toEqual({ file: { ...shown, created_at, used: true } })
  })

  it('that nobody has sent is seen by its uploader alone', async () => {
    await file('f1', ann)
    expect([await sees(ann, 'f1'), await sees(ben, 'f1'), await sees(robin, 'f1'), await sees(ann, 'none')]).toEqual([
      ...[true, false, false, false],
    ])
    await file('f2', { id: 'acme', organization_id: 'acme' })
    expect([await sees(ann, 'f2'), await sees(robin, 'f2')]).toEqual([false, false])
  })

  it('in a support chat is seen by its customer and by every agent, and by no other customer', async () => {
    const chat_id = await support()
    await sent('f1', ann, chat_id)
    await sent('f2', robin, chat_id)
    const kim = await organization.agent('kim')
    for (const who of [ann, robin, kim]) expect([await sees(who, 'f1'), await sees(who, 'f2')]).toEqual([true, true])
    expect([await sees(ben, 'f1'), await sees(ben, 'f2')]).toEqual([false, false])
  })

  it('of a private note is seen by agents only', async () => {
    const chat_id = await support()
    await sent('f1', robin, chat_id, 'agents')
    expect([await sees(robin, 'f1'), await sees(await organization.agent('kim'), 'f1'), await sees(ann, 'f1')]).toEqual([
      ...[true, true, false],
    ])
  })

  it('of another organization is seen by nobody, an agent or not', async () => {
    await sent('f1', ann, await support())
    const strangers = [await organization.agent('dora', 'other'), await organization.customer('eve', 'other')]
    for (const who of strangers) expect(await sees(who, 'f1')).toBe(false)
  })

  it('is seen for as long as its event is within one’s stay: not from before it, and from it also afterwards', async () => {
    const chat_id = await group(['ann', 'kim'])
    await sent('before', ann, chat_id)
    await organization.serve('add_users_to_chat', { chat_id, user_ids: ['ben'] })
    await sent('during', ann, chat_id)
    await organization.serve('remove_user_from_chat', { chat_id, user_id: 'ben' })
    await sent('after', ann, chat_id)
    for (const [id, seen] of Object.entries({ before: false, during: true, after: false }))
      expect([id, await sees(ben, id)]).toEqual([id, seen])
    // Not one of the chat's, though of the organization.
    for (const id of ['before', 'during', 'after']) expect([id, await sees(robin, id)]).toEqual([id, false])
  })

  it('from before one’s stay is seen where one was let in with the history', async () => {
    const chat_id = await group(['ann', 'kim'])
    await sent('before', ann, chat_id)
    await organization.serve('add_users_to_chat', { chat_id, user_ids: ['ben'], history: true })
    expect(await sees(ben, 'before')).toBe(true)
  })

  it('of one’s own is seen wherever it was sent, though one has left', async () => {
    const chat_id = await group(['ann', 'kim'])
    await sent('f1', ann, chat_id)
    await organization.act(ann, 'leave_chat', { chat_id })
    expect(await sees(ann, 'f1')).toBe(true)
  })

  it('of a deleted chat, or of an event that was deleted, is seen by nobody', async () => {
    const chat_id = await support()
    const { id: event_id } = await sent('f1', ann, chat_id)
    await sent('f2', ann, chat_id)
    await organization.serve('delete_event', { chat_id, event_id })
    expect([await sees(ann, 'f1'), await sees(robin, 'f1'), await sees(ann, 'f2')]).toEqual([false, false, true])
    await organization.serve('delete_chat', { chat_id })
    expect([await sees(ann, 'f2'), await sees(robin, 'f2')]).toEqual([false, false])
  })
})

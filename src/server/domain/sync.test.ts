/** Proves catching up: what was missed, however long ago, inside one's stay, and never across histories. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { LogWrite } from '../store/change.ts'
import type { Principal } from './context.ts'
import { resumeHeld } from './sync.ts'

let org: TestOrganization
let ann: Principal
let ben: Principal
let robin: Principal

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  ben = await org.customer('ben')
  robin = await org.agent('robin')
})
afterEach(() => org.close())

const write = async (...writes: LogWrite[]) => {
  const outcome = await org.store.commit({ at: org.clock.now(), expect: [], idempotency: [], writes })
  expect(outcome.ok).toBe(true)
}
const seqs = (entries: unknown[]) => (entries as { payload: { seq: number } }[]).map((entry) => entry.payload.seq)
const actions = (entries: unknown[]) => (entries as { action: string }[]).map((entry) => entry.action)
const say = (who: Principal, chat_id: string, text: string) => org.act(who, 'send_event', { chat_id, event: { type: 'message', text } })

describe('sync', () => {
  it('[RES3] gives pages of at most 100 entries after a cursor, and the head', async () => {
    const { chat } = await org.act(ann, 'start_chat', {})
    for (let at = 0; at < 250; at++) await say(ann, chat.id, `m${at}`)
    const got: number[] = []
    for (let after = 0, head = 1; after < head; ) {
      const page = await org.act(ann, 'sync', { chat_id: chat.id, after })
      expect(page.entries.length).toBeLessThanOrEqual(100)
      got.push(...seqs(page.entries))
      after = got.at(-1) ?? 0
      head = page.seq
    }
    expect(got).toEqual(Array.from({ length: 251 }, (_, at) => at + 1))
  })

  it('[LOG9] reads text from the event when the entry is shaped', async () => {
    const { chat } = await org.act(ann, 'start_chat', {})
    const sent = await say(ann, chat.id, 'once')
    const { entries } = await org.act(ann, 'sync', { chat_id: chat.id, after: 1 })
    expect(entries).toMatchObject([{ action: 'incoming_event', payload: { event: sent.event } }])
  })

  it('[EPO2] tells a cursor of another history, or ahead of the log, that it is gone', async () => {
    const { chat } = await org.act(ann, 'start_chat', {})
    expect(await refusal(org.act(ann, 'sync', { chat_id: chat.id, after: 0, epoch: 'elsewhere' }))).toBe('history_reset')
    expect(await refusal(org.act(ann, 'sync', { chat_id: chat.id, after: 9 }))).toBe('history_reset')
  })

  it('[EPO3] keeps its epoch whatever a client claims', async () => {
    const { chat } = await org.act(ann, 'start_chat', {})
    const { epoch } = org.store
    await refusal(org.act(ann, 'sync', { chat_id: chat.id, after: 0, epoch: 'elsewhere' }))
    expect((await org.act(ann, 'sync', { chat_id: chat.id, after: 0 })).epoch).toBe(epoch)
  })
})

describe('a group chat', () => {
  const group: LogWrite[] = [
    {
      write: 'create_chat',
      chat_id: 'g',
      organization_id: 'acme',
      kind: 'group',
      name: null,
      joinable: false,
      history: false,
      properties: {},
      created_by: 'ann',
      members: [{ user_id: 'ann', user_type: 'customer' }],
    },
    { write: 'open_thread', chat_id: 'g', thread_id: 't', by: 'ann', properties: {} },
  ]
  const add = (user_id: string, history: boolean): LogWrite => ({
    write: 'add_user',
    chat_id: 'g',
    user_id,
    user_type: 'customer',
    by: 'ann',
    history,
  })

  it('[MEM4] is read from joining', async () => {
    await write(...group)
    await say(ann, 'g', 'before')
    await write(add('ben', false))
    await say(ann, 'g', 'after')
    expect(await refusal(org.act(ben, 'sync', { chat_id: 'g', after: 0 }))).toBe('missing_access')
    const { chat } = await org.act(ben, 'get_chat', { chat_id: 'g' })
    const { entries } = await org.act(ben, 'sync', { chat_id: 'g', after: chat.from_seq - 1 })
    expect(actions(entries)).toEqual(['user_added_to_chat', 'incoming_event'])
    expect(JSON.stringify((await org.act(ben, 'list_events', { chat_id: 'g' })).events)).not.toContain('before')
  })

  it('[MEM4] is read from 1 by who was added with history', async () => {
    await write(...group)
    await say(ann, 'g', 'before')
    await write(add('ben', true))
    expect(seqs((await org.act(ben, 'sync', { chat_id: 'g', after: 0 })).entries)).toEqual([1, 2, 3])
  })

  it('[MEM5] ends with the entry of leaving, and begins again where one comes back', async () => {
    await write(...group, add('ben', true))
    await write({ write: 'remove_user', chat_id: 'g', user_id: 'ben', by: 'ann' })
    await say(ann, 'g', 'without ben')
    const { entries } = await org.act(ben, 'sync', { chat_id: 'g', after: 0 })
    expect(actions(entries).at(-1)).toBe('user_removed_from_chat')
    expect(JSON.stringify(entries)).not.toContain('without ben')
    expect(await refusal(say(ben, 'g', 'still here?'))).toBe('missing_access')
    await write(add('ben', false))
    expect(await refusal(org.act(ben, 'sync', { chat_id: 'g', after: 1 }))).toBe('missing_access')
  })

  it("[MEM4] [MEM5] shows the threads of one's stay", async () => {
    const thread = (id: string): LogWrite => ({ write: 'open_thread', chat_id: 'g', thread_id: id, by: 'ann', properties: {} })
    const close = (id: string): LogWrite => ({ write: 'close_thread', chat_id: 'g', thread_id: id, by: 'ann' })
    await write(...group, close('t'), thread('t2'), add('ben', false), close('t2'), thread('t3'))
    await write({ write: 'remove_user', chat_id: 'g', user_id: 'ben', by: 'ann' }, close('t3'), thread('t4'))
    const list = (more: object = {}) => org.act(ben, 'list_threads', { chat_id: 'g', sort_order: 'asc', ...more })
    expect(await list()).toMatchObject({ threads: [{ id: 't2' }, { id: 't3' }], found_threads: 2 })
    expect(await list({ thread_ids: ['t', 't2', 't4'] })).toMatchObject({ threads: [{ id: 't2' }], found_threads: 1 })
    expect(await org.act(ann, 'list_threads', { chat_id: 'g' })).toMatchObject({ found_threads: 4 })
  })

  it('[MEM5] tells who has left nothing of what came after, not even how much it was', async () => {
    await write(...group, add('ben', true))
    await write({ write: 'remove_user', chat_id: 'g', user_id: 'ben', by: 'ann' })
    await say(ann, 'g', 'without ben')
    expect((await org.act(ben, 'list_events', { chat_id: 'g' })).seq).toBe(3)
    expect(await org.act(ben, 'sync', { chat_id: 'g', after: 3 })).toMatchObject({ entries: [], seq: 3 })
    const beyond = [4, 5].map((after) => refusal(org.act(ben, 'sync', { chat_id: 'g', after })))
    expect(await Promise.all(beyond)).toEqual(['missing_access', 'missing_access'])
  })
})

describe("the user's own log", () => {
  it('[EPO2] tells a cursor ahead of it that it is gone', async () => {
    await org.act(ann, 'start_chat', {})
    expect(await org.act(ann, 'sync_user', { after: 1 })).toEqual({ entries: [], head: 1 })
    expect(await refusal(org.act(ann, 'sync_user', { after: 2 }))).toBe('history_reset')
  })

  it('[RES7] names chats gained and lost', async () => {
    const { chat } = await org.act(ann, 'start_chat', {})
    await write({ write: 'remove_user', chat_id: chat.id, user_id: 'ann', by: null })
    const { entries, head } = await org.act(ann, 'sync_user', { after: 0 })
    expect(entries).toEqual([
      { action: 'user_chat_added', payload: { user_seq: 1, chat_id: chat.id } },
      { action: 'user_chat_removed', payload: { user_seq: 2, chat_id: chat.id } },
    ])
    expect(head).toBe(2)
  })
})

describe('what a returning client is told', () => {
  const context = (principal: Principal) => org.contextOf(principal)

  it('[LIN4, RES1] names the chats that moved, were reset or are gone, and no others', async () => {
    const [same, moved, reset] = await Promise.all([1, 2, 3].map(() => org.act(ann, 'start_chat', {})))
    if (!same || !moved || !reset) throw new Error('no chats')
    await say(robin, moved.chat.id, 'hello')
    const held = {
      epoch: org.store.epoch,
      chats: [
        { chat_id: same.chat.id, seq: 1 },
        { chat_id: moved.chat.id, seq: 1 },
        { chat_id: reset.chat.id, seq: 7 },
        { chat_id: 'nosuch', seq: 1 },
      ],
    }
    expect(await resumeHeld(context(ann), held)).toEqual([
      { chat_id: moved.chat.id, seq: 3, status: 'moved' },
      { chat_id: reset.chat.id, seq: 1, status: 'reset' },
      { chat_id: 'nosuch', seq: 0, status: 'gone' },
    ])
    expect((await resumeHeld(context(ann), { ...held, epoch: 'old' })).map((chat) => chat.status)).toEqual([
      'reset',
      'reset',
      'reset',
      'gone',
    ])
  })
})

/** Proves what reactions are: whose, which, how many, and what is told of them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'

let org: TestOrganization
let ann: Principal
let robin: Principal
let chat_id: string
let event_id: string

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  robin = await org.agent('robin')
  const { chat } = await org.act(ann, 'start_chat', { chat: { thread: { events: [{ type: 'message', text: 'hi' }] } } })
  chat_id = chat.id
  event_id = chat.last_event?.id ?? ''
})
afterEach(() => org.close())

const add = (who: Principal, emoji: string, event = event_id) => org.act(who, 'add_reaction', { chat_id, event_id: event, emoji })
const remove = (who: Principal, emoji: string) => org.act(who, 'remove_reaction', { chat_id, event_id, emoji })
const event = async () => (await org.act(ann, 'list_events', { chat_id })).events[0]

describe('a reaction', () => {
  it('[REA1] is told with all there are now, in their order', async () => {
    await add(ann, '👍')
    await add(robin, '🎉')
    const { reactions, entries } = await add(robin, '👍')
    const now = [
      { emoji: '👍', user_ids: ['ann', 'robin'] },
      { emoji: '🎉', user_ids: ['robin'] },
    ]
    expect(reactions).toEqual(now)
    expect(entries).toMatchObject([
      { action: 'reaction_added', payload: { event_id, user_id: 'robin', emoji: '👍', amends: { id: event_id, reactions: now } } },
    ])
    expect((await event())?.reactions).toEqual(now)
    const taken = await remove(ann, '👍')
    expect(taken.entries).toMatchObject([{ action: 'reaction_removed', payload: { user_id: 'ann', emoji: '👍' } }])
    expect(taken.reactions[0]).toEqual({ emoji: '👍', user_ids: ['robin'] })
    for (const emoji of ['👍', '🎉']) await remove(robin, emoji)
    expect(await event()).not.toHaveProperty('reactions')
  })

  it('[REA1] that is there already, or is not there to be taken, makes no entry', async () => {
    await add(ann, '👍')
    expect((await add(ann, '👍')).entries).toEqual([])
    expect((await remove(robin, '👍')).entries).toEqual([])
    expect((await remove(ann, '🎉')).entries).toEqual([])
    expect((await event())?.reactions).toEqual([{ emoji: '👍', user_ids: ['ann'] }])
  })

  it.each([
    ['❤', '❤️'],
    ['❤️', '❤️'],
    ['👍🏽', '👍🏽'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['🇨🇭', '🇨🇭'],
    ['1️⃣', '1️⃣'],
  ])('[REA2] %s is one emoji: %s', async (given, kept) => {
    expect((await add(ann, given)).reactions).toEqual([{ emoji: kept, user_ids: ['ann'] }])
  })

  it.each(['a', '👍👍', '👍!', ':+1:', '1', ' ', '\u200d', '__proto__', 'toString'])('[REA2] %j is none', async (emoji) => {
    expect(await refusal(add(ann, emoji))).toBe('validation')
    expect(await event()).not.toHaveProperty('reactions')
  })

  it('[REA3] finds room for twenty different ones', async () => {
    const emoji = [...'😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓']
    for (const one of emoji) await add(ann, one)
    expect(await refusal(add(robin, '👍'))).toBe('conflict')
    expect((await add(robin, '😀')).reactions).toHaveLength(20)
    await remove(ann, '😓')
    expect((await add(robin, '👍')).reactions).toHaveLength(20)
  })

  it('[REA3] finds room for a thousand', async () => {
    const reactions = { '👍': Array.from({ length: 999 }, (_, at) => `user-${at}`) }
    const thread_id = event_id.replace(/_\d+$/, '')
    for (const user_id of reactions['👍']) {
      const react = { write: 'react', chat_id, thread_id, event_id, kind: 'added', emoji: '👍', user_id } as const
      await org.store.commit({ at: org.clock.now(), expect: [], writes: [react], idempotency: [] })
    }
    await add(ann, '👍')
    expect(await refusal(add(robin, '👍'))).toBe('conflict')
    expect((await add(ann, '👍')).reactions[0]?.user_ids).toHaveLength(1000)
  })

  it('[REA3][EDT2] goes with its event, and comes to none that was deleted', async () => {
    await add(robin, '👍')
    await org.act(ann, 'delete_event', { chat_id, event_id })
    expect(await event()).not.toHaveProperty('reactions')
    expect(await refusal(add(robin, '👍'))).toBe('message_deleted')
    expect(await refusal(remove(robin, '👍'))).toBe('message_deleted')
  })

  it('is for those who see the event', async () => {
    const note = await org.act(robin, 'send_event', { chat_id, event: { type: 'message', text: 'note', visibility: 'agents' } })
    expect(await refusal(add(ann, '👍', note.event.id))).toBe('not_found')
    const { seq } = await org.act(ann, 'sync', { chat_id, after: 0 })
    await add(robin, '👍', note.event.id)
    expect((await org.act(ann, 'sync', { chat_id, after: 0 })).seq).toBe(seq)
  })
})

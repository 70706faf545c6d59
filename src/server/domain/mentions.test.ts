/** Proves who can be named, who hears of it, and what somebody who comes back has missed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'

let org: TestOrganization
let ann: Principal
let ben: Principal
let cleo: Principal
let chat_id: string

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  ben = await org.customer('ben')
  cleo = await org.customer('cleo')
  chat_id = (await org.serve('create_chat', { users: ['ann', 'ben'] })).chat.id
})
afterEach(() => org.close())

const say = async (who: Principal, mentions: string[], more: object = {}, chat = chat_id) =>
  (await org.act(who, 'send_event', { chat_id: chat, event: { type: 'message', text: 'hey', mentions, ...more } })).event
const told = async (who: Principal) =>
  ((await org.act(who, 'sync_user', { after: 0 })).entries as { action: string }[]).filter(({ action }) => action === 'user_mentioned')
const unread = async (who: Principal) => (await org.act(who, 'list_mentions', {})).mentions

describe('a mention', () => {
  it('[MEN2] is told to whom it names, and not to its author', async () => {
    const event = await say(ann, ['ben', 'ann', 'ben'])
    expect(event.mentions).toEqual(['ben', 'ann'])
    expect(await told(ben)).toMatchObject([{ payload: { chat_id, event_id: event.id, author_id: 'ann' } }])
    expect(await told(ann)).toEqual([])
  })

  it('[MEN2] that an edit adds is told to whom it names for the first time', async () => {
    await org.serve('add_users_to_chat', { chat_id, user_ids: ['cleo'] })
    const { id: event_id } = await say(ann, ['ben'])
    const edited = await org.act(ann, 'edit_event', { chat_id, event_id, mentions: ['ben', 'cleo'] })
    expect(edited.event.mentions).toEqual(['ben', 'cleo'])
    expect([(await told(ben)).length, (await told(cleo)).length]).toEqual([1, 1])
    expect((await org.act(ann, 'edit_event', { chat_id, event_id, mentions: [] })).event).not.toHaveProperty('mentions')
  })

  it('[MEN1] may be by the host’s own id', async () => {
    const { user } = await org.serve('create_user', { external_id: 'host-dora' })
    await org.serve('add_users_to_chat', { chat_id, user_ids: ['host-dora'] })
    expect((await say(ann, ['host-dora', user.id])).mentions).toEqual([user.id])
  })

  it('[MEN1] is of somebody who is or was in the chat', async () => {
    for (const id of ['cleo', 'nobody']) expect(await refusal(say(ann, [id]))).toBe('not_found')
    await org.act(ben, 'leave_chat', { chat_id })
    await say(ann, ['ben'])
    expect(await told(ben)).toEqual([])
    expect(
      await refusal(
        say(
          ann,
          Array.from({ length: 2 }, (_, at) => `x${at}`),
        ),
      ),
    ).toBe('not_found')
  })

  it('[MEN1][MEN2] in a support chat may be of any agent, and in a note only tells agents', async () => {
    const [robin, kim] = [await org.agent('robin'), await org.agent('kim')]
    const { id } = (await org.act(ann, 'start_chat', { chat: { thread: { events: [{ type: 'message', text: 'hi' }] } } })).chat
    await say(robin, ['kim', 'ann'], { visibility: 'agents' }, id)
    expect([(await told(kim)).length, (await told(ann)).length]).toEqual([1, 0])
    await say(ann, ['robin'], {}, id)
    expect(await told(robin)).toHaveLength(1)
    expect(await refusal(say(ann, ['ben'], {}, id))).toBe('not_found')
  })
})

describe('[MEN3] who comes back', () => {
  it('finds what names them and lies behind their mark, the oldest first', async () => {
    const one = await say(ann, ['ben'])
    const two = await say(ann, ['ben'])
    expect(await unread(ben)).toEqual([one, two].map(({ id }) => ({ chat_id, event_id: id, author_id: 'ann' })))
    await org.act(ben, 'mark_events_as_seen', { chat_id, seq: one.seq })
    expect((await unread(ben)).map(({ event_id }) => event_id)).toEqual([two.id])
    await org.act(ben, 'send_event', { chat_id, event: { type: 'message', text: 'here' } })
    expect(await unread(ben)).toEqual([])
  })

  it('finds nothing of chats that are theirs no more', async () => {
    await say(ann, ['ben'])
    await org.act(ben, 'leave_chat', { chat_id })
    expect(await unread(ben)).toEqual([])
    await org.serve('add_users_to_chat', { chat_id, user_ids: ['ben'] })
    expect(await unread(ben)).toEqual([])
    await say(ann, ['ben'])
    expect(await unread(ben)).toHaveLength(1)
    await org.serve('delete_chat', { chat_id })
    expect(await unread(ben)).toEqual([])
  })

  it('finds nothing that was deleted, or names them no more', async () => {
    const [one, two] = [await say(ann, ['ben']), await say(ann, ['ben'])]
    await org.act(ann, 'delete_event', { chat_id, event_id: one.id })
    await org.act(ann, 'edit_event', { chat_id, event_id: two.id, mentions: [] })
    expect(await unread(ben)).toEqual([])
  })

  it('finds the newest hundred', async () => {
    for (let at = 0; at < 102; at++) await say(ann, ['ben'], { text: `${at}` })
    const found = await unread(ben)
    expect(found).toHaveLength(100)
    expect((await org.act(ben, 'get_event', { chat_id, event_id: found.at(-1)?.event_id ?? '' })).event.text).toBe('101')
  })
})

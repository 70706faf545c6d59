/** Proves who edits and deletes what, what is left, and what agents see of first words. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { OrganizationPolicies } from '../store/account-rows.ts'
import type { Principal } from './context.ts'
import { updatePolicies } from './organizations.ts'

let org: TestOrganization
let ann: Principal
let robin: Principal
let chat_id: string
let anns: string
let robins: string

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  robin = await org.agent('robin')
  const { chat } = await org.act(ann, 'start_chat', { chat: { thread: { events: [{ type: 'message', text: 'first' }] } } })
  chat_id = chat.id
  anns = chat.last_event?.id ?? ''
  robins = (await org.act(robin, 'send_event', { chat_id, event: { type: 'message', text: 'answer' } })).event.id
})
afterEach(() => org.close())

const edit = (who: Principal, event_id: string, text: string) => org.act(who, 'edit_event', { chat_id, event_id, text })
const erase = (who: Principal, event_id: string) => org.act(who, 'delete_event', { chat_id, event_id })
const decide = async (set: Partial<OrganizationPolicies>) => {
  const row = await org.store.organization('acme')
  if (row) await org.store.commit(updatePolicies(org.clock.now(), row, set))
}
const read = async (who: Principal, event_id: string) => (await org.act(who, 'get_event', { chat_id, event_id })).event
const everything = async (who: Principal) =>
  JSON.stringify([
    await org.act(who, 'sync', { chat_id, after: 0 }),
    await org.act(who, 'list_events', { chat_id }),
    await org.act(who, 'list_chats', {}),
  ])

describe('an event', () => {
  it('[EDT5] is edited and deleted by its author', async () => {
    const edited = await edit(ann, anns, 'better')
    expect(edited.event).toMatchObject({ id: anns, text: 'better', edited_at: expect.any(String) })
    expect(edited.entries).toMatchObject([{ action: 'event_updated', payload: { requester_id: 'ann', event: { text: 'better' } } }])
    expect((await edit(robin, robins, 'my answer')).event.text).toBe('my answer')
    expect((await erase(robin, robins)).entries).toMatchObject([{ action: 'event_deleted', payload: { requester_id: 'robin' } }])
    expect(await everything(ann)).not.toMatch(/first|answer/)
  })

  it('[EDT5] of another is left alone, unless the organization lets agents do it', async () => {
    expect(await refusal(edit(ann, robins, 'x'))).toBe('authorization')
    expect(await refusal(erase(ann, robins))).toBe('authorization')
    expect(await refusal(edit(robin, anns, 'x'))).toBe('authorization')
    expect(await refusal(erase(robin, anns))).toBe('authorization')
    await decide({ agents_edit: 'all' })
    expect((await edit(robin, anns, 'mended')).event.text).toBe('mended')
    expect(await refusal(erase(robin, anns))).toBe('authorization')
    await decide({ agents_delete: 'all' })
    await erase(robin, anns)
    expect(await refusal(erase(ann, robins))).toBe('authorization')
  })

  it('[EDT2] that was deleted is nothing to edit, or to delete again', async () => {
    await erase(ann, anns)
    expect(await refusal(edit(ann, anns, 'x'))).toBe('message_deleted')
    expect(await refusal(erase(ann, anns))).toBe('message_deleted')
  })

  it('[EDT5] edited as it was makes no entry', async () => {
    expect((await edit(ann, anns, 'first')).entries).toEqual([])
    expect(await read(ann, anns)).not.toHaveProperty('edited_at')
  })

  it('is edited to something: a message to some text, a custom event to other content', async () => {
    for (const text of ['', '  ']) expect(await refusal(edit(ann, anns, text))).toBe('validation')
    expect(await refusal(edit(ann, anns, 'x'.repeat(16 * 1024 + 1)))).toBe('entity_too_large')
    expect(await refusal(org.act(ann, 'edit_event', { chat_id, event_id: anns }))).toBe('validation')
    expect(await refusal(org.act(ann, 'edit_event', { chat_id, event_id: anns, content: {} }))).toBe('validation')
    const { event } = await org.act(ann, 'send_event', { chat_id, event: { type: 'custom', content: { a: 1 } } })
    const edited = await org.act(ann, 'edit_event', { chat_id, event_id: event.id, content: { a: 2 } })
    expect(edited.event.content).toEqual({ a: 2 })
    expect(await refusal(edit(ann, event.id, 'x'))).toBe('validation')
  })

  it('of who has left is not theirs to edit any more', async () => {
    const { chat } = await org.serve('create_chat', { users: ['ann', 'ben'] })
    const { event } = await org.act(ann, 'send_event', { chat_id: chat.id, event: { type: 'message', text: 'x' } })
    await org.act(ann, 'leave_chat', { chat_id: chat.id })
    expect(await refusal(org.act(ann, 'edit_event', { chat_id: chat.id, event_id: event.id, text: 'y' }))).toBe('missing_access')
  })
})

describe('[EDT6] what a customer wrote first', () => {
  it('is nowhere any more, unless the organization wants agents to see it', async () => {
    await edit(ann, anns, 'second')
    expect(await everything(robin)).not.toContain('first')
    await decide({ originals: 'shown' })
    await edit(ann, anns, 'third')
    await edit(ann, anns, 'fourth')
    expect((await read(robin, anns)).original_text).toBe('second')
    expect(await read(ann, anns)).not.toHaveProperty('original_text')
    expect(await everything(ann)).not.toMatch(/first|second|third/)
  })

  it('is not kept of agents', async () => {
    await decide({ originals: 'shown' })
    await edit(robin, robins, 'other')
    expect(await read(robin, robins)).not.toHaveProperty('original_text')
  })

  it('goes with the message, and with the policy', async () => {
    await decide({ originals: 'shown' })
    await edit(ann, anns, 'second')
    await erase(ann, anns)
    expect(await everything(robin)).not.toMatch(/first|second/)
    const { event } = await org.act(ann, 'send_event', { chat_id, event: { type: 'message', text: 'another' } })
    await edit(ann, event.id, 'yet another')
    await decide({ originals: 'hidden' })
    await decide({ originals: 'shown' })
    expect(await read(robin, event.id)).not.toHaveProperty('original_text')
  })
})

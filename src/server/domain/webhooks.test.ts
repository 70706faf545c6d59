/** What a webhook is sent of each kind of entry, and under which name. */
import { expect, test } from 'vitest'
import { LOG_PUSHES } from '../../protocol/pushes.ts'
import { firstProblem } from '../../protocol/validate.ts'
import { someAddresses } from '../../testing/factories.ts'
import { openOrganization } from '../../testing/organization.ts'
import { deliveryIdOf, messageOf, pushNameOf } from './webhooks.ts'

test('[WHK1] every kind of entry has the name and the form of its push', async () => {
  const organization = await openOrganization()
  const { store, act, serve } = organization
  const ann = await organization.customer('ann')
  const robin = await organization.agent('robin')
  const properties = { desk: { floor: 2 } }
  const { chat } = await act(ann, 'start_chat', { chat: { thread: { events: [{ type: 'message', text: 'hi' }] } } })
  const [chat_id, thread_id] = [chat.id, chat.thread?.id ?? '']
  const event_id = chat.last_event?.id ?? ''
  await act(robin, 'send_event', { chat_id, event: { type: 'message', text: 'hello' } })
  await act(ann, 'mark_events_as_seen', { chat_id, seq: 4 })
  await act(ann, 'update_chat_properties', { id: chat_id, properties })
  await act(ann, 'delete_chat_properties', { id: chat_id, properties: { desk: ['floor'] } })
  await act(ann, 'update_thread_properties', { chat_id, thread_id, properties })
  await act(ann, 'delete_thread_properties', { chat_id, thread_id, properties: { desk: ['floor'] } })
  await act(ann, 'update_event_properties', { chat_id, thread_id, event_id, properties })
  await act(ann, 'delete_event_properties', { chat_id, thread_id, event_id, properties: { desk: ['floor'] } })
  await act(ann, 'rate_chat', { chat_id, rating: { value: 'good', comment: 'thanks' } })
  await act(robin, 'add_reaction', { chat_id, event_id, emoji: '👍' })
  await act(robin, 'remove_reaction', { chat_id, event_id, emoji: '👍' })
  await serve('edit_event', { chat_id, event_id, text: 'hey' })
  await serve('delete_event', { chat_id, event_id })
  await serve('update_chat', { chat_id, name: 'Shoes' })
  await serve('remove_user_from_chat', { chat_id, user_id: robin.id })
  await serve('update_chat', { chat_id, status: 'resolved' })
  const { entries } = await store.entries(chat_id, 'agents', 0, 100)
  const names = new Set<string>()
  for (const entry of entries) {
    const message = await messageOf(store, 'acme', entry, someAddresses)
    expect(message?.type).toBe(pushNameOf(entry))
    expect(message?.data).toMatchObject({ organization_id: 'acme', license: 1, seq: entry.seq_agents })
    expect(firstProblem(LOG_PUSHES[pushNameOf(entry)], message?.data), entry.kind).toBeNull()
    names.add(pushNameOf(entry))
  }
  await serve('delete_chat', { chat_id })
  const [last] = (await store.entries(chat_id, 'agents', entries.length, 1)).entries
  if (last) names.add((await messageOf(store, 'acme', last, someAddresses))?.type ?? '')
  // What lies outside somebody's stay is so for users only.
  expect([...names, 'event_unseen'].sort()).toEqual(Object.keys(LOG_PUSHES).sort())
  await organization.close()
})

test('[WHK4] a delivery has the same id as long as it is the same entry of the same history at the same webhook', () => {
  const of = (epoch: string, webhook: string, chat_id: string, seq_agents: number) => deliveryIdOf(epoch, webhook, { chat_id, seq_agents })
  expect(of('e', 'w', 'c', 1)).toBe(of('e', 'w', 'c', 1))
  expect(of('e', 'w', 'c', 1)).toMatch(/^msg_[\w-]{43}$/)
  expect(new Set([of('e', 'w', 'c', 1), of('f', 'w', 'c', 1), of('e', 'v', 'c', 1), of('e', 'w', 'd', 1), of('e', 'w', 'c', 2)]).size).toBe(
    5,
  )
})

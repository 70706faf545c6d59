/** Proves whom customers are shown as being there, and who may know it of a chat. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MAX_ONLINE_AGENTS } from '../../protocol/limits.ts'
import { SOME_DAY } from '../../testing/clock.ts'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'

let org: TestOrganization
beforeEach(async () => {
  org = await openOrganization()
})
afterEach(() => org.close())

it('[PRE1] [MEM6] names connected agents of the organization, as customers may see them', async () => {
  const ann = await org.customer('ann')
  for (const id of ['robin', 'kim']) await org.agent(id)
  await org.agent('stranger', 'other')
  expect(await org.act(ann, 'list_online_agents', {})).toEqual({ agents: [], online: false })
  org.online.push('robin', 'stranger')
  expect(await org.act(ann, 'list_online_agents', {})).toEqual({ agents: [{ id: 'robin', type: 'agent', name: 'robin' }], online: true })
})

it('[PRE1] names the same few of many', async () => {
  const ann = await org.customer('ann')
  for (let at = 9; at > 0; at--) {
    const { id } = await org.agent(`a${at}`)
    org.online.push(id)
  }
  const { agents, online } = await org.act(ann, 'list_online_agents', {})
  expect([agents.map(({ id }) => id), online]).toEqual([['a1', 'a2', 'a3', 'a4', 'a5'], true])
  expect(agents).toHaveLength(MAX_ONLINE_AGENTS)
})

it('[PRE3] [MEM1] [MEM6] tells of the users of a chat whoever takes part in it', async () => {
  const [ann, bob, robin] = [await org.customer('ann'), await org.customer('bob'), await org.agent('robin')]
  const { chat } = await org.act(ann, 'start_chat', {})
  org.online.push('ann', 'bob', 'robin')
  const users = [{ user_id: 'ann', online_at: new Date(SOME_DAY).toISOString() }]
  for (const one of [ann, robin]) expect(await org.act(one, 'get_presence', { chat_id: chat.id })).toEqual({ users })
  for (const one of [bob, await org.agent('stranger', 'other')]) {
    expect(await refusal(org.act(one, 'get_presence', { chat_id: chat.id }))).toBe('not_found')
  }
})

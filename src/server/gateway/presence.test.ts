/** Who is there: known by open sockets, in this process and in others. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openScene, type Peer, type Scene } from '../../testing/gateway.ts'
import { turns } from '../../testing/turns.ts'
import type { Bus, BusMessage } from '../bus/bus.ts'
import { createMemoryBus } from '../bus/memory.ts'

let scene: Scene
let bus: Bus
beforeEach(async () => {
  bus = createMemoryBus()
  scene = await openScene({ parts: { bus } })
})
afterEach(() => scene.close())

const online = async (customer: Peer) => {
  await turns()
  const answer = await customer.ask('list_online_agents')
  return [answer.agents.map(({ id }) => id), answer.online]
}

test('[PRE1] an agent is there while a socket is open, and not for having written', async () => {
  const ann = await scene.customer('ann')
  expect(await online(ann)).toEqual([[], false])
  const [agent, again] = [await scene.agent(0), await scene.agent(0)]
  const { chat } = await ann.ask('start_chat')
  await agent.ask('send_event', { chat_id: chat.id, event: { type: 'message', text: 'hello' } })
  expect(await online(ann)).toEqual([['agent-1-1'], true])
  agent.line.link.close()
  expect(await online(ann)).toEqual([['agent-1-1'], true])
  again.line.link.close()
  expect(await online(ann)).toEqual([[], false])
})

test('[PRE1] nothing is shown of agents but what customers may see, and agents do not ask', async () => {
  const [ann, agent] = [await scene.customer('ann'), await scene.agent()]
  expect((await ann.ask('list_online_agents')).agents).toEqual([{ id: 'agent-1-1', type: 'agent', name: 'Agent agent-1-1' }])
  expect(await agent.refusal('list_online_agents')).toMatchObject({ type: 'unsupported_action' })
})

test('[PRE2] agents of other processes are there too, those who came before one asked and those who came after', async () => {
  const there = scene.another({ bus })
  const before = await there.agent(0)
  const ann = await scene.customer('ann')
  expect(await online(ann)).toEqual([['agent-1-1'], true])
  const after = await there.agent(1)
  expect(await online(ann)).toEqual([['agent-1-1', 'agent-1-2'], true])
  before.line.link.close()
  expect(await online(ann)).toEqual([['agent-1-2'], true])
  after.line.link.close()
  expect(await online(ann)).toEqual([[], false])
})

test('[PRE2] [RES9] a process that is heard of no more counts for 90 s, and as long as it goes on telling', async () => {
  let cut = false
  const failing: Bus = { ...bus, publish: (organization: string, message: BusMessage) => void (cut || bus.publish(organization, message)) }
  await scene.another({ bus: failing }).agent(0)
  const ann = await scene.customer('ann')
  const heard: boolean[] = []
  for (let minute = 0; minute < 5; minute++) {
    cut = minute >= 3
    await scene.clock.advance(59_000)
    heard.push((await online(ann))[1] as boolean)
  }
  expect(heard).toEqual([true, true, true, true, false])
})

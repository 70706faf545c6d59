/** The reader's own log: nothing of it is missed, and a chat that is gained or lost comes and goes. */
import { beforeEach, expect, it } from 'vitest'
import { createClock, type FakeClock } from '../../testing/clock.ts'
import { Device } from '../../testing/environment.ts'
import { Network } from '../../testing/network.ts'
import { createRandom } from '../../testing/random.ts'
import { openStage, type Stage, welcome } from '../../testing/stage.ts'
import { tell } from '../../testing/story.ts'
import { createFace, type FaceSDK } from '../customer/face.ts'

let clock: FakeClock
let network: Network
let stage: Stage
let face: FaceSDK

const gained = (user_seq: number) => ({ action: 'user_chat_added', payload: { user_seq, chat_id: 'chat' } })
const lost = (user_seq: number) => ({ action: 'user_chat_removed', payload: { user_seq, chat_id: 'chat' } })
const asked = () => stage.of('sync_user').map(({ payload }) => payload?.['after'])
const chats = () => face.chats.state.chats.map(({ id }) => id)

async function push(...entries: ReturnType<typeof gained>[]): Promise<void> {
  for (const { action, payload } of entries) stage.push(action, payload)
  await clock.advance(3_000)
}

/** The log as `sync_user` tells it. */
function keep(...entries: ReturnType<typeof gained>[]): void {
  const head = Math.max(0, ...entries.map(({ payload }) => payload.user_seq))
  stage.answers['sync_user'] = ({ after }) => ({ entries: entries.filter(({ payload }) => payload.user_seq > Number(after)), head })
}

/** A new link, whose welcome tells this head. */
async function comeBack(user_seq: number): Promise<void> {
  stage.answers['login'] = () => ({ ...welcome, user_seq })
  network.opened.at(-1)?.cut()
  await clock.advance(1_000)
}

beforeEach(async () => {
  clock = createClock()
  network = new Network(clock)
  stage = openStage(network)
  tell(stage, 3)
  stage.answers['list_chats'] = () => ({ chats_summary: [], total_chats: 0 })
  stage.answers['login'] = () => ({ ...welcome, user_seq: 5 })
  keep()
  const { environment } = new Device({ network, clock, random: createRandom('user log') }).open()
  face = createFace({ server: 'http://chat.test', license: 1, clientId: 'demo' }, environment)
  face.connect()
  await clock.advance(0)
})

it('[RES7] begins where the first login says, and is named at the next with how far it came', async () => {
  expect(stage.of('login')[0]?.payload).not.toHaveProperty('user_seq')
  await push(gained(6))
  await comeBack(6)
  expect(stage.of('login').at(-1)?.payload).toMatchObject({ user_seq: 6 })
  expect(asked()).toEqual([])
})

it('[RES7] a chat that is gained is there, and one that is lost is not', async () => {
  await push(gained(6))
  expect(chats()).toEqual(['chat'])
  await push(lost(7))
  expect(chats()).toEqual([])
})

it('[RES7] what was missed while away is fetched', async () => {
  keep(gained(6))
  await comeBack(6)
  await clock.advance(3_000)
  expect([asked(), chats()]).toEqual([[5], ['chat']])
})

it('[RES7] a hole is fetched, and what is held already changes nothing', async () => {
  keep(gained(6), lost(7), gained(8))
  await push(gained(8))
  expect([asked(), chats()]).toEqual([[5], ['chat']])
  await push(gained(8))
  await comeBack(8)
  expect([asked(), stage.of('login').at(-1)?.payload]).toMatchObject([[5], { user_seq: 8 }])
})

it('[RES7] what comes while the rest is fetched does not stand for the rest', async () => {
  delete stage.answers['sync_user']
  await comeBack(8)
  await push(gained(9))
  keep(gained(6), gained(9))
  await comeBack(9)
  expect(stage.of('login').at(-1)?.payload).toMatchObject({ user_seq: 5 })
  await clock.advance(3_000)
  expect([asked(), chats()]).toEqual([[5, 5], ['chat']])
})

it('[RES7] numbers that bring nothing are skipped', async () => {
  stage.answers['sync_user'] = () => ({ entries: [], head: 9 })
  await comeBack(9)
  expect(asked()).toEqual([5])
  await push(gained(10))
  expect([asked(), chats()]).toEqual([[5], ['chat']])
})

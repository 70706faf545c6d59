/** Who is there in which process, over a bus on which they can rely and over one that drops, repeats and delays. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PRESENCE_EVERY_MS, PRESENCE_GRACE_MS } from '../../protocol/limits.ts'
import { BadBus } from '../../testing/bad-bus.ts'
import { openScene, type Peer, type Reached, type Scene } from '../../testing/gateway.ts'
import { askWho, changesOf, goes, idOf, openApart, openGroup, toldOf } from '../../testing/presence.ts'
import { createRandom } from '../../testing/random.ts'
import { turns } from '../../testing/turns.ts'

/** After it what one process says is not waited for, what was lost is told, and whoever went has gone. */
const HEALED_MS = 30_000 + PRESENCE_GRACE_MS + 2 * PRESENCE_EVERY_MS

let bus: BadBus
let scene: Scene
let there: Reached
beforeEach(async () => {
  bus = new BadBus()
  scene = await openScene({ parts: { bus } })
  there = scene.another({ bus })
})
afterEach(() => scene.close())

const hangUp = (peer: Peer, ms?: number) => goes(scene, peer, ms)
const apart = () => openApart(scene, there)

test('[PRE3] [PRE6] who is in another process is there too, and is told of as if they were in this one', async () => {
  const { ann, bob, chat_id } = await apart()
  const peer = await there.customer('bob')
  const since = new Date(scene.clock.now()).toISOString()
  await scene.clock.advance(5000)
  const { users } = await ann.ask('get_presence', { chat_id })
  expect(users).toContainEqual({ user_id: bob, online_at: since })
  expect(await askWho(peer, chat_id)).toEqual([idOf(ann), bob].sort())
  await hangUp(peer)
  const back = await there.customer('bob')
  expect(await toldOf(ann)).toEqual([`-${bob}`])
  await scene.clock.advance(PRESENCE_EVERY_MS)
  expect(await toldOf(ann)).toEqual([`-${bob}`, `+${bob}`])
  await hangUp(ann)
  await askWho(back, chat_id)
  expect(await toldOf(peer)).toEqual([])
})

test('[PRE5] who goes from one process to another was never away', async () => {
  const { ann, bob, chat_id } = await apart()
  const first = await there.customer('bob')
  const { users } = await ann.ask('get_presence', { chat_id })
  await hangUp(first, PRESENCE_GRACE_MS - 1)
  const second = await scene.customer('bob')
  await scene.clock.advance(HEALED_MS)
  const third = await there.customer('bob')
  await hangUp(second, HEALED_MS)
  expect(await toldOf(ann)).toEqual([])
  expect(await ann.ask('get_presence', { chat_id })).toEqual({ users })
  await hangUp(third)
  expect(await toldOf(ann)).toEqual([`-${bob}`])
})

test('[PRE3] over HTTP a process that has no sockets finds those of the others, and listens no longer than it takes', async () => {
  const peer = await there.customer('bob')
  const chat_id = await openGroup(scene, 'group', idOf(peer))
  const { access_token } = await scene.token('bob')
  const path = '/v1/customer/action/get_presence?license=1&client_id=demo'
  const headers = { authorization: `Bearer ${access_token}` }
  const response = await scene.http({ method: 'POST', path, body: JSON.stringify({ chat_id }), headers })
  const online_at = new Date(scene.clock.now()).toISOString()
  expect(JSON.parse(response.body)).toEqual({ users: [{ user_id: idOf(peer), online_at }] })
  await turns()
  bus.published = []
  await hangUp(peer)
  expect([bus.published, scene.clock.next()]).toEqual([[], null])
})

test('[PRE6] [RES9] what the bus lost is told with the next answer: who came, and who went', async () => {
  const { ann, bob, chat_id } = await apart()
  await askWho(ann, chat_id)
  bus.cut()
  const peer = await there.customer('bob')
  expect(await toldOf(ann)).toEqual([])
  bus.mend()
  await scene.clock.advance(HEALED_MS)
  expect(await toldOf(ann)).toEqual([`+${bob}`])
  bus.cut()
  await hangUp(peer)
  expect(await toldOf(ann)).toEqual([`+${bob}`])
  bus.mend()
  await scene.clock.advance(HEALED_MS)
  expect(await toldOf(ann)).toEqual([`+${bob}`, `-${bob}`])
})

test('[PRE6] [RES9] a process that is heard of no more has gone after 90 s, and not before', async () => {
  const { ann, bob, chat_id } = await apart()
  await there.customer('bob')
  expect(await askWho(ann, chat_id)).toContain(bob)
  await scene.clock.advance(60_000)
  bus.cut()
  await scene.clock.advance(80_000)
  expect(await toldOf(ann)).toEqual([])
  await scene.clock.advance(10_000 + HEALED_MS)
  expect(await toldOf(ann)).toEqual([`-${bob}`])
})

test('[PRE6] what comes after what was said later, or once more, counts for nothing', async () => {
  const { ann, bob, chat_id } = await apart()
  await askWho(ann, chat_id)
  bus.fate = (message, hold) => {
    if (message.kind !== 'presence_told' || message.here.length === 0) return 1
    for (let copy = 0; copy < 2; copy++) hold()
    return 0
  }
  await hangUp(await there.customer('bob'))
  bus.mend()
  bus.held[0]?.()
  expect(await toldOf(ann)).toEqual([])
  await hangUp(await there.customer('bob'))
  bus.held[1]?.()
  await scene.clock.advance(PRESENCE_EVERY_MS)
  expect(await toldOf(ann)).toEqual([`+${bob}`, `-${bob}`])
})

test('[PRE4] [PRE6] whoever was removed hears nothing more, though this process was not told of that', async () => {
  const { ann, bob, chat_id } = await apart()
  const zoe = await scene.customer('zoe')
  await zoe.ask('join_chat', { chat_id })
  for (const peer of [ann, zoe]) await askWho(peer, chat_id)
  const before = await toldOf(zoe)
  bus.cut()
  const elsewhere = await there.customer('zoe')
  await elsewhere.ask('leave_chat', { chat_id })
  await scene.customer('bob')
  expect(await toldOf(ann)).toEqual([`+${bob} -${idOf(zoe)}`])
  expect(await toldOf(zoe)).toEqual(before)
})

test('[PRE3] [MEM5] whoever is removed before the answer is refused', async () => {
  const { ann, bob, chat_id } = await apart()
  await (await scene.customer('zoe')).ask('join_chat', { chat_id })
  const elsewhere = await there.customer('ann')
  bus.cut()
  const asked = ann.request('get_presence', { chat_id })
  await elsewhere.ask('leave_chat', { chat_id })
  await scene.clock.advance(500)
  expect(await asked).toMatchObject({ success: false, payload: { error: { type: 'missing_access' } } })
  await scene.customer('bob')
  await scene.clock.advance(PRESENCE_EVERY_MS)
  expect(JSON.stringify(ann.frames)).not.toContain(bob)
})

test('[PRE6] of who came into the chat in another process one hears though the bus lost it', async () => {
  const { ann, chat_id } = await apart()
  await askWho(ann, chat_id)
  bus.cut()
  const kim = await there.customer('kim')
  await kim.ask('join_chat', { chat_id })
  expect(await toldOf(ann)).toEqual([])
  bus.mend()
  await scene.clock.advance(HEALED_MS)
  expect(await toldOf(ann)).toEqual([`+${idOf(kim)}`])
})

const SEEDS = Array.from({ length: 20 }, (_, at) => at)

test.each(SEEDS)('[PRE6] [RES9] whatever the bus drops, repeats and brings late, in the end it is as it is: seed %i', async (seed) => {
  const random = createRandom(seed)
  const names = ['ann', 'bob', 'zoe']
  const processes = [scene, there]
  const ids = new Map<string, string>()
  for (const name of names) {
    const peer = await there.customer(name)
    ids.set(name, idOf(peer))
    peer.line.link.close()
  }
  const chat_id = await openGroup(scene, 'group', ...ids.values())
  const ann = await scene.customer('ann')
  const { users } = await ann.ask('get_presence', { chat_id })
  bus.fate = (_, hold) => {
    if (random.chance(0.3)) hold()
    return random.int(0, 2)
  }
  const online: { name: string; peer: Peer }[] = []
  for (let step = 0; step < 30; step++) {
    const name = random.pick(['bob', 'zoe'])
    if (random.chance(0.5)) online.push({ name, peer: await random.pick(processes).customer(name) })
    else for (const { peer } of online.splice(0, 1)) peer.line.link.close()
    await scene.clock.advance(random.int(0, 6000))
    while (bus.held.length > 0 && random.chance(0.5)) bus.held.splice(random.int(0, bus.held.length - 1), 1)[0]?.()
  }
  bus.mend()
  await scene.clock.advance(2 * HEALED_MS)
  const there_now = new Set(users.map(({ user_id }) => user_id))
  for (const { joins, leaves } of changesOf(ann)) {
    for (const { user_id } of joins) there_now.add(user_id)
    for (const user_id of leaves) there_now.delete(user_id)
  }
  const expected = [...new Set(['ann', ...online.map(({ name }) => name)].map((name) => ids.get(name)))].sort()
  expect([...there_now].sort()).toEqual(expected)
  expect(await askWho(ann, chat_id)).toEqual(expected)
})

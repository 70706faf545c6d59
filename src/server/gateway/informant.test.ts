/** What processes ask and tell each other of users, for whom and for how long. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PRESENCE_EVERY_MS } from '../../protocol/limits.ts'
import { BadBus } from '../../testing/bad-bus.ts'
import { openScene, type Peer, type Reached, type Scene } from '../../testing/gateway.ts'
import { askWho, goes, idOf, openApart, openGroup, toldOf } from '../../testing/presence.ts'
import { turns } from '../../testing/turns.ts'

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

test('[PRE6] nothing is told of users whom nobody asked about, nor for longer than somebody does', async () => {
  const { ann, bob, chat_id } = await apart()
  await askWho(ann, chat_id)
  await turns()
  bus.published = []
  await hangUp(await there.customer('zoe'))
  expect(bus.published).toEqual([])
  const peer = await there.customer('bob')
  await turns()
  expect(bus.published).toMatchObject([{ kind: 'presence_told', here: [{ user_id: bob }] }])
  await scene.customer('stranger')
  await hangUp(ann, 60_000)
  bus.published = []
  await hangUp(peer)
  expect(bus.published).toEqual([])
})

test('[PRE6] nobody is asked about who has left the chat', async () => {
  const { ann, chat_id } = await apart()
  const peer = await there.customer('bob')
  await askWho(ann, chat_id)
  await peer.ask('leave_chat', { chat_id })
  await scene.clock.advance(30_000)
  bus.published = []
  await hangUp(peer)
  expect(bus.published).toEqual([])
})

test('[PRE6] a process that asked once and was never heard again is told of nobody after 90 s', async () => {
  const { ann, bob, chat_id } = await apart()
  await askWho(ann, chat_id)
  bus.cut()
  await hangUp(ann, 89_000)
  bus.published = []
  const peer = await there.customer('bob')
  expect(bus.published).toMatchObject([{ kind: 'presence_told', here: [{ user_id: bob }] }])
  await scene.clock.advance(1000)
  bus.published = []
  await hangUp(peer)
  expect(bus.published).toEqual([])
})

test('[PRE6] a process that begins is asked at once', async () => {
  const ann = await scene.customer('ann')
  const chat_id = await openGroup(scene, 'group', idOf(ann))
  await askWho(ann, chat_id)
  const late = await there.customer('bob')
  await late.ask('join_chat', { chat_id })
  await scene.clock.advance(PRESENCE_EVERY_MS)
  await hangUp(late)
  expect(await toldOf(ann)).toEqual([`+${idOf(late)}`, `-${idOf(late)}`])
  await scene.clock.advance(PRESENCE_EVERY_MS)
  await there.customer('bob')
  expect((await toldOf(ann)).at(-1)).toBe(`+${idOf(late)}`)
})

test('[PRE6] an answer that does not come is not waited for, and tells of a change when it does', async () => {
  const { ann, bob, chat_id } = await apart()
  await there.customer('bob')
  bus.fate = (_, hold) => {
    hold()
    return 0
  }
  const asked = ann.ask('get_presence', { chat_id })
  let isAnswered = false
  void asked.then(() => {
    isAnswered = true
  })
  await scene.clock.advance(499)
  expect(isAnswered).toBe(false)
  await scene.clock.advance(1)
  expect((await asked).users.map(({ user_id }) => user_id)).toEqual([idOf(ann)])
  bus.mend()
  for (const late of bus.held) late()
  expect(await toldOf(ann)).toEqual([`+${bob}`])
})

test('[PRE6] a process that answers no more is waited for once', async () => {
  const { ann, bob, chat_id } = await apart()
  await there.customer('bob')
  await askWho(ann, chat_id)
  const chats = [await openGroup(scene, 'second', idOf(ann), 'kim'), await openGroup(scene, 'third', idOf(ann), 'lee')]
  // Of the other process nothing is heard, which is where Bob is.
  const of = bus.published.find((message) => message.kind === 'presence_told' && message.here.some(({ user_id }) => user_id === bob))
  const silent = of?.kind === 'presence_told' ? of.process : ''
  bus.fate = (message) => ('process' in message && message.process === silent ? 0 : 1)
  const [second = '', third = ''] = chats
  const asked = ann.ask('get_presence', { chat_id: second })
  await scene.clock.advance(500)
  for (const answer of [await asked, await ann.ask('get_presence', { chat_id: third })]) {
    expect(answer.users.map(({ user_id }) => user_id)).toEqual([idOf(ann)])
  }
})

test('[PRE6] of more users than fit into a message all are asked about', async () => {
  await there.customer('stranger')
  const [ann, bob, zoe] = [await scene.customer('ann'), await there.customer('bob'), await there.customer('zoe')]
  const others = Array.from({ length: 1200 }, (_, at) => `nobody-${at}`)
  const chat_id = await openGroup(scene, 'large', idOf(ann), idOf(bob), ...others, idOf(zoe))
  await askWho(ann, chat_id)
  await scene.clock.advance(30_000)
  for (const peer of [bob, zoe]) await hangUp(peer)
  expect(await toldOf(ann)).toEqual([`-${idOf(bob)}`, `-${idOf(zoe)}`])
})

/** Several tabs of one visitor: one truth in all of them, and nothing lost or said twice, whatever becomes of any. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Device, Tab } from '../../testing/environment.ts'
import { found } from '../../testing/factories.ts'
import type { Peer } from '../../testing/gateway.ts'
import { openShop, type Shop } from '../../testing/shop.ts'
import type { FaceSDK } from '../customer/face.ts'

let shop: Shop
let device: Device
let agent: Peer

beforeEach(async () => {
  shop = await openShop('tabs')
  device = shop.device()
  agent = await shop.agent()
})
afterEach(() => shop.close())

const message = (text: string) => ({ type: 'message', text }) as const

async function textsIn(chat_id: string) {
  const { events } = await agent.ask('list_events', { chat_id })
  return events.map(({ text }) => text)
}

/** What a tab shows of a chat: texts, each with what became of it. */
function shownIn(face: FaceSDK, chat: string) {
  const { items } = face.conversation(chat).state
  return items.flatMap((item) => (item.kind === 'event' ? [`${item.event.text} ${item.delivery}`] : []))
}

/** So many tabs that look at one chat, begun in the first. */
async function lookTogether(count: number) {
  const looks = []
  for (let n = 0; n < count; n++) looks.push(await shop.look(device))
  const [first] = looks
  if (!first) throw new Error('no tab')
  const begun = first.face.conversation(null)
  await begun.send(message('zero'))
  const chat = begun.state.id
  for (const { face } of looks) face.conversation(chat).open()
  await shop.settle()
  return { looks, chat, tabs: looks.map(({ tab }) => tab), faces: looks.map(({ face }) => face) }
}

describe('what is sent in one tab', () => {
  it('is shown in all, while it waits and when it is there', async () => {
    const { faces, chat } = await lookTogether(3)
    device.goOffline()
    faces[1]
      ?.conversation(chat)
      .send(message('one'))
      .catch(() => {})
    await shop.settle()
    for (const face of faces) expect(shownIn(face, chat)).toEqual(['zero sent', 'one waiting'])
    device.goOnline()
    await shop.clock.advance(30_000)
    for (const face of faces) expect(shownIn(face, chat)).toEqual(['zero sent', 'one sent'])
    expect(await textsIn(chat)).toEqual(['zero', 'one'])
  })

  it('and fails there is shown as failed in all, and tried again from any', async () => {
    const { faces, chat } = await lookTogether(2)
    for (const face of faces) face.disconnect()
    faces[0]
      ?.conversation(chat)
      .send(message('one'))
      .catch(() => {})
    await shop.clock.advance(25 * 60 * 60_000)
    for (const face of faces) face.connect()
    await shop.clock.advance(30_000)
    for (const face of faces) expect(shownIn(face, chat)).toEqual(['zero sent', 'one failed'])
    const item = faces[1]?.conversation(chat).state.items.at(-1)
    faces[1]?.conversation(chat).retry(item?.key ?? '')
    await shop.clock.advance(1_000)
    for (const face of faces) expect(shownIn(face, chat)).toEqual(['zero sent', 'one sent'])
  })
})

describe('what is read in one tab', () => {
  it('[SEE1] is read in all: counts and marks agree', async () => {
    const { faces, chat } = await lookTogether(3)
    await shop.say(agent, chat, 'Hello?')
    await shop.say(agent, chat, 'Are you there?')
    await shop.settle()
    const counts = () => faces.map((face) => face.conversation(chat).state.unread_count)
    const marks = () => faces.map((face) => face.conversation(chat).state.users.find(({ id }) => id === face.me)?.seen_seq)
    expect(counts()).toEqual([2, 2, 2])
    faces[2]?.conversation(chat).markSeen()
    await shop.clock.advance(2_000)
    expect(counts()).toEqual([0, 0, 0])
    expect(new Set(marks()).size).toBe(1)
    expect(faces.map((face) => face.chats.state.chats[0]?.unread_count)).toEqual([0, 0, 0])
  })
})

describe('[IDM6] the tab that sends', () => {
  /** The first tab has begun to send two, and its link holds them. */
  async function inMidSend() {
    const together = await lookTogether(2)
    const [tab] = together.tabs as [Tab]
    tab.lines.at(-1)?.up.hold()
    for (const text of ['one', 'two'])
      together.faces[0]
        ?.conversation(together.chat)
        .send(message(text))
        .catch(() => {})
    await shop.settle()
    return { ...together, tab }
  }

  it.each(['before', 'after'])('may be frozen %s its frame has left, and thawed after another went on', async (when) => {
    const { tab, faces, chat } = await inMidSend()
    tab.freeze()
    if (when === 'after') tab.lines.at(-1)?.up.release()
    await shop.settle()
    faces[1]
      ?.conversation(chat)
      .send(message('three'))
      .catch(() => {})
    await shop.clock.advance(60_000)
    expect(await textsIn(chat)).toEqual(['zero', 'one', 'two', 'three'])
    for (const line of tab.lines) line.release()
    tab.thaw()
    await shop.clock.advance(60_000)
    expect(await textsIn(chat)).toEqual(['zero', 'one', 'two', 'three'])
    for (const face of faces) expect(shownIn(face, chat)).toEqual(['zero sent', 'one sent', 'two sent', 'three sent'])
  })

  it('may be frozen and killed', async () => {
    const { tab, faces, chat } = await inMidSend()
    tab.freeze()
    await shop.clock.advance(1_000)
    tab.kill()
    await shop.clock.advance(30_000)
    expect(await textsIn(chat)).toEqual(['zero', 'one', 'two'])
    expect(shownIn(faces[1] as FaceSDK, chat)).toEqual(['zero sent', 'one sent', 'two sent'])
  })

  it('is as good as any, where there are neither locks nor channels', async () => {
    const tabs = [device.open(), device.open()]
    const lone = { exclusively: <T>(_: string, task: () => Promise<T>) => task(), openChannel: () => ({ post() {}, close() {} }) }
    for (const tab of tabs) Object.assign(tab.environment, lone)
    const [one, two] = [await shop.visit(tabs[0]), await shop.visit(tabs[1])]
    const { id } = await one.sdk.startChat()
    device.goOffline()
    const sent = [one, two].flatMap(({ sdk }, at) => [1, 2].map((n) => sdk.sendMessage(id, { text: `tab ${at + 1}, ${n}` })))
    device.goOnline()
    await shop.clock.advance(60_000)
    expect((await Promise.all(sent)).map(({ text }) => text)).toEqual(['tab 1, 1', 'tab 1, 2', 'tab 2, 1', 'tab 2, 2'])
    expect((await textsIn(id)).sort()).toEqual(['tab 1, 1', 'tab 1, 2', 'tab 2, 1', 'tab 2, 2'])
  })
})

describe('two instances on one page', () => {
  it('[MEM6] of different licenses have nothing in common', async () => {
    const other = await found(shop.store, { license: 2 })
    const tab = device.open()
    const [one, two] = [await shop.visit(tab), await shop.visit(tab, { license: other.license })]
    const ids = await Promise.all([one, two].map(async ({ sdk }) => (await sdk.auth.getToken()).entityId))
    expect(new Set(ids).size).toBe(2)
    const { id } = await one.sdk.startChat({ events: [message('for the first')] })
    await two.sdk.logout()
    await shop.settle()
    expect(one.told.of('disconnected')).toEqual([])
    expect((await one.sdk.auth.getToken()).entityId).toBe(ids[0])
    expect(await two.sdk.getChatsSummary()).toMatchObject({ totalChats: 0 })
    expect(await one.sdk.sendMessage(id, { text: 'still here' })).toMatchObject({ author: ids[0] })
  })
})

/** What was sent and has not arrived: against a real server, over reloads, killed tabs and lost answers, until it is there once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Device, Tab } from '../../testing/environment.ts'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let shop: Shop
let device: Device

beforeEach(async () => {
  shop = await openShop('outbox')
  device = shop.device()
})
afterEach(() => shop.close())

const message = (text: string) => ({ type: 'message', text })
/** A promise nobody minds. */
const send = ({ sdk }: Visit, chat: string, ...texts: string[]) => {
  for (const text of texts) sdk.sendMessage(chat, { text }).catch(() => {})
}

/** What is stored in the chat, as an agent sees it. */
async function stored(chat_id: string): Promise<string[]> {
  const { events } = await (await shop.agent()).ask('list_events', { chat_id })
  return events.map(({ text = '' }) => text)
}

async function chatOf({ sdk }: Visit, ...texts: string[]): Promise<string> {
  const { id } = await sdk.startChat({ events: texts.map(message) })
  await shop.settle()
  return id
}

/** Back on the network, and everything done. */
async function online(): Promise<void> {
  device.goOnline()
  await shop.clock.advance(5_000)
}

const lineOf = (tab: Tab) => tab.lines.at(-1)

describe('what is sent while offline', () => {
  it('[IDM6] goes out in the order it was accepted, each once', async () => {
    const visit = await shop.visit(device)
    const chat = await chatOf(visit, 'zero')
    device.goOffline()
    const sent = ['one', 'two', 'three'].map((text) => visit.sdk.sendMessage(chat, { text }))
    await online()
    expect((await Promise.all(sent)).map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    expect(await stored(chat)).toEqual(['zero', 'one', 'two', 'three'])
  })

  it.each(['a reload', 'a killed tab'])('[IDM6] survives %s', async (what) => {
    const visit = await shop.visit(device)
    const chat = await chatOf(visit, 'zero')
    device.goOffline()
    send(visit, chat, 'one', 'two')
    await shop.settle()
    if (what === 'a reload') visit.sdk.destroy()
    visit.tab.kill()
    const next = await shop.visit(device)
    send(next, chat, 'three')
    await online()
    expect(await stored(chat)).toEqual(['zero', 'one', 'two', 'three'])
  })

  it('[IDM6] survives a tab that is killed in the very moment of the send', async () => {
    const visit = await shop.visit(device)
    const chat = await chatOf(visit, 'zero')
    send(visit, chat, 'one', 'two')
    visit.sdk.startChat({ events: [message('new')] }).catch(() => {})
    visit.tab.kill()
    const { sdk } = await shop.visit(device)
    await shop.settle()
    expect(await stored(chat)).toEqual(['zero', 'one', 'two'])
    const { chatsSummary } = await sdk.getChatsSummary()
    expect(chatsSummary.map(({ lastEvent }) => lastEvent?.text).sort()).toEqual(['new', 'two'])
    // Nothing of it is left for the page after that.
    const before = shop.network.opened.length
    const next = await shop.visit(device)
    expect([shop.network.opened.length, next.told.of('new_event')]).toEqual([before + 1, []])
    expect((await next.sdk.getChatsSummary()).chatsSummary).toHaveLength(2)
  })

  it('[IDM7] is kept under few provisional names, of which a page that stays open knows them all', async () => {
    const visit = await shop.visit(device)
    const { provisionalId } = visit.sdk.startChat()
    const names = [provisionalId]
    for (let n = 0; n < 60; n++) {
      const started = visit.sdk.startChat()
      names.push(started.provisionalId)
      await started
    }
    await shop.settle()
    const kept = device.cupboard
      .keys()
      .flatMap((key) => Object.keys((device.cupboard.peek(key) as { ids?: object } | undefined)?.ids ?? {}))
    expect(kept).toEqual(names.slice(-50))
    expect((await visit.sdk.sendMessage(provisionalId, { text: 'Hi' })).text).toBe('Hi')
  })

  it('[IDM7] to a chat that starts there arrives in it, before and after a reload, in order, once', async () => {
    const first = await shop.visit(device)
    device.goOffline()
    const started = first.sdk.startChat({ events: [message('one')] })
    const { provisionalId } = started
    started.catch(() => {})
    expect(provisionalId).toMatch(/^local_/)
    send(first, provisionalId, 'two', 'three')
    await shop.settle()
    first.tab.kill()
    const second = await shop.visit(device)
    send(second, provisionalId, 'four')
    await shop.settle()
    second.tab.kill()
    const third = await shop.visit(device)
    const last = third.sdk.sendMessage(provisionalId, { text: 'five' })
    await online()
    await last
    const { chatsSummary } = await third.sdk.getChatsSummary()
    expect(chatsSummary).toHaveLength(1)
    expect(await stored(chatsSummary[0]?.id ?? '')).toEqual(['one', 'two', 'three', 'four', 'five'])
    third.tab.kill()
    // The provisional id still does when the chat has long been real.
    const fourth = await shop.visit(device)
    await fourth.sdk.sendMessage(provisionalId, { text: 'six' })
    expect(await stored(chatsSummary[0]?.id ?? '')).toEqual(['one', 'two', 'three', 'four', 'five', 'six'])
  })

  it('[IDM7] to two chats that start there does not mix', async () => {
    const visit = await shop.visit(device)
    device.goOffline()
    const [one, two] = [visit.sdk.startChat(), visit.sdk.startChat()]
    send(visit, two.provisionalId, 'to two')
    send(visit, one.provisionalId, 'to one')
    await online()
    expect([await stored((await one).id), await stored((await two).id)]).toEqual([['to one'], ['to two']])
  })
})

describe('an answer that is lost', () => {
  /** The server has what comes next, and what it says does not arrive. */
  async function unheard<T>({ tab }: Visit, act: () => Promise<T>): Promise<{ answer: Promise<T> }> {
    lineOf(tab)?.down.hold()
    const answer = act()
    answer.catch(() => {})
    await shop.settle()
    return { answer }
  }

  it('[IDM1, IDM6] leads to no second event, and to an answer', async () => {
    const visit = await shop.visit(device)
    const chat = await chatOf(visit, 'zero')
    const { answer } = await unheard(visit, () => visit.sdk.sendMessage(chat, { text: 'one' }))
    expect(await stored(chat)).toEqual(['zero', 'one'])
    lineOf(visit.tab)?.cut()
    await shop.clock.advance(5_000)
    expect(await answer).toMatchObject({ text: 'one' })
    expect(await stored(chat)).toEqual(['zero', 'one'])
    expect(visit.told.of('new_event')).toEqual([])
  })

  it('[IDM3, IDM6] leads to no second chat, in the next tab either', async () => {
    const visit = await shop.visit(device)
    await unheard(visit, () => visit.sdk.startChat({ events: [message('one')] }))
    visit.tab.kill()
    const next = await shop.visit(device)
    await shop.clock.advance(5_000)
    const { chatsSummary } = await next.sdk.getChatsSummary()
    expect(chatsSummary).toHaveLength(1)
    expect(await stored(chatsSummary[0]?.id ?? '')).toEqual(['one'])
  })

  it('within a link that stands is asked for again after 15 s', async () => {
    const visit = await shop.visit(device)
    const chat = await chatOf(visit, 'zero')
    const up = lineOf(visit.tab)?.up
    up?.hold()
    const sent = visit.sdk.sendMessage(chat, { text: 'one' })
    await shop.settle()
    up?.drop()
    up?.release()
    await shop.clock.advance(20_000)
    expect(await sent).toMatchObject({ text: 'one' })
    expect(await stored(chat)).toEqual(['zero', 'one'])
  })
})

describe('of two tabs', () => {
  it('[IDM6] one sends what either was given, once, and both have their answers', async () => {
    const [one, two] = [await shop.visit(device), await shop.visit(device)]
    const chat = await chatOf(one, 'zero')
    const before = shop.network.opened.length
    device.goOffline()
    const sent = [one.sdk.sendMessage(chat, { text: 'from one' }), two.sdk.sendMessage(chat, { text: 'from two' })]
    await online()
    expect((await Promise.all(sent)).map(({ text }) => text)).toEqual(['from one', 'from two'])
    expect((await stored(chat)).sort()).toEqual(['from one', 'from two', 'zero'])
    const frames = shop.network.opened
      .slice(before)
      .flatMap(({ received }) => received.map((frame) => JSON.parse(frame) as { action: string }))
    expect(frames.filter(({ action }) => action === 'send_event')).toHaveLength(2)
  })

  it('one that has no link of its own gets its answer from the other', async () => {
    const [one, two] = [await shop.visit(device), await shop.visit(device)]
    const chat = await chatOf(one, 'zero')
    two.sdk.disconnect()
    expect(await two.sdk.sendMessage(chat, { text: 'one' })).toMatchObject({ text: 'one' })
    expect(await stored(chat)).toEqual(['zero', 'one'])
  })

  it('[IDM6] the second goes on when the first is killed while it sends', async () => {
    const [one, two] = [await shop.visit(device), await shop.visit(device)]
    const chat = await chatOf(one, 'zero')
    lineOf(one.tab)?.up.hold()
    send(one, chat, 'one', 'two')
    await shop.settle()
    one.tab.kill()
    await two.sdk.sendMessage(chat, { text: 'three' })
    expect(await stored(chat)).toEqual(['zero', 'one', 'two', 'three'])
  })
})

describe('giving up', () => {
  it('[IDM6] happens after 24 hours, and not before', async () => {
    const visit = await shop.visit(device)
    const chat = await chatOf(visit, 'zero')
    device.goOffline()
    const old = codeOf(visit.sdk.sendMessage(chat, { text: 'old' }))
    await shop.settle()
    jump(60_000)
    const sent = visit.sdk.sendMessage(chat, { text: 'young' })
    await shop.settle()
    jump(DAY_MS - 59_000)
    await online()
    expect(await old).toBe('REQUEST_TIMEOUT')
    expect(await sent).toMatchObject({ text: 'young' })
    expect(await stored(chat)).toEqual(['zero', 'young'])
  })

  it('[IDM6] happens in the next visit as well, where retry sends it after all', async () => {
    const first = await shop.visit(device)
    const chat = await chatOf(first, 'zero')
    device.goOffline()
    first.sdk.sendEvent(chat, { ...message('old'), customId: 'old' }).catch(() => {})
    await shop.settle()
    first.tab.kill()
    jump(DAY_MS + 1_000)
    device.goOnline()
    const next = await shop.visit(device)
    await shop.clock.advance(5_000)
    expect(await stored(chat)).toEqual(['zero'])
    next.sdk.retry('old')
    await shop.clock.advance(1_000)
    expect(await stored(chat)).toEqual(['zero', 'old'])
  })

  it('[IDM6] happens at once at a refusal that is final, and what comes behind goes on', async () => {
    const visit = await shop.visit(device)
    const chat = await chatOf(visit, 'zero')
    await visit.sdk.sendEvent(chat, { ...message('one'), customId: 'mine' })
    const codes = [
      codeOf(visit.sdk.sendEvent(chat, { ...message('not one'), customId: 'mine' })),
      codeOf(visit.sdk.sendMessage(chat, { text: 'x'.repeat(17_000) })),
      codeOf(visit.sdk.sendMessage('no-such-chat', { text: 'lost' })),
      codeOf(visit.sdk.sendMessage(chat, { text: 'two' })),
    ]
    expect((await Promise.all(codes)).map((code) => (/^VALIDATION|^ENTITY_TOO_LARGE/.test(code) ? 'TOO LARGE' : code))).toEqual([
      'IDEMPOTENCY_MISMATCH',
      'TOO LARGE',
      'NOT_FOUND',
      'fulfilled',
    ])
    expect(await stored(chat)).toEqual(['zero', 'one', 'two'])
  })

  it('by discard rejects the promise, and nothing goes out', async () => {
    const visit = await shop.visit(device)
    const chat = await chatOf(visit, 'zero')
    device.goOffline()
    const sent = codeOf(visit.sdk.sendEvent(chat, { ...message('one'), customId: 'mine' }))
    await shop.settle()
    visit.sdk.discard('mine')
    await online()
    expect(await sent).toBe('DISCARDED')
    expect(await stored(chat)).toEqual(['zero'])
  })

  it('by discard of a start lets what was sent behind it arrive', async () => {
    const visit = await shop.visit(device)
    device.goOffline()
    const started = visit.sdk.startChat({ events: [{ ...message('one'), customId: 'first' }] })
    const code = codeOf(started)
    const sent = visit.sdk.sendMessage(started.provisionalId, { text: 'two' })
    await shop.settle()
    visit.sdk.discard('first')
    await online()
    expect(await code).toBe('DISCARDED')
    expect(await sent).toMatchObject({ text: 'two' })
  })

  /** As if the device had slept. */
  function jump(ms: number): void {
    const { now } = shop.clock
    Object.assign(shop.clock, { now: () => now() + ms })
  }
})

describe('leaving', () => {
  it('by destroy rejects what waits, and keeps it for the next visit', async () => {
    const visit = await shop.visit(device)
    const chat = await chatOf(visit, 'zero')
    device.goOffline()
    const sent = codeOf(visit.sdk.sendMessage(chat, { text: 'one' }))
    await shop.settle()
    visit.sdk.destroy()
    expect(await sent).toBe('SDK_DESTROYED')
    device.goOnline()
    await shop.visit(device)
    expect(await stored(chat)).toEqual(['zero', 'one'])
  })

  it('by disconnect keeps what waits until connect', async () => {
    const visit = await shop.visit(device)
    const chat = await chatOf(visit, 'zero')
    visit.sdk.disconnect()
    const sent = visit.sdk.sendMessage(chat, { text: 'one' })
    await shop.clock.advance(60_000)
    expect(await stored(chat)).toEqual(['zero'])
    visit.sdk.connect()
    expect(await sent).toMatchObject({ text: 'one' })
  })
})

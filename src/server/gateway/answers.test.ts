/** How often bots answer: whom, and from where those wrote who are answered, whatever process they came to. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RATES } from '../../protocol/limits.ts'
import { BadBus } from '../../testing/bad-bus.ts'
import { openBot } from '../../testing/bots.ts'
import { openScene, type Peer, type Reached, type Scene } from '../../testing/gateway.ts'
import { turns } from '../../testing/turns.ts'
import { createRateLimiter } from './ratelimit.ts'

const MINUTE_MS = 60_000

let scene: Scene
let bot: Peer
let bus: BadBus

beforeEach(async () => {
  bus = new BadBus()
  scene = await openScene({ parts: { bus } })
  bot = await openBot(scene, scene)
})
afterEach(() => scene.close())

/** A visitor from an address who has asked something. */
async function visitor(name: string, address: string, at: Reached = scene): Promise<string> {
  const { access_token } = await at.token(name)
  const peer = await at.connect('customer', { address })
  await peer.ask('login', { token: access_token })
  const { chat } = await peer.ask('start_chat', { chat: { thread: { events: [{ type: 'message', text: 'hello' }] } } })
  await turns(8)
  return chat.id
}

const answer = (chat_id: string, by = bot) => by.request('send_event', { chat_id, event: { type: 'message', text: 'hi' } })

/** So many answers in a row; how many were taken. */
async function answers(chat_id: string, times: number): Promise<number> {
  let taken = 0
  for (let time = 0; time < times; time++) {
    if ((await answer(chat_id)).success) taken++
    // What counts all writes of the bot is not what is asked about here.
    await scene.clock.advance(100)
  }
  return taken
}

test('[BOT8] one visitor is answered so often in an hour, and then again, little by little', async () => {
  const chat_id = await visitor('ann', '198.51.100.1')
  const { burst } = RATES.bot_visitor
  expect(await answers(chat_id, burst + 5)).toBe(burst)
  const { payload } = await answer(chat_id)
  expect(payload['error']).toMatchObject({ type: 'too_many_requests', message: expect.stringMatching(/^unable to send_event; /) })
  const { data } = payload['error'] as { data: { retry_after_ms: number } }
  expect(data.retry_after_ms).toBeLessThanOrEqual(MINUTE_MS)
  await scene.clock.advance(data.retry_after_ms)
  expect((await answer(chat_id)).success).toBe(true)
  expect(JSON.stringify([...bot.frames])).not.toContain('198.51.100')
})

test('[BOT8] those behind one address are answered so often together, wherever they are connected', async () => {
  const there = scene.another({ bus })
  const address = '198.51.100.7'
  const visitors = RATES.bot_address.burst / RATES.bot_visitor.burst
  const chats: string[] = []
  for (let at = 0; at < visitors; at++) chats.push(await visitor(`visitor ${at}`, address, at % 2 ? there : scene))
  const taken: number[] = []
  for (const chat_id of chats) taken.push(await answers(chat_id, RATES.bot_visitor.burst - 5))
  expect(taken).toEqual(chats.map(() => RATES.bot_visitor.burst - 5))
  const last = await visitor('last', address, there)
  expect(await answers(last, 60)).toBeLessThan(35)
  expect((await answer(await visitor('elsewhere', '198.51.100.8'))).success).toBe(true)
})

test('[BOT8] a household of IPv6 counts as one address', async () => {
  const chats = [await visitor('ann', '2001:db8:1:2::1'), await visitor('bob', '2001:db8:1:2:ffff::9')]
  const { gateway } = scene
  gateway.answers.count('organization-1', [])
  const of = async (chat_id: string) => (await scene.store.present(chat_id)).map(({ user_id }) => user_id)
  const customers = (await Promise.all(chats.map(of))).flat()
  for (let time = 0; time < RATES.bot_address.burst; time++) gateway.answers.count('organization-1', [`other ${time}`, customers[0] ?? ''])
  expect(gateway.answers.wait('organization-1', [customers[1] ?? ''])).toBeGreaterThan(0)
  expect(gateway.answers.wait('organization-1', ['nobody we met'])).toBe(0)
})

test('[BOT8] an organization’s bots answer so often in a day, whomever', async () => {
  const rates = createRateLimiter({ clock: scene.clock, rates: { ...RATES, bot_day: { burst: 3, perMinute: 3 / (24 * 60) } } })
  const here = scene.another({ bus, rates })
  const busy = await openBot(scene, here, 'busy')
  const done: (boolean | undefined)[] = []
  for (const name of ['a', 'b', 'c', 'd']) done.push((await answer(await visitor(name, `198.51.100.${name}`, here), busy)).success)
  expect(done).toEqual([true, true, true, false])
  await scene.clock.advance(8 * 60 * MINUTE_MS)
  expect((await answer(await visitor('e', '198.51.100.e', here), await openBot(scene, here, 'fresh'))).success).toBe(true)
})

test('[BOT8] people answer as often as they like', async () => {
  const chat_id = await visitor('ann', '198.51.100.1')
  const agent = await scene.agent()
  for (let time = 0; time < RATES.bot_visitor.burst + 5; time++) expect((await answer(chat_id, agent)).success).toBe(true)
})

test('[BOT8] an answer that is repeated under its name counts once', async () => {
  const chat_id = await visitor('ann', '198.51.100.1')
  await answers(chat_id, RATES.bot_visitor.burst - 1)
  const event = { type: 'message', text: 'hi', custom_id: '~1', streaming: true }
  for (const _ of [1, 2, 3]) expect((await bot.request('send_event', { chat_id, event })).success).toBe(true)
  expect((await answer(chat_id)).success).toBe(false)
})

/** Answers that are sent as they come into being, against the real gateway: what readers see grow, and what ends it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_TEXT_BYTES, PIECE_EVERY_MS, RATES, STREAM_SILENCE_MS, TYPING_EVERY_MS } from '../../protocol/limits.ts'
import { createAgent as insertAgent, newAgent } from '../../server/domain/agents.ts'
import { Device } from '../../testing/environment.ts'
import { openScene, type Peer, type Scene } from '../../testing/gateway.ts'
import { vouchFor } from '../../testing/identity.ts'
import { createRandom } from '../../testing/random.ts'
import { createAgent } from './agent.ts'
import type { AgentSDK } from './api.ts'
import type { Answer, Conversation, Event } from './types.ts'

let scene: Scene
let ann: Peer
let chat: string
let bot: AgentSDK
let device: Device
const made: AgentSDK[] = []

const settle = () => scene.clock.advance(1)

/** A program at a computer of its own. */
function program(name: string, origin: string | null, cookie?: { name: string; value: string }): [AgentSDK, Device] {
  const { network, clock, founded } = scene
  const own = new Device({ network, clock, random: createRandom(name), origin })
  if (cookie) own.cookies.set(cookie.name, cookie.value)
  const getToken = () => vouchFor(founded.identity_secret, name, clock.now(), { role: 'agent' })
  const config = { server: 'http://chat.test', ...(cookie ? {} : { license: 1, getToken }) }
  const sdk = createAgent(config, own.open().environment)
  made.push(sdk)
  return [sdk, own]
}

async function person(): Promise<AgentSDK> {
  const [sdk] = program('robin', 'http://chat.test', scene.founded.agents[0]?.cookie)
  await sdk.connect()
  await settle()
  return sdk
}

beforeEach(async () => {
  scene = await openScene({ patient: true })
  const { organization_id } = scene.founded
  await scene.store.commit(
    insertAgent({ ...newAgent('lumi', organization_id, 'Lumi', scene.clock.now()), kind: 'bot', external_id: 'lumi' }),
  )
  ann = await scene.customer('ann')
  chat = (await ann.ask('start_chat', { chat: { thread: { events: [{ type: 'message', text: 'hello' }] } } })).chat.id
  ;[bot, device] = program('lumi', null)
  await bot.connect()
  await settle()
})
afterEach(async () => {
  for (const sdk of made.splice(0)) sdk.destroy()
  await scene.close()
})

const stored = async (event: Event | null) => (await ann.ask('get_event', { chat_id: chat, event_id: event?.id ?? '' })).event
const pushed = (peer: Peer, action: string) => peer.pushes.filter((push) => push.action === action)
const reasonOf = ({ signal }: Answer) => (signal.reason as { code?: string } | undefined)?.code
/** What is at most awaited while time goes on. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  await scene.clock.advance(ms)
  return promise
}

/** A word every so many ms. */
async function say(answer: Answer, words: readonly string[], every: number): Promise<void> {
  for (const word of words) {
    answer.write(word)
    await scene.clock.advance(every)
  }
}

/** The message as the conversation shows it at each moment. */
function watch(conversation: Conversation): string[] {
  const seen: string[] = []
  conversation.subscribe(({ items }) => {
    for (const item of items) {
      const text = item.kind === 'event' && item.event.author_id === 'lumi' ? `${item.event.text}${item.event.streaming ? '…' : ''}` : null
      if (text !== null && text !== seen.at(-1)) seen.push(text)
    }
  })
  return seen
}

const WORDS = Array.from({ length: 60 }, (_, at) => ` word ${at}`)

describe('an answer', () => {
  it('[BOT3] grows in the conversations of those who read it, and ends with the same for all', async () => {
    const agent = await person()
    const conversation = agent.conversation(chat)
    conversation.open()
    await settle()
    const seen = watch(conversation)
    const answer = bot.stream(chat)
    await say(answer, WORDS, 30)
    const event = await within(1000, answer.end({ quick_replies: ['Thanks'] }))
    const whole = WORDS.join('')
    expect(event).toMatchObject({ text: whole, quick_replies: ['Thanks'] })
    expect(await stored(event)).toMatchObject({ text: whole, quick_replies: ['Thanks'] })
    expect(seen.at(-1)).toBe(whole)
    expect(seen.length).toBeGreaterThan(20)
    const lengths = seen.map((text) => text.length)
    expect(lengths.slice(0, -1)).toEqual(lengths.slice(0, -1).sort((a, b) => a - b))
    expect(seen.slice(0, -1).every((text) => whole.startsWith(text.slice(0, -1)) && text.endsWith('…'))).toBe(true)
    expect([answer.signal.aborted, answer.event?.streaming]).toEqual([false, undefined])
  })

  it('is shown as thinking until its first words, however long that takes', async () => {
    const answer = bot.stream(chat)
    await scene.clock.advance(4 * TYPING_EVERY_MS)
    const typing = () =>
      pushed(ann, 'incoming_typing_indicator').map(({ payload }) => (payload['typing_indicator'] as { is_typing: boolean }).is_typing)
    expect(typing()).toEqual([true, true, true, true, true])
    expect([answer.event, pushed(ann, 'incoming_event')]).toEqual([null, []])
    answer.write('Hello')
    await settle()
    expect(pushed(ann, 'incoming_event')).toMatchObject([{ payload: { event: { text: 'Hello', streaming: true } } }])
    await scene.clock.advance(2 * TYPING_EVERY_MS)
    expect(typing()).toHaveLength(5)
    await within(1000, answer.end())
  })

  it('goes out 15 times a second at most, and its first words at once', async () => {
    const answer = bot.stream(chat)
    await settle()
    answer.write('Let')
    await settle()
    expect(pushed(ann, 'incoming_event')).toHaveLength(1)
    await say(answer, Array(200).fill('x'), 5)
    const pieces = pushed(ann, 'incoming_event_piece').length
    expect(pieces).toBeGreaterThan(10)
    expect(pieces).toBeLessThanOrEqual(1000 / PIECE_EVERY_MS + 1)
    expect(await within(100, answer.end())).toMatchObject({ text: `Let${'x'.repeat(200)}` })
  })

  it('that is there at once is a plain message', async () => {
    const answer = bot.stream(chat)
    answer.write('We open at nine.')
    expect(await within(100, answer.end({ quick_replies: ['Where?'] }))).toMatchObject({
      text: 'We open at nine.',
      quick_replies: ['Where?'],
    })
    expect(pushed(ann, 'incoming_event')).toMatchObject([{ payload: { event: { text: 'We open at nine.' } } }])
    expect(pushed(ann, 'event_updated')).toEqual([])
  })

  it('in which nothing is said is none', async () => {
    const answer = bot.stream(chat)
    answer.write('  ')
    expect(await within(100, answer.end())).toBeNull()
    expect(pushed(ann, 'incoming_event')).toEqual([])
    expect(pushed(ann, 'incoming_typing_indicator').at(-1)).toMatchObject({ payload: { typing_indicator: { is_typing: false } } })
  })

  it('is not told as new to the bot itself, and comes after what it said before', async () => {
    const told: (string | undefined)[] = []
    bot.on('new_event', ({ event }) => told.push(event.text))
    bot.sendMessage(chat, 'One moment.')
    const answer = bot.stream(chat)
    answer.write('Here')
    await within(1000, answer.end())
    expect(told).toEqual([])
    expect(pushed(ann, 'incoming_event').map(({ payload }) => (payload['event'] as Event).text)).toEqual(['One moment.', 'Here'])
  })

  it('[BOT2] splits no character', async () => {
    const answer = bot.stream(chat)
    const [first, second] = ['💡'.slice(0, 1), '💡'.slice(1)]
    answer.write(`Idea ${first}`)
    await settle()
    expect(answer.event?.text).toBe('Idea ')
    await scene.clock.advance(100)
    answer.write(`${second} and ${first}`)
    await scene.clock.advance(100)
    expect(await within(100, answer.end())).toMatchObject({ text: 'Idea 💡 and ' })
  })

  it('keeps a fast model at the pace of the wire', async () => {
    const answer = bot.stream(chat)
    await settle()
    let taken = 0
    const model = async () => {
      for (; taken < 20; taken++) await answer.write('x'.repeat(500))
    }
    const done = model()
    expect(taken).toBeLessThan(10)
    await within(2000, done)
    expect(await within(1000, answer.end())).toMatchObject({ text: 'x'.repeat(10_000) })
  })

  it('[BOT2] ends where no more fits, and the model is told', async () => {
    const answer = bot.stream(chat)
    answer.write('x'.repeat(MAX_TEXT_BYTES - 10))
    await scene.clock.advance(100)
    answer.write('y'.repeat(20))
    await scene.clock.advance(100)
    expect(reasonOf(answer)).toBe('ENTITY_TOO_LARGE')
    expect(await within(100, answer.end())).toMatchObject({ text: 'x'.repeat(MAX_TEXT_BYTES - 10) })
    expect(await stored(answer.event)).not.toHaveProperty('streaming')
  })

  it('may be a private note, or a reply', async () => {
    const [note, reply] = [bot.stream(chat, { visibility: 'agents' }), bot.stream(chat, { reply_to_id: `${await firstOf(chat)}` })]
    for (const answer of [note, reply]) answer.write('Hm')
    expect(await within(1000, note.end())).toMatchObject({ visibility: 'agents' })
    expect(await within(1000, reply.end())).toMatchObject({ reply_to_id: await firstOf(chat) })
  })
})

const firstOf = async (chat_id: string) => (await ann.ask('list_events', { chat_id })).events[0]?.id

describe('a person', () => {
  it('[BOT6] who speaks ends it: the model is told at once, and what it still says goes nowhere', async () => {
    const agent = await person()
    const answer = bot.stream(chat)
    await say(answer, WORDS.slice(0, 10), 30)
    await scene.clock.advance(100)
    agent.sendMessage(chat, 'I am here.')
    await settle()
    expect(reasonOf(answer)).toBe('TAKEN_OVER')
    await say(answer, WORDS.slice(10), 30)
    const event = await within(100, answer.end())
    expect(event?.text).toBe(WORDS.slice(0, 10).join(''))
    expect(await stored(event)).toMatchObject({ text: event?.text })
  })

  it('[BOT6] who is faster is not talked over', async () => {
    const agent = await person()
    const answer = bot.stream(chat)
    await settle()
    agent.sendMessage(chat, 'I am here.')
    await settle()
    expect(reasonOf(answer)).toBe('TAKEN_OVER')
    answer.write('Hello')
    expect(await within(100, answer.end())).toBeNull()
    expect(pushed(ann, 'incoming_event')).toHaveLength(1)
  })

  it('[BOT6] who is faster by as little as it takes is not talked over for long', async () => {
    const agent = await person()
    const answer = bot.stream(chat)
    await settle()
    const line = scene.network.lines.find(({ handshake }) => handshake.origin === null)
    line?.up.hold()
    answer.write('Hello')
    await settle()
    agent.sendMessage(chat, 'I am here.')
    await settle()
    line?.up.release()
    expect(await within(100, answer.end())).toBeNull()
    expect(reasonOf(answer)).toBe('TAKEN_OVER')
    await scene.clock.advance(100)
    expect(pushed(ann, 'incoming_event').map(({ payload }) => (payload['event'] as Event).text)).toEqual(['I am here.', 'Hello'])
    expect(await scene.store.streams(chat)).toEqual([])
  })

  it('who notes something, and customers and other bots, end nothing', async () => {
    const agent = await person()
    const answer = bot.stream(chat)
    agent.sendNote(chat, 'psst')
    await ann.ask('send_event', { chat_id: chat, event: { type: 'message', text: 'and?' } })
    await settle()
    answer.write('Hello')
    await scene.clock.advance(100)
    agent.sendNote(chat, 'psst')
    await scene.clock.advance(100)
    expect([answer.signal.aborted, (await within(100, answer.end()))?.text]).toEqual([false, 'Hello'])
  })

  it('who deletes it ends it too', async () => {
    const answer = bot.stream(chat)
    answer.write('Hello')
    await settle()
    await bot.request('delete_event', { chat_id: chat, event_id: answer.event?.id })
    await settle()
    expect(reasonOf(answer)).toBe('MESSAGE_DELETED')
    expect(await answer.end()).toHaveProperty('deleted_at')
  })
})

describe('what goes wrong', () => {
  it('[BOT4] a lost connection is bridged, from where the server is', async () => {
    const answer = bot.stream(chat)
    await say(answer, WORDS.slice(0, 20), 30)
    device.goOffline()
    await say(answer, WORDS.slice(20, 40), 30)
    device.goOnline()
    await say(answer, WORDS.slice(40), 30)
    expect(await within(5000, answer.end())).toMatchObject({ text: WORDS.join('') })
    expect(answer.signal.aborted).toBe(false)
  })

  it('[BOT4] so is a server that dies, of what it had told and not stored', async () => {
    const answer = bot.stream(chat)
    await say(answer, WORDS.slice(0, 20), 10)
    const there = scene.another({})
    scene.network.sever()
    scene.network.listen(there)
    await say(answer, WORDS.slice(20), 100)
    expect(await within(10_000, answer.end())).toMatchObject({ text: WORDS.join('') })
  })

  it('[IDM1] a first piece whose answer is lost is not sent twice', async () => {
    const answer = bot.stream(chat)
    await settle()
    const line = scene.network.lines.at(-1)
    line?.down.hold()
    answer.write('Hello')
    await scene.clock.advance(100)
    line?.cut()
    expect(await within(5000, answer.end())).toMatchObject({ text: 'Hello' })
    expect(pushed(ann, 'incoming_event')).toHaveLength(1)
  })

  it('[BOT5] a silence of half a minute ends it, and the model is told', async () => {
    const answer = bot.stream(chat)
    answer.write('Hello')
    await scene.clock.advance(STREAM_SILENCE_MS + 100)
    expect(reasonOf(answer)).toBe('ENDED')
    expect(await answer.end()).toMatchObject({ text: 'Hello' })
  })

  it('[BOT8] what is refused is told by the signal and by the end, and by nothing that nobody catches', async () => {
    for (let time = 0; time < RATES.bot_visitor.burst; time++)
      scene.gateway.answers.count(scene.founded.organization_id, [await customerOf(chat)])
    const [answer, ignored] = [bot.stream(chat), bot.stream(chat)]
    for (const one of [answer, ignored]) one.write('Hello')
    await scene.clock.advance(1000)
    expect([reasonOf(answer), reasonOf(ignored)]).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS'])
    await expect(answer.end()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    await answer.write('more')
  })

  it('nobody who is in: the answer is refused', async () => {
    const [stranger] = program('stranger', null)
    const answer = stranger.stream(chat)
    answer.write('Hello')
    await expect(answer.end()).rejects.toMatchObject({ code: 'NO_CONNECTION' })
  })

  it('[FEA1] to a server that knows no streams it is sent whole, as a plain message', async () => {
    scene.network.listen({
      ...scene,
      accept: (wire, handshake) => scene.accept({ ...wire, send: (text) => wire.send(text.replace('"stream_event",', '')) }, handshake),
    })
    const [old] = program('lumi', null)
    await old.connect()
    const answer = old.stream(chat)
    await say(answer, WORDS.slice(0, 10), 100)
    expect(pushed(ann, 'incoming_event')).toEqual([])
    const event = await within(1000, answer.end({ quick_replies: ['x'] }))
    expect(event).toMatchObject({ text: WORDS.slice(0, 10).join('') })
    expect([Object.keys(event ?? {}).includes('quick_replies'), answer.signal.aborted]).toEqual([false, false])
  })
})

const customerOf = async (chat_id: string) => (await scene.store.present(chat_id))[0]?.user_id ?? ''

it('[BOT3] who reads without conversations is told of each piece', async () => {
  const agent = await person()
  const told: unknown[] = []
  agent.on('incoming_event_piece', (piece) => told.push(piece))
  const answer = bot.stream(chat)
  await say(answer, ['Let', ' me'], 100)
  const { id: event, thread_id: thread } = answer.event as Event
  expect(told).toEqual([{ chat, thread, event, offset: 3, text: ' me' }])
  await within(100, answer.end())
})

describe('handing over', () => {
  it('[BOT7] comes after what was said, leaves the customer waiting, and lets the bot say no more', async () => {
    const agent = await person()
    bot.sendMessage(chat, 'I get somebody.')
    await within(1000, bot.handOver(chat, 'Wants the money back.'))
    await scene.clock.advance(3000)
    const [mine] = agent.chats.state.chats
    expect(mine).toMatchObject({ waiting_since: expect.any(String), last_event: { text: 'Wants the money back.', visibility: 'agents' } })
    expect(pushed(ann, 'incoming_event').map(({ payload }) => (payload['event'] as Event).text)).toEqual(['I get somebody.'])
    const answer = bot.stream(chat)
    answer.write('And another thing')
    await scene.clock.advance(1000)
    await expect(answer.end()).rejects.toMatchObject({ code: 'MISSING_ACCESS' })
  })

  it('[IDM1] is done once, though its answer is lost', async () => {
    await within(1000, bot.sendMessage(chat, 'Hello'))
    const line = scene.network.lines.at(-1)
    line?.down.hold()
    const done = bot.handOver(chat, 'Wants the money back.')
    await scene.clock.advance(100)
    line?.cut()
    await within(5000, done)
    expect(pushed(ann, 'user_removed_from_chat')).toHaveLength(1)
  })
})

it('[BOT9] a message suggests answers', async () => {
  expect(await within(1000, bot.sendMessage(chat, 'Which order?', { quick_replies: ['The last one', 'Another'] }))).toMatchObject({
    quick_replies: ['The last one', 'Another'],
  })
})

/** What ends a bot's answer before it does: people, a lost connection, a server that dies, limits, and the bot itself where it hands over. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RATES, STREAM_LASTS_MS, STREAM_SILENCE_MS } from '../../protocol/limits.ts'
import type { Peer } from '../../testing/gateway.ts'
import { openShift, pushed, reasonOf, type Shift, WORDS } from '../../testing/shift.ts'
import type { AgentSDK } from './api.ts'

let shift: Shift
let ann: Peer
let bot: AgentSDK
let chat: string

beforeEach(async () => {
  shift = await openShift()
  ;({ ann, chat, sdk: bot } = shift)
})
afterEach(() => shift.end())

const customerOf = async () => (await shift.scene.store.present(chat))[0]?.user_id ?? ''

describe('a person', () => {
  it('[BOT6] who speaks ends it: the model is told at once, and what it still says goes nowhere', async () => {
    const agent = await shift.person()
    const answer = bot.stream(chat)
    await shift.say(answer, WORDS.slice(0, 10), 30)
    await shift.scene.clock.advance(100)
    agent.sendMessage(chat, 'I am here.')
    await shift.settle()
    expect(reasonOf(answer)).toBe('TAKEN_OVER')
    await shift.say(answer, WORDS.slice(10), 30)
    const event = await shift.within(100, answer.end())
    expect(event?.text).toBe(WORDS.slice(0, 10).join(''))
    expect(await shift.stored(event)).toMatchObject({ text: event?.text })
  })

  it('[BOT6] who is faster is not talked over', async () => {
    const agent = await shift.person()
    const answer = bot.stream(chat)
    await shift.settle()
    agent.sendMessage(chat, 'I am here.')
    await shift.settle()
    expect(reasonOf(answer)).toBe('TAKEN_OVER')
    answer.write('Hello')
    expect(await shift.within(100, answer.end())).toBeNull()
    expect(pushed(ann, 'incoming_event')).toHaveLength(1)
  })

  it('[BOT6] who is faster by as little as it takes is not talked over for long', async () => {
    const agent = await shift.person()
    const answer = bot.stream(chat)
    await shift.settle()
    const line = shift.scene.network.lines.find(({ handshake }) => handshake.origin === null)
    line?.up.hold()
    answer.write('Hello')
    await shift.settle()
    agent.sendMessage(chat, 'I am here.')
    await shift.settle()
    line?.up.release()
    expect(await shift.within(100, answer.end())).toBeNull()
    expect(reasonOf(answer)).toBe('TAKEN_OVER')
    await shift.scene.clock.advance(100)
    expect(shift.heard()).toEqual(['I am here.', 'Hello'])
    expect(await shift.scene.store.streams(chat)).toEqual([])
  })

  it('[BOT6] whose message is under way as it begins is not talked on with', async () => {
    const agent = await shift.person()
    const answer = bot.stream(chat)
    await shift.settle()
    answer.write('Let me')
    agent.sendMessage(chat, 'I am here.')
    await shift.say(answer, WORDS, 30)
    expect(reasonOf(answer)).toBe('TAKEN_OVER')
    expect(await shift.scene.store.streams(chat)).toEqual([])
  })

  it('who notes something, and customers and other bots, end nothing', async () => {
    const agent = await shift.person()
    const answer = bot.stream(chat)
    agent.sendNote(chat, 'psst')
    await ann.ask('send_event', { chat_id: chat, event: { type: 'message', text: 'and?' } })
    await shift.settle()
    answer.write('Hello')
    await shift.scene.clock.advance(100)
    agent.sendNote(chat, 'psst')
    await shift.scene.clock.advance(100)
    expect([answer.signal.aborted, (await shift.within(100, answer.end()))?.text]).toEqual([false, 'Hello'])
  })

  it('who deletes it ends it too', async () => {
    const answer = bot.stream(chat)
    answer.write('Hello')
    await shift.settle()
    await bot.request('delete_event', { chat_id: chat, event_id: answer.event?.id })
    await shift.settle()
    expect(reasonOf(answer)).toBe('MESSAGE_DELETED')
    expect(await answer.end()).toHaveProperty('deleted_at')
  })
})

describe('what goes wrong', () => {
  it('[BOT4] a lost connection is bridged, from where the server is', async () => {
    const answer = bot.stream(chat)
    await shift.say(answer, WORDS.slice(0, 20), 30)
    shift.device.goOffline()
    await shift.say(answer, WORDS.slice(20, 40), 30)
    shift.device.goOnline()
    await shift.say(answer, WORDS.slice(40), 30)
    expect(await shift.within(5000, answer.end())).toMatchObject({ text: WORDS.join('') })
    expect(answer.signal.aborted).toBe(false)
  })

  it('[BOT4] so is a server that dies, of what it had told and not stored', async () => {
    const answer = bot.stream(chat)
    await shift.say(answer, WORDS.slice(0, 20), 10)
    const there = shift.scene.another({})
    shift.scene.network.sever()
    shift.scene.network.listen(there)
    await shift.say(answer, WORDS.slice(20), 100)
    expect(await shift.within(10_000, answer.end())).toMatchObject({ text: WORDS.join('') })
  })

  it('[IDM1] a first piece whose answer is lost is not sent twice', async () => {
    const answer = bot.stream(chat)
    await shift.settle()
    const line = shift.scene.network.lines.at(-1)
    line?.down.hold()
    answer.write('Hello')
    await shift.scene.clock.advance(100)
    line?.cut()
    expect(await shift.within(5000, answer.end())).toMatchObject({ text: 'Hello' })
    expect(pushed(ann, 'incoming_event')).toHaveLength(1)
  })

  it('[BOT5] a silence of half a minute ends it, and the model is told', async () => {
    const answer = bot.stream(chat)
    answer.write('Hello')
    await shift.scene.clock.advance(STREAM_SILENCE_MS + 100)
    expect(reasonOf(answer)).toBe('ENDED')
    expect(await answer.end()).toMatchObject({ text: 'Hello' })
  })

  it('[BOT8] what is refused is told by the signal and by the end, and by nothing that nobody catches', async () => {
    for (let time = 0; time < RATES.bot_visitor.burst; time++)
      shift.scene.gateway.answers.count(shift.scene.founded.organization_id, [await customerOf()])
    const [answer, ignored] = [bot.stream(chat), bot.stream(chat)]
    for (const one of [answer, ignored]) one.write('Hello')
    await shift.scene.clock.advance(1000)
    expect([reasonOf(answer), reasonOf(ignored)]).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS'])
    await expect(answer.end()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    await answer.write('more')
  })

  it('a model that fails and never says so is not shown as thinking for ever', async () => {
    const answer = bot.stream(chat)
    await shift.scene.clock.advance(STREAM_LASTS_MS)
    expect(reasonOf(answer)).toBe('ENDED')
    expect(pushed(ann, 'incoming_typing_indicator').at(-1)).toMatchObject({ payload: { typing_indicator: { is_typing: false } } })
    const told = pushed(ann, 'incoming_typing_indicator').length
    await shift.scene.clock.advance(STREAM_LASTS_MS)
    expect(pushed(ann, 'incoming_typing_indicator')).toHaveLength(told)
    await expect(answer.end()).rejects.toMatchObject({ code: 'ENDED' })
  })

  it('a bot that is destroyed has no answer under way', async () => {
    const [thinking, writing] = [bot.stream(chat), bot.stream(chat)]
    writing.write('Hello')
    await shift.settle()
    bot.destroy()
    expect([reasonOf(thinking), reasonOf(writing)]).toEqual(['SDK_DESTROYED', 'SDK_DESTROYED'])
    await expect(thinking.end()).rejects.toMatchObject({ code: 'SDK_DESTROYED' })
  })

  it('nobody who is in: the answer is refused', async () => {
    const { sdk: stranger } = shift.program('stranger')
    const answer = stranger.stream(chat)
    answer.write('Hello')
    await expect(answer.end()).rejects.toMatchObject({ code: 'NO_CONNECTION' })
  })

  it('[FEA1] to a server that knows no streams it is sent whole, as a plain message', async () => {
    shift.scene.network.listen({
      ...shift.scene,
      accept: (wire, handshake) =>
        shift.scene.accept({ ...wire, send: (text) => wire.send(text.replace('"stream_event",', '')) }, handshake),
    })
    const { sdk: old } = shift.program('lumi')
    await old.connect()
    const answer = old.stream(chat)
    await shift.within(1000, answer.write('x'.repeat(5000)))
    await shift.say(answer, WORDS.slice(0, 10), 100)
    expect(pushed(ann, 'incoming_event')).toEqual([])
    const event = await shift.within(1000, answer.end({ quick_replies: ['x'] }))
    expect(event).toMatchObject({ text: `${'x'.repeat(5000)}${WORDS.slice(0, 10).join('')}` })
    expect([Object.keys(event ?? {}).includes('quick_replies'), answer.signal.aborted]).toEqual([false, false])
  })
})

describe('handing over', () => {
  it('[BOT7] comes after what was said, leaves the customer waiting, and lets the bot say no more', async () => {
    const agent = await shift.person()
    bot.sendMessage(chat, 'I get somebody.')
    await shift.within(1000, bot.handOver(chat, 'Wants the money back.'))
    await shift.scene.clock.advance(3000)
    const [mine] = agent.chats.state.chats
    expect(mine).toMatchObject({ waiting_since: expect.any(String), last_event: { text: 'Wants the money back.', visibility: 'agents' } })
    expect(shift.heard()).toEqual(['I get somebody.'])
    const answer = bot.stream(chat)
    answer.write('And another thing')
    await shift.scene.clock.advance(1000)
    await expect(answer.end()).rejects.toMatchObject({ code: 'MISSING_ACCESS' })
  })

  it('[IDM1] is done once, though its answer is lost', async () => {
    await shift.within(1000, bot.sendMessage(chat, 'Hello'))
    const line = shift.scene.network.lines.at(-1)
    line?.down.hold()
    const done = bot.handOver(chat, 'Wants the money back.')
    await shift.scene.clock.advance(100)
    line?.cut()
    await shift.within(5000, done)
    expect(pushed(ann, 'user_removed_from_chat')).toHaveLength(1)
  })
})

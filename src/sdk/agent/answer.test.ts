/** Answers that are sent as they come into being, against the real gateway: what readers see grow, and what may be said. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_TEXT_BYTES, PIECE_EVERY_MS, TYPING_EVERY_MS } from '../../protocol/limits.ts'
import type { Peer } from '../../testing/gateway.ts'
import { openShift, pushed, reasonOf, type Shift, WORDS } from '../../testing/shift.ts'
import type { AgentSDK } from './api.ts'
import type { Conversation, Event } from './types.ts'

let shift: Shift
let ann: Peer
let bot: AgentSDK
let chat: string

beforeEach(async () => {
  shift = await openShift()
  ;({ ann, chat, sdk: bot } = shift)
})
afterEach(() => shift.end())

const first = async () => (await ann.ask('list_events', { chat_id: chat })).events[0]?.id ?? ''

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

describe('an answer', () => {
  it('[BOT3] grows in the conversations of those who read it, and ends with the same for all', async () => {
    const agent = await shift.person()
    const conversation = agent.conversation(chat)
    conversation.open()
    await shift.settle()
    const seen = watch(conversation)
    const answer = bot.stream(chat)
    await shift.say(answer, WORDS, 30)
    const event = await shift.within(1000, answer.end({ quick_replies: ['Thanks'] }))
    const whole = WORDS.join('')
    expect(event).toMatchObject({ text: whole, quick_replies: ['Thanks'] })
    expect(await shift.stored(event)).toMatchObject({ text: whole, quick_replies: ['Thanks'] })
    expect(seen.at(-1)).toBe(whole)
    expect(seen.length).toBeGreaterThan(20)
    const lengths = seen.map((text) => text.length)
    expect(lengths.slice(0, -1)).toEqual(lengths.slice(0, -1).sort((a, b) => a - b))
    expect(seen.slice(0, -1).every((text) => whole.startsWith(text.slice(0, -1)) && text.endsWith('…'))).toBe(true)
    expect([answer.signal.aborted, answer.event?.streaming]).toEqual([false, undefined])
  })

  it('[BOT10] is thought of by somebody whom the customer knows by name', async () => {
    bot.stream(chat)
    await shift.settle()
    expect(pushed(ann, 'incoming_typing_indicator')).toHaveLength(1)
    expect(pushed(ann, 'user_added_to_chat')).toMatchObject([{ payload: { user: { name: 'Lumi' } } }])
  })

  it('is shown as thinking until its first words, however long that takes', async () => {
    const answer = bot.stream(chat)
    await shift.scene.clock.advance(4 * TYPING_EVERY_MS)
    const typing = () =>
      pushed(ann, 'incoming_typing_indicator').map(({ payload }) => (payload['typing_indicator'] as { is_typing: boolean }).is_typing)
    expect(typing()).toEqual([true, true, true, true, true])
    expect([answer.event, pushed(ann, 'incoming_event')]).toEqual([null, []])
    answer.write('Hello')
    await shift.settle()
    expect(pushed(ann, 'incoming_event')).toMatchObject([{ payload: { event: { text: 'Hello', streaming: true } } }])
    await shift.scene.clock.advance(2 * TYPING_EVERY_MS)
    expect(typing()).toHaveLength(5)
    await shift.within(1000, answer.end())
  })

  it('goes out 15 times a second at most, and its first words at once', async () => {
    const answer = bot.stream(chat)
    await shift.settle()
    answer.write('Let')
    await shift.settle()
    expect(pushed(ann, 'incoming_event')).toHaveLength(1)
    await shift.say(answer, Array(200).fill('x'), 5)
    const pieces = pushed(ann, 'incoming_event_piece').length
    expect(pieces).toBeGreaterThan(10)
    expect(pieces).toBeLessThanOrEqual(1000 / PIECE_EVERY_MS + 1)
    expect(await shift.within(100, answer.end())).toMatchObject({ text: `Let${'x'.repeat(200)}` })
  })

  it('that is there at once is a plain message', async () => {
    const answer = bot.stream(chat)
    answer.write('We open at nine.')
    expect(await shift.within(100, answer.end({ quick_replies: ['Where?'] }))).toMatchObject({
      text: 'We open at nine.',
      quick_replies: ['Where?'],
    })
    expect(pushed(ann, 'incoming_event')).toMatchObject([{ payload: { event: { text: 'We open at nine.' } } }])
    expect(pushed(ann, 'event_updated')).toEqual([])
  })

  it('in which nothing is said is none', async () => {
    const answer = bot.stream(chat)
    answer.write('  ')
    expect(await shift.within(100, answer.end())).toBeNull()
    expect(pushed(ann, 'incoming_event')).toEqual([])
    expect(pushed(ann, 'incoming_typing_indicator').at(-1)).toMatchObject({ payload: { typing_indicator: { is_typing: false } } })
  })

  it('is not told as new to the bot itself, and comes after what it said before', async () => {
    const told: (string | undefined)[] = []
    bot.on('new_event', ({ event }) => told.push(event.text))
    bot.sendMessage(chat, 'One moment.')
    const answer = bot.stream(chat)
    answer.write('Here')
    await shift.within(1000, answer.end())
    expect(told).toEqual([])
    expect(shift.heard()).toEqual(['One moment.', 'Here'])
  })

  it('[BOT2] splits no character', async () => {
    const answer = bot.stream(chat)
    const [first, second] = ['💡'.slice(0, 1), '💡'.slice(1)]
    answer.write(`Idea ${first}`)
    await shift.settle()
    expect(answer.event?.text).toBe('Idea ')
    await shift.scene.clock.advance(100)
    answer.write(`${second} and ${first}`)
    await shift.scene.clock.advance(100)
    expect(await shift.within(100, answer.end())).toMatchObject({ text: 'Idea 💡 and ' })
  })

  it('keeps a fast model at the pace of the wire', async () => {
    const answer = bot.stream(chat)
    await shift.settle()
    let taken = 0
    const model = async () => {
      for (; taken < 20; taken++) await answer.write('x'.repeat(500))
    }
    const done = model()
    expect(taken).toBeLessThan(10)
    await shift.within(2000, done)
    expect(await shift.within(1000, answer.end())).toMatchObject({ text: 'x'.repeat(10_000) })
  })

  it('[BOT2] ends where no more fits, and the model is told', async () => {
    const answer = bot.stream(chat)
    answer.write('x'.repeat(MAX_TEXT_BYTES - 10))
    await shift.scene.clock.advance(100)
    answer.write('y'.repeat(20))
    await shift.scene.clock.advance(100)
    expect(reasonOf(answer)).toBe('ENTITY_TOO_LARGE')
    expect(await shift.within(100, answer.end())).toMatchObject({ text: `${'x'.repeat(MAX_TEXT_BYTES - 10)}${'y'.repeat(10)}` })
    expect(await shift.stored(answer.event)).not.toHaveProperty('streaming')
  })

  it('that does not fit at once is as much of it as does, to the last whole character', async () => {
    const answer = bot.stream(chat)
    await answer.write(`x${'💡'.repeat(MAX_TEXT_BYTES / 4)}`)
    expect(reasonOf(answer)).toBe('ENTITY_TOO_LARGE')
    expect(await shift.within(100, answer.end())).toMatchObject({ text: `x${'💡'.repeat(MAX_TEXT_BYTES / 4 - 1)}` })
  })

  it('may be a private note, or a reply', async () => {
    const [note, reply] = [bot.stream(chat, { visibility: 'agents' }), bot.stream(chat, { reply_to_id: await first() })]
    for (const answer of [note, reply]) answer.write('Hm')
    expect(await shift.within(1000, note.end())).toMatchObject({ visibility: 'agents' })
    expect(await shift.within(1000, reply.end())).toMatchObject({ reply_to_id: await first() })
  })
})

it('[BOT3] who reads without conversations is told of each piece', async () => {
  const agent = await shift.person()
  const told: unknown[] = []
  agent.on('incoming_event_piece', (piece) => told.push(piece))
  const answer = bot.stream(chat)
  await shift.say(answer, ['Let', ' me'], 100)
  const { id: event, thread_id: thread } = answer.event as Event
  expect(told).toEqual([{ chat, thread, event, offset: 3, text: ' me' }])
  await shift.within(100, answer.end())
})

it('[BOT9] a message suggests answers', async () => {
  expect(await shift.within(1000, bot.sendMessage(chat, 'Which order?', { quick_replies: ['The last one', 'Another'] }))).toMatchObject({
    quick_replies: ['The last one', 'Another'],
  })
})

/** What bots write piece by piece, as those who read it see it grow: whatever they missed, they end with the same. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PIECE_EVERY_MS, STREAM_LASTS_MS, STREAM_SILENCE_MS } from '../../protocol/limits.ts'
import { begin, entriesOf, openBot, openQuestion, piecesOf, seenBy } from '../../testing/bots.ts'
import { openScene, type Peer, type Scene } from '../../testing/gateway.ts'
import { idOf, openGroup } from '../../testing/presence.ts'
import { turns } from '../../testing/turns.ts'
import { stepAfter } from './live-stream.ts'

let scene: Scene
let ann: Peer
let agent: Peer
let bot: Peer
let chat_id: string

beforeEach(async () => {
  ;({ scene, ann, agent, bot, chat_id } = await openQuestion())
})
afterEach(() => scene.close())

const write = (event_id: string, offset: number, text: string, more: object = {}, by = bot) =>
  by.ask('stream_event', { chat_id, event_id, offset, text, ...more })
const read = async (event_id: string, who = ann) => (await who.ask('get_event', { chat_id, event_id })).event
const lastOf = async (peer: Peer, event_id: string) => (await seenBy(peer, event_id)).at(-1)

/** From its beginning: one word every so many ms, for so many words. */
async function talk(event_id: string, words: number, every: number): Promise<string> {
  let text = ''
  for (let word = 0; word < words; word++) {
    await write(event_id, text.length, ` w${word}`)
    text += ` w${word}`
    await scene.clock.advance(every)
  }
  return text
}

describe('a message that streams', () => {
  test('[BOT3] is seen to grow by everyone who may, and never to shrink', async () => {
    const event_id = await begin(bot, chat_id)
    const said = await talk(event_id, 200, 40)
    await write(event_id, said.length, '.', { done: true })
    for (const peer of [ann, agent]) {
      const seen = await seenBy(peer, event_id)
      const lengths = seen.map(({ text = '' }) => text.length)
      expect(lengths).toEqual([...lengths].sort((a, b) => a - b))
      expect(seen.length).toBeGreaterThan(100)
      expect(seen.at(-1)).toMatchObject({ text: `${said}.` })
      expect(seen.at(-1)).not.toHaveProperty('streaming')
      expect(seen.at(-2)).toHaveProperty('streaming', true)
    }
    expect(piecesOf(bot)).toEqual([])
    expect(entriesOf(bot).filter((action) => action === 'event_updated')).toEqual(Array(4).fill('event_updated'))
  })

  test('[BOT3] is told 15 times a second at most, however often it grows', async () => {
    const event_id = await begin(bot, chat_id)
    for (let at = 0; at < 100; at++) {
      await write(event_id, at, 'x')
      await scene.clock.advance(10)
    }
    const pieces = piecesOf(ann)
    expect(pieces.length).toBeLessThanOrEqual(1000 / PIECE_EVERY_MS + 1)
    expect(pieces.length).toBeGreaterThan(10)
    await scene.clock.advance(PIECE_EVERY_MS)
    expect((await lastOf(ann, event_id))?.text).toBe('x'.repeat(100))
  })

  test('[BOT3] leaves 25 entries at most, however long it takes', async () => {
    const event_id = await begin(bot, chat_id)
    const words = STREAM_LASTS_MS / 5000 - 1
    const said = await talk(event_id, words, 5000)
    await write(event_id, said.length, '.', { done: true })
    await turns()
    const { entries } = await scene.store.entries(chat_id, 'agents', 0, 100)
    const steps = entries.filter(({ kind }) => kind === 'event_updated')
    expect(steps.length).toBeLessThanOrEqual(25)
    expect(steps.length).toBeGreaterThan(20)
    expect(steps.map(({ event }) => event?.edited_at)).toEqual(steps.map(() => null))
  })

  test('[BOT3] has its steps ever further apart', () => {
    const ages = [0]
    while ((ages.at(-1) ?? 0) < 120_000) ages.push(stepAfter(ages.at(-1) ?? 0))
    expect(ages.map((age) => age / 1000)).toEqual([0, 1, 2, 4, 8, 16, 30, 60, 90, 120])
    expect([stepAfter(29_999), stepAfter(30_001)]).toEqual([30_000, 60_000])
  })

  test('[BOT3] is shown with all that there is to whoever comes late, and grows for them from there', async () => {
    const event_id = await begin(bot, chat_id, 'Let')
    await write(event_id, 3, ' me see')
    const late = await scene.customer('ann')
    const first = await read(event_id, late)
    expect(first).toMatchObject({ text: 'Let me see', streaming: true })
    const listed = await late.ask('list_events', { chat_id })
    const { entries } = await late.ask('sync', { chat_id, after: 0 })
    expect([listed.events.at(-1), entries.at(-1)]).toMatchObject([{ text: 'Let me see' }, { payload: { event: { text: 'Let me see' } } }])
    await scene.clock.advance(PIECE_EVERY_MS)
    await write(event_id, 10, ' what')
    expect((await seenBy(late, event_id, first)).map(({ text }) => text)).toEqual(['Let me see', 'Let me see what'])
  })

  test('[BOT3, BOT4] is whole within a second for whoever has missed pieces, and ends with the same', async () => {
    const event_id = await begin(bot, chat_id)
    const said = await talk(event_id, 120, 20)
    const late = await scene.customer('ann')
    // Who holds the log and has heard no piece.
    const stored = (await scene.store.streams(chat_id))[0]?.text ?? ''
    const old = { ...(await read(event_id)), text: stored }
    expect(stored.length).toBeLessThan(said.length)
    for (let at = 0; at < 50; at++) {
      await write(event_id, said.length + at, '!')
      await scene.clock.advance(20)
    }
    const seen = await seenBy(late, event_id, old)
    expect(seen.at(1)?.text?.startsWith(said)).toBe(true)
    expect(seen.length).toBeGreaterThan(2)
    await write(event_id, said.length + 50, '?', { done: true })
    const ends = await Promise.all([late, ann].map((peer) => seenBy(peer, event_id, old)))
    expect(ends.map((all) => all.at(-1)?.text)).toEqual([`${said}${'!'.repeat(50)}?`, `${said}${'!'.repeat(50)}?`])
  })

  test('[BOT5] of a silent bot ends with what there is after half a minute', async () => {
    const event_id = await begin(bot, chat_id, 'Let')
    await scene.clock.advance(20_000)
    await write(event_id, 3, ' me')
    await scene.clock.advance(STREAM_SILENCE_MS - 1)
    expect(await read(event_id)).toMatchObject({ text: 'Let me', streaming: true })
    await scene.clock.advance(1)
    expect(await lastOf(ann, event_id)).toMatchObject({ text: 'Let me' })
    expect(await read(event_id)).not.toHaveProperty('streaming')
    const late = await bot.refusal('stream_event', { chat_id, event_id, offset: 6, text: '!' })
    expect(late).toMatchObject({ type: 'conflict', data: { reason: 'ended', offset: 6 } })
    expect(agent.pushes.at(-1)?.payload).not.toHaveProperty('requester_id')
  })

  test('[BOT5] that never says anything leaves nothing behind', async () => {
    const event_id = await begin(bot, chat_id)
    await scene.clock.advance(STREAM_SILENCE_MS)
    expect(await lastOf(ann, event_id)).toHaveProperty('deleted_at')
  })

  test('[BOT5] ends after ten minutes, though its bot goes on', async () => {
    const event_id = await begin(bot, chat_id)
    for (let at = 0; at < STREAM_LASTS_MS / 20_000; at++) {
      await write(event_id, at, 'x')
      await scene.clock.advance(20_000)
    }
    expect(await bot.refusal('stream_event', { chat_id, event_id, offset: 30, text: 'x' })).toMatchObject({ data: { reason: 'ended' } })
    expect(await lastOf(ann, event_id)).toMatchObject({ text: 'x'.repeat(30) })
  })

  test('[EDT2] is gone with all that was said of it when it is deleted, and nothing of it comes back', async () => {
    const event_id = await begin(bot, chat_id, 'sec')
    await write(event_id, 3, 'ret')
    await bot.ask('delete_event', { chat_id, event_id })
    await scene.clock.advance(STREAM_SILENCE_MS)
    expect(await bot.refusal('stream_event', { chat_id, event_id, offset: 6, text: 's' })).toMatchObject({ type: 'message_deleted' })
    const held = await lastOf(ann, event_id)
    expect(held).toHaveProperty('deleted_at')
    expect(held).not.toHaveProperty('text')
    expect(await read(event_id)).not.toHaveProperty('text')
    expect(JSON.stringify(await scene.store.entries(chat_id, 'agents', 0, 100))).not.toMatch(/sec/)
  })

  test('[BOT6] ends where a person speaks, and what comes of it after that nobody hears', async () => {
    const event_id = await begin(bot, chat_id, 'Let')
    await write(event_id, 3, ' me')
    const before = piecesOf(ann).length
    await agent.ask('send_event', { chat_id, event: { type: 'message', text: 'I am here' } })
    const refusal = await bot.refusal('stream_event', { chat_id, event_id, offset: 6, text: ' see' })
    expect(refusal).toMatchObject({ type: 'conflict', data: { reason: 'taken_over' } })
    await scene.clock.advance(STREAM_SILENCE_MS)
    expect([piecesOf(ann).length, (await lastOf(ann, event_id))?.text]).toEqual([before, 'Let me'])
    expect(entriesOf(ann).slice(-3)).toEqual(['event_updated', 'user_added_to_chat', 'incoming_event'])
  })

  test('[BOT5] ends where its bot is put out of the chat', async () => {
    const event_id = await begin(bot, chat_id, 'Let')
    await write(event_id, 3, ' me')
    await agent.ask('remove_user_from_chat', { chat_id, user_id: 'lumi' })
    expect(await bot.refusal('stream_event', { chat_id, event_id, offset: 6, text: ' see' })).toMatchObject({ type: 'missing_access' })
    expect(await lastOf(ann, event_id)).toMatchObject({ text: 'Let me' })
    expect(await read(event_id)).not.toHaveProperty('streaming')
  })

  test('[BOT3] is for those only who were there when it came, and are still', async () => {
    const [bob, cleo, dora] = [await scene.customer('bob'), await scene.customer('cleo'), await scene.customer('dora')]
    const group = await openGroup(scene, 'group', idOf(bob), idOf(cleo), 'lumi')
    const event_id = await begin(bot, group, 'Let')
    const more = (offset: number, text: string) => bot.ask('stream_event', { chat_id: group, event_id, offset, text })
    await dora.ask('join_chat', { chat_id: group })
    await more(3, ' me')
    await cleo.ask('leave_chat', { chat_id: group })
    await scene.clock.advance(PIECE_EVERY_MS)
    await more(6, ' see')
    await scene.clock.advance(PIECE_EVERY_MS)
    const told = (peer: Peer) => piecesOf(peer).map(({ text }) => text)
    expect([told(bob), told(cleo), told(dora)]).toEqual([[' me', ' see'], [' me'], []])
  })

  test('[BOT3] that is a note is told to agents only', async () => {
    const event_id = await begin(bot, chat_id, 'Hm', { visibility: 'agents' })
    await write(event_id, 2, 'm')
    await turns()
    expect([piecesOf(agent).length, piecesOf(ann)]).toEqual([1, []])
  })
})

test('[IDM1, BOT7] a handing over that is repeated under its name is done once', async () => {
  await bot.ask('send_event', { chat_id, event: { type: 'message', text: 'Hello' } })
  const over = { chat_id, summary: 'Wants the money back.', custom_id: '~1' }
  await bot.ask('hand_over_chat', over)
  const { entries } = await bot.ask('hand_over_chat', over)
  expect(entries).toMatchObject([{ action: 'incoming_event' }, { action: 'user_removed_from_chat' }])
  expect(entriesOf(agent).filter((action) => action === 'user_removed_from_chat')).toHaveLength(1)
  expect(await bot.refusal('hand_over_chat', { ...over, summary: 'Another.' })).toMatchObject({ type: 'idempotency_mismatch' })
})

test('[BOT5] where nothing can be written just now it ends as soon as something can', async () => {
  let full = false
  const other = await openScene({
    wrapStore: (store) => ({ ...store, commit: async (change) => (full ? { ok: false, why: 'full' } : store.commit(change)) }),
  })
  const [reader, writer] = [await other.customer('ann'), await openBot(other, other)]
  const { chat } = await reader.ask('start_chat')
  const event_id = await begin(writer, chat.id, 'Let')
  await writer.ask('stream_event', { chat_id: chat.id, event_id, offset: 3, text: ' me' })
  full = true
  await other.clock.advance(STREAM_SILENCE_MS + 10_000)
  expect(await other.store.streams(chat.id)).toHaveLength(1)
  full = false
  await other.clock.advance(1000)
  expect((await seenBy(reader, event_id)).at(-1)).toMatchObject({ text: 'Let me' })
  expect(await other.store.streams(chat.id)).toEqual([])
  await other.close()
})

/** What bots write piece by piece over several server processes: the bus may lose what it likes, and a process may die. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PIECE_EVERY_MS, STREAM_ABANDONED_MS, STREAM_SILENCE_MS } from '../../protocol/limits.ts'
import type { BadBus } from '../../testing/bad-bus.ts'
import { begin, openBot, openQuestion, seenBy } from '../../testing/bots.ts'
import type { Peer, Scene } from '../../testing/gateway.ts'
import { idOf } from '../../testing/presence.ts'
import { turns } from '../../testing/turns.ts'
import { SWEEP_EVERY_MS, sweepRegularly } from '../sweeper.ts'

let scene: Scene
let bus: BadBus
let ann: Peer
let agent: Peer
let bot: Peer
let chat_id: string

beforeEach(async () => {
  ;({ scene, bus, ann, agent, bot, chat_id } = await openQuestion())
})
afterEach(() => scene.close())

const write = (event_id: string, offset: number, text: string, more: object = {}, by = bot) =>
  by.ask('stream_event', { chat_id, event_id, offset, text, ...more })
const read = async (event_id: string, who = ann) => (await who.ask('get_event', { chat_id, event_id })).event
const lastOf = async (peer: Peer, event_id: string) => (await seenBy(peer, event_id)).at(-1)

describe('over several processes', () => {
  test('[BOT3, RES9] it grows for readers of all of them, and for those who come late', async () => {
    const there = scene.another({ bus })
    const elsewhere = await there.customer('ann')
    const event_id = await begin(bot, chat_id, 'Let')
    await write(event_id, 3, ' me')
    await scene.clock.advance(PIECE_EVERY_MS)
    await turns()
    const late = await there.customer('ann')
    expect(await read(event_id, late)).toMatchObject({ text: 'Let me', streaming: true })
    for (let at = 0; at < 40; at++) {
      await write(event_id, 6 + at, 'x')
      await scene.clock.advance(100)
    }
    const seen = (await seenBy(elsewhere, event_id)).map(({ text = '' }) => text.length)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(46)
  })

  test('[BOT4] its bot may go on by way of another, and the one before stores nothing more', async () => {
    const event_id = await begin(bot, chat_id, 'Let')
    await write(event_id, 3, ' me')
    await scene.clock.advance(1000)
    await write(event_id, 6, ' see')
    bot.line.cut()
    const there = scene.another({ bus })
    const again = await openBot(scene, there)
    const refusal = await again.refusal('stream_event', { chat_id, event_id, offset: 10, text: '!' })
    expect(refusal).toMatchObject({ type: 'conflict', data: { offset: 6 } })
    expect(await write(event_id, 6, ' see what', {}, again)).toEqual({ offset: 15 })
    await scene.clock.advance(STREAM_SILENCE_MS - 1)
    await write(event_id, 15, '.', {}, again)
    await scene.clock.advance(STREAM_SILENCE_MS - 1)
    expect(await read(event_id)).toMatchObject({ text: 'Let me see what.', streaming: true })
    await write(event_id, 16, '', { done: true }, again)
    expect(await lastOf(ann, event_id)).toMatchObject({ text: 'Let me see what.' })
  })

  test('[BOT4, RES9] whatever the bus loses, all end with the same', async () => {
    const there = scene.another({ bus })
    const elsewhere = await there.customer('ann')
    const event_id = await begin(bot, chat_id, 'Let')
    bus.cut()
    await write(event_id, 3, ' me')
    await scene.clock.advance(5000)
    bus.fate = (_, hold) => {
      hold()
      return 1
    }
    await write(event_id, 6, ' see')
    await scene.clock.advance(5000)
    for (const tell of bus.held.splice(0)) tell()
    bus.mend()
    await write(event_id, 10, '.', { done: true })
    await turns(8)
    const ends = await Promise.all([ann, elsewhere, agent].map(async (peer) => (await lastOf(peer, event_id))?.text))
    expect(ends).toEqual(['Let me see.', 'Let me see.', 'Let me see.'])
  })

  test('[BOT6] a person who speaks elsewhere takes over all the same', async () => {
    const there = scene.another({ bus })
    const person = await there.agent()
    const event_id = await begin(bot, chat_id, 'Let')
    await write(event_id, 3, ' me')
    await turns(8)
    const { entries } = await person.ask('send_event', { chat_id, event: { type: 'message', text: 'I am here' } })
    expect(entries).toMatchObject([{ action: 'event_updated', payload: { event: { text: 'Let me' } } }, {}])
    await turns(8)
    expect(await bot.refusal('stream_event', { chat_id, event_id, offset: 6, text: '.' })).toMatchObject({ data: { reason: 'taken_over' } })
  })

  test('[BOT6, RES9] also where nobody hears of it', async () => {
    const there = scene.another({ bus })
    const person = await there.agent()
    const event_id = await begin(bot, chat_id, 'Let')
    bus.cut()
    await person.ask('send_event', { chat_id, event: { type: 'message', text: 'I am here' } })
    await write(event_id, 3, ' me')
    await scene.clock.advance(1000)
    expect(await bot.refusal('stream_event', { chat_id, event_id, offset: 6, text: '.' })).toMatchObject({ data: { reason: 'taken_over' } })
    expect((await read(event_id)).text).toBe('Let')
  })

  test('[BOT4] a process that ends leaves all that it has to the next', async () => {
    const event_id = await begin(bot, chat_id, 'Let')
    await write(event_id, 3, ' me')
    await scene.gateway.drain()
    const there = scene.another({ bus })
    const again = await openBot(scene, there)
    expect(await write(event_id, 6, ' see', {}, again)).toEqual({ offset: 10 })
    const elsewhere = await there.customer('ann')
    expect(await read(event_id, elsewhere)).toMatchObject({ text: 'Let me see', streaming: true })
  })

  test('[BOT5] what a process leaves behind that died ends within two minutes', async () => {
    const there = scene.another({ bus })
    const elsewhere = await there.customer('ann')
    const { store } = scene
    const event_id = 'old_1'
    const bots = { chat_id: 'old', thread_id: 'old', type: 'message', audience: 'all', author_id: 'lumi', custom_id: null } as const
    const nothing = { fingerprint: null, content: null, file_ids: [], properties: null, waiting: 'same' } as const
    const { organization_id } = scene.founded
    const group = { kind: 'group', name: null, joinable: false, history: true, properties: {}, created_by: 'lumi' } as const
    await store.commit({
      at: scene.clock.now(),
      expect: [],
      writes: [
        { write: 'create_chat', chat_id: 'old', organization_id, ...group, members: [{ user_id: idOf(elsewhere), user_type: 'customer' }] },
        { write: 'open_thread', chat_id: 'old', thread_id: 'old', by: 'lumi', properties: {} },
        { write: 'add_event', ...bots, ...nothing, text: 'Let me', streaming_at: scene.clock.now() },
      ],
      idempotency: [],
    })
    const tell = there.gateway.fanout
    const { files, clock, log } = scene.gateway.parts
    const stop = sweepRegularly({ store, files, clock, log, tell: (of, committed) => tell.committed(of, committed, null) })
    await scene.clock.advance(STREAM_ABANDONED_MS - SWEEP_EVERY_MS)
    expect(await store.streams('old')).toHaveLength(1)
    await scene.clock.advance(2 * SWEEP_EVERY_MS)
    await turns(8)
    expect(await store.streams('old')).toEqual([])
    expect(elsewhere.pushes.filter(({ action }) => action === 'event_updated')).toMatchObject([
      { payload: { event: { id: event_id, text: 'Let me' } } },
    ])
    stop()
  })
})

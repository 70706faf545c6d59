/** An answer that is sent as it comes into being: shown as thinking before its first words, and as one message that grows from then on. */
import { PIECE_EVERY_MS, STREAM_LASTS_MS, TYPING_EVERY_MS } from '../../protocol/limits.ts'
import type { LogPush } from '../../protocol/pushes.ts'
import type { Ask } from '../core/ask.ts'
import type { ClientEvents } from '../core/client.ts'
import { arrived } from '../core/outbox-arrived.ts'
import type { Environment } from '../kit/environment.ts'
import { asFailure, destroyed, type Failure } from '../wire/failure.ts'
import { createBell } from './bell.ts'
import { fitting } from './fitting.ts'
import { insist } from './insist.ts'
import { ended, endOf, isTakenOver, meaningOf, takenOver, tooLong } from './interruptions.ts'
import type { Seat } from './seat.ts'
import type { Answer, AnswerEnd, AnswerOptions, Event } from './types.ts'

/** A model may be ahead of the wire by so much. */
const ROOM_CHARS = 2000

/** `here` answers the seat, waiting for one that is being taken. */
export function createAnswer(here: () => Promise<Seat>, environment: Environment, chat_id: string, options: AnswerOptions = {}): Answer {
  const { clock } = environment
  const controller = new AbortController()
  const bell = createBell()
  const custom_id = `~${environment.id()}`
  let event: Event | null = null
  let text = ''
  /** How much of it the server has. */
  let sent = 0
  /** A next piece has to wait until then. */
  let next = 0
  /** Nothing more is written. */
  let last: AnswerEnd | null = null
  let over = false
  let why: Failure | null = null
  /** Whether it goes out while it is being written. */
  let streams = true
  let leave = () => {}

  function conclude(failure: Failure | null = null) {
    if (over) return
    over = true
    why = failure
    leave()
    if (failure) controller.abort(failure)
    bell.ring()
  }

  /** Half a character waits for its other half. */
  const whole = () => text.replace(/[\uD800-\uDBFF]$/, '')
  const isReady = (seat: Seat) => {
    if (last) return true
    if (!event) return seat.supports('stream_event') && whole().trim() !== ''
    return clock.now() >= next && whole().length > sent
  }

  function hear({ entry }: ClientEvents['entry'], me: string) {
    const { action, payload } = entry as Extract<LogPush, { action: 'event_updated' | 'event_deleted' }>
    if (!/^event_(upd|del)/.test(action) || payload.event.id !== event?.id) return
    event = payload.event
    if (!event.streaming) conclude(endOf(payload, me))
  }

  /** Others see that there is an answer to come, for as long as nothing of it is there. */
  function think({ typing }: Seat): () => void {
    let cancel = () => {}
    let told = Promise.resolve()
    // One after the other: the first of them lets the bot in, which takes a moment.
    const tell = (is: boolean) => {
      told = told.then(() => typing.set(chat_id, is)).catch(() => {})
    }
    const renew = () => {
      tell(true)
      cancel = clock.after(TYPING_EVERY_MS, renew)
    }
    renew()
    return () => {
      cancel()
      if (!event) tell(false)
    }
  }

  async function begin({ session, typing, supports }: Seat) {
    const said = whole()
    if (said.trim() === '') return conclude()
    // FEA1: an older server takes it whole, and nothing besides.
    const more = supports('stream_event') ? (last ?? { streaming: true as const }) : {}
    const first = { type: 'message' as const, text: said, custom_id, ...options, ...more }
    // A promise tells of it, and nothing else.
    session.outbox.told.add(chat_id + custom_id)
    event = (await insist(environment, () => session.ask('send_event', { chat_id, event: first }))).event
    typing.sent(chat_id)
    sent = said.length
    if (!event.streaming) conclude('streaming' in more ? ended() : null)
    // A person was faster by as much as it took.
    else if (over) await stop(session.ask, event.id)
  }

  async function goOn({ session: { ask } }: Seat, event_id: string) {
    const offset = sent
    const done = last ? { done: true, ...last } : {}
    const piece = { chat_id, event_id, offset, text: whole().slice(offset), ...done }
    try {
      sent = (await insist(environment, () => ask('stream_event', piece))).offset
      if ('done' in done) conclude()
    } catch (error) {
      const failure = asFailure(error)
      const meaning = meaningOf(failure)
      // Over another way to the server: it says how much of it has arrived.
      if (typeof meaning !== 'number' || meaning === offset) throw typeof meaning === 'number' ? failure : meaning
      sent = meaning
    }
  }

  const stop = (ask: Ask, event_id: string) =>
    insist(environment, () => ask('stream_event', { chat_id, event_id, offset: sent, text: '', done: true }))

  async function run(seat: Seat) {
    const { session, agent } = seat
    let stopThinking = think(seat)
    const stopHearing = session.events.on('entry', (happened) => {
      if (happened.chat.id !== chat_id) return
      if (!event && isTakenOver(happened)) conclude(takenOver())
      hear(happened, agent)
    })
    const stopWatching = session.events.on('state', (state) => state === 'destroyed' && conclude(destroyed()))
    // A model that has failed may never say so.
    const tire = clock.after(STREAM_LASTS_MS, () => event || conclude(ended()))
    leave = () => {
      for (const stop of [tire, stopThinking, stopWatching, stopHearing]) stop()
    }
    streams = seat.supports('stream_event')
    bell.ring()
    // What was said before comes before.
    await arrived(session, chat_id, true)
    while (!over) {
      if (!isReady(seat)) {
        await bell.next()
        continue
      }
      next = clock.now() + PIECE_EVERY_MS
      clock.after(PIECE_EVERY_MS, bell.ring)
      if (event) await goOn(seat, event.id)
      else await begin(seat)
      stopThinking()
      stopThinking = () => {}
      bell.ring()
    }
  }

  here()
    .then(run)
    .catch((error) => conclude(asFailure(error)))

  return {
    get event() {
      return event
    },
    signal: controller.signal,
    async write(more) {
      if (over || last) return
      text += more
      const fits = fitting(text)
      if (fits.length < text.length) {
        text = fits
        last = {}
        controller.abort(tooLong())
      }
      bell.ring()
      while (!over && streams && text.length - sent > ROOM_CHARS) await bell.next()
    },
    async end(end = {}) {
      last ??= end
      bell.ring()
      while (!over) await bell.next()
      if (!event && why && why.code !== 'TAKEN_OVER') throw why
      return event
    },
  }
}

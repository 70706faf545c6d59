/**
 * What was sent and has not arrived. It is stored before it goes out, survives reloads and killed tabs, and goes out once,
 * in the order of each chat (IDM6).
 */
import type { Chat } from '../../protocol/chats.ts'
import type { Event, NewEvent } from '../../protocol/events.ts'
import { abortable } from '../kit/abort.ts'
import { type Failure, refused, stopped } from '../wire/failure.ts'
import type { Context } from './context.ts'
import { isProvisional, type OutboxEntry, type OutboxState, type Outcome, replaced, settled } from './outbox-entry.ts'
import { createSender } from './outbox-sender.ts'
import { createOutboxStore } from './outbox-store.ts'

export interface Outbox {
  readonly entries: readonly OutboxEntry[]
  /** The entry that is under way. */
  readonly current: string | null
  load(): Promise<void>
  /** An abort discards what waits. */
  start(chat: string, events: readonly NewEvent[], properties?: Chat['properties'], signal?: AbortSignal): Promise<Outcome>
  send(chat: string, event: NewEvent, signal?: AbortSignal): Promise<Outcome>
  /** What goes by this custom id, or the start of the chat of this provisional id. */
  bringing(name: string): readonly OutboxEntry[]
  /** Changes an entry and all that shares its fate. */
  change(entry: OutboxEntry, to: (entry: OutboxEntry) => OutboxEntry): Promise<void>
  /** Gives up what goes by that name; whoever waits for it is told why. */
  discard(name: string, why?: unknown): void
  /** The id that a chat has by now. */
  real(chat: string): string
  /** Chat and custom id of each event that a promise tells of, until the log does. */
  readonly told: Set<string>
  /** One's own event has come up in the log. True when a promise tells of it. */
  appeared(chat: Chat, event: Event): boolean
  drain(): Promise<unknown>
  fail(entry: OutboxEntry, failure: Failure): Promise<void>
  destroy(failure: Failure): void
}

interface Waiter {
  resolve(outcome: Outcome): void
  reject(why: unknown): void
}

const discarded = () => stopped('DISCARDED', 'send')

export function createOutbox(context: Context): Outbox {
  const { environment, emit } = context
  const { clock, id } = environment
  /** Who waits for what was sent here, by its name. */
  const waiting = new Map<string, Waiter>()
  const told = new Set<string>()
  /** Real ids by the provisional ones. */
  const started = new Map<string, string>()
  let over: Failure | null = null

  const store = createOutboxStore(context, onShow, ({ ref = '', outcome }) => {
    if (outcome) settle(ref, outcome)
    else {
      take(ref)?.reject(discarded())
      sender.load().then(sender.drain)
    }
  })
  const take = (name: string) => {
    const waiter = waiting.get(name)
    waiting.delete(name)
    return waiter
  }
  const real = (chat: string) => started.get(chat) ?? chat
  const sender = createSender(context, store, real, settle, fail)
  /** IDM4: ids of our own making are ours alone. */
  const ownId = () => `~${id()}`

  function onShow(before: OutboxState, { entries, ids }: OutboxState) {
    for (const [provisional, id] of Object.entries(ids)) {
      if (started.has(provisional)) continue
      started.set(provisional, id)
      emit('started', { provisional, id })
    }
    for (const { ref, error } of entries) if (error) take(ref)?.reject(refused(error))
    for (const { chat } of [...before.entries, ...entries]) emit('change', chat)
  }

  async function accept(chat: string, sent: readonly NewEvent[], start?: OutboxEntry['start'], signal?: AbortSignal): Promise<Outcome> {
    if (over) throw over
    const ref = id()
    const events = sent.map((event) => ({ custom_id: ownId(), ...event }))
    const entry: OutboxEntry = { ref, by: context.me(), chat: real(chat), at: clock.now(), events, start }
    return abortable(
      signal,
      (why) => discard(entry, why),
      () => {
        emit('accepted', chat)
        store.add(entry).then(sender.drain)
        return new Promise((resolve, reject) => waiting.set(ref, { resolve, reject }))
      },
    )
  }

  /** By the answer, by the log or by another tab's word, whichever is first. */
  async function settle(name: string, outcome: Outcome): Promise<void> {
    const entry = store.state.entries.find(({ ref }) => ref === name)
    // Storage may have told before the other tab's word came.
    if (!entry) return take(name)?.resolve(outcome)
    if (waiting.has(name)) for (const { custom_id } of entry.events) told.add(outcome.chat_id + custom_id)
    emit('landed', outcome)
    const done = store.commit(settled(entry, outcome.chat_id), { ref: name, outcome })
    take(name)?.resolve(outcome)
    return done
  }

  function fail(entry: OutboxEntry, failure: Failure): Promise<void> {
    take(entry.ref)?.reject(failure)
    return change(entry, (other) => ({ ...other, by: context.me(), error: failure.body }))
  }

  const behind = (entry: OutboxEntry) => store.state.entries.filter(({ ref, chat }) => ref !== entry.ref && chat === entry.chat)

  /** Changes all of one's own that shares the fate of an entry: with a start everything that waits for its chat. */
  const change = (entry: OutboxEntry, to: (entry: OutboxEntry) => OutboxEntry) => {
    const kin = isProvisional(real(entry.chat)) ? [entry, ...behind(entry)] : [entry]
    return store.commit(replaced((other) => (kin.some(({ ref }) => ref === other.ref) ? to(other) : other)))
  }

  /** A start stays, under a new name and without events, while something waits for it. */
  function discard(entry: OutboxEntry, why: unknown) {
    const rest = entry.start && behind(entry).length ? { ...entry, events: [], start: { custom_id: ownId() } } : null
    take(entry.ref)?.reject(why)
    const withdrawn = replaced((other) => (other.ref === entry.ref ? rest : other))
    store.commit(withdrawn, { ref: entry.ref }).then(sender.drain)
  }

  /** The event of this custom id, or the chat of this provisional one. */
  const bringing = (name: string | undefined) =>
    store.state.entries.filter(({ events, start, chat }) => (start && chat === name) || events.some(({ custom_id }) => custom_id === name))

  return {
    get entries() {
      return store.state.entries
    },
    get current() {
      return sender.current
    },
    async load() {
      await store.recover()
      await sender.load()
      sender.drain()
    },
    start: (chat, events, properties, signal) => accept(chat, events, { custom_id: ownId(), chat: { properties } }, signal),
    send: (chat, event, signal) => accept(chat, [event], undefined, signal),
    bringing,
    told,
    change,
    discard(name, why = discarded()) {
      for (const entry of bringing(name)) discard(entry, why)
    },
    real,
    appeared(chat, event) {
      const { custom_id } = event
      // A start is known again only by an id of our own making: a caller may use one id in two chats.
      const entry = bringing(custom_id).find(({ start, chat: where }) => (start ? custom_id?.[0] === '~' : real(where) === chat.id))
      // Whatever else has that id may say something else, which the server has to see (IDM2).
      if (entry) settle(entry.ref, { chat_id: chat.id, chat, event })
      return told.delete(chat.id + custom_id)
    },
    drain: sender.drain,
    fail,
    destroy(failure) {
      over = failure
      store.close()
      for (const ref of waiting.keys()) take(ref)?.reject(failure)
    },
  }
}

/**
 * What was sent and has not arrived. It is stored before it goes out, survives reloads and killed tabs, and goes out once,
 * in the order of each chat (IDM6).
 */
import type { Chat } from '../../protocol/chats.ts'
import type { Event, NewEvent } from '../../protocol/events.ts'
import type { Environment } from '../kit/environment.ts'
import { encode } from '../kit/json.ts'
import { type Failure, failed, refused } from '../wire/failure.ts'
import type { Ask } from './ask.ts'
import {
  added,
  answerOf,
  eventsIn,
  eventsOf,
  failedFor,
  type OutboxAnswer,
  type OutboxEntry,
  type OutboxState,
  realId,
  removed,
  retried,
  settled,
  trimmed,
} from './outbox-entry.ts'
import { createSender } from './outbox-sender.ts'
import { createOutboxStore } from './outbox-store.ts'
import { createPromises } from './promises.ts'

export interface OutboxOptions {
  readonly environment: Environment
  /** Where it is stored, and what its lock and its channel are called. */
  readonly key: string
  readonly ask: Ask
  live(): boolean
  onChange(chat: string): void
  /** Something was said in the chat; it is on its way from now on. */
  onAccept(chat: string): void
  /** A provisional chat has become a real one. */
  onStarted(provisional: string, id: string): void
}

/** Stored by the server, but not yet in the copy of the log. */
export interface Landed {
  readonly chat: string
  readonly event: Event | null
  /** A promise has told of it. */
  readonly promised: boolean
}

export type Started = Extract<OutboxAnswer, { chat: Chat }>
export type Sent = Extract<OutboxAnswer, { event: Event }>

export interface Outbox {
  readonly entries: readonly OutboxEntry[]
  readonly landed: ReadonlyMap<string, Landed>
  /** The entry that is under way. */
  readonly current: string | null
  load(): Promise<void>
  start(chat: string, events: readonly NewEvent[], properties?: Chat['properties']): Promise<Started>
  send(chat: string, event: NewEvent): Promise<Sent>
  retry(customId: string): void
  discard(customId: string): void
  /** The id that a chat has by now. */
  real(chat: string): string
  /** The same, as soon as it has one; rejects when its start was given up. */
  started(chat: string): Promise<string>
  /** When nothing waits in the chat any more. */
  flushed(chat: string): Promise<unknown>
  /** One's own event has come up in the log. True when a promise has told of it. */
  appeared(chat: Chat, event: Event): boolean
  drain(): Promise<void>
  destroy(failure: Failure): void
}

/** IDM4: ids of our own making are ours alone. */
export const ownId = (environment: Environment): string => `~${environment.id()}`

const spot = (chat: string, custom_id: string | undefined) => `${chat} ${custom_id}`
const idOf = (entry: OutboxEntry) => entry.payload.custom_id

export function createOutbox({ environment, key, ask, live, onChange, onAccept, onStarted }: OutboxOptions): Outbox {
  const promises = createPromises<OutboxAnswer>()
  const landed = new Map<string, Landed>()
  let over: Failure | null = null

  const store = createOutboxStore({ environment, key, onShow, onTold })
  const sender = createSender({ environment, key, ask, store, live, onSent, onFailed, onChange })
  const { commit } = store
  const real = (chat: string) => realId(store.state, chat)
  const find = (entry: { readonly ref?: string }) => store.state.entries.find(({ ref }) => ref === entry.ref)

  function onShow(before: OutboxState, { entries, ids }: OutboxState) {
    for (const [provisional, id] of Object.entries(ids)) if (!before.ids[provisional]) onStarted(provisional, id)
    for (const { ref, error } of entries) if (error) promises.reject(ref, refused(error))
    for (const { chat } of [...before.entries, ...entries]) onChange(chat)
  }

  function onTold(told: { readonly ref?: string; readonly answer?: OutboxAnswer }) {
    const entry = find(told)
    if (entry && told.answer) settle(entry, told.answer, false)
    else store.load().then(sender.drain)
  }

  /** The log may have told of it first. */
  async function onSent(entry: OutboxEntry, answer: OutboxAnswer) {
    if (find(entry)) await settle(entry, answer)
  }

  function onFailed(entry: OutboxEntry, failure: Failure): Promise<void> {
    promises.reject(entry.ref, failure)
    return commit(failedFor(entry, failure.body))
  }

  function accept(entry: OutboxEntry): Promise<OutboxAnswer> {
    if (over) return Promise.reject(over)
    onAccept(entry.chat)
    const twin = store.state.entries.find((other) => other.chat === entry.chat && idOf(other) === idOf(entry))
    if (!twin) commit(added(entry)).then(sender.drain)
    else if (encode(twin.payload) !== encode(entry.payload)) {
      return Promise.reject(failed('IDEMPOTENCY_MISMATCH', 'unable to send; custom_id was used with other content', 'idempotency_mismatch'))
    } else if (twin.error) retry(twin)
    return promises.of((twin ?? entry).ref)
  }

  function settle(entry: OutboxEntry, answer: OutboxAnswer, told = true): Promise<void> {
    const chat = 'chat' in answer ? answer.chat.id : answer.chat_id
    const promised = promises.has(entry.ref)
    for (const { custom_id } of eventsOf(entry)) {
      const event = eventsIn(answer).find((other) => other.custom_id === custom_id) ?? null
      landed.set(spot(chat, custom_id), { chat, event, promised })
    }
    const done = commit(settled(entry, chat), told ? { ref: entry.ref, answer } : {})
    promises.resolve(entry.ref, answer)
    return done
  }

  function retry(entry: OutboxEntry) {
    sender.release(entry.chat)
    commit(retried(entry, environment.clock.now())).then(sender.drain)
  }

  /** A start goes only with the last of what it brings and of what waits for it. */
  function discard(entry: OutboxEntry, customId: string) {
    const kept = eventsOf(entry).filter(({ custom_id }) => custom_id !== customId)
    const needed = kept.length > 0 || store.state.entries.some((other) => other !== entry && other.chat === entry.chat)
    if (entry.action === 'start_chat' && needed) return commit(trimmed(entry, kept))
    promises.reject(entry.ref, failed('DISCARDED', 'unable to send; it was discarded', 'validation'))
    return commit(removed(entry))
  }

  const withId = (customId: string) =>
    store.state.entries.filter((entry) => eventsOf(entry).some(({ custom_id }) => custom_id === customId))

  /** A start is known again only by an id of our own making: a caller may use one id in two chats. */
  function brings(entry: OutboxEntry, chat: string, custom_id: string): boolean {
    const here = entry.action === 'start_chat' ? custom_id.startsWith('~') : real(entry.chat) === chat
    return here && eventsOf(entry).some((event) => event.custom_id === custom_id)
  }

  const named = <E extends { readonly custom_id?: string }>(event: E) => ({ ...event, custom_id: event.custom_id ?? ownId(environment) })

  return {
    get entries() {
      return store.state.entries
    },
    get current() {
      return sender.current
    },
    landed,
    async load() {
      await store.load()
      await sender.expire()
    },
    start(chat, events, properties) {
      const thread = { events: events.map(named) }
      const payload = { custom_id: ownId(environment), chat: { thread, ...(properties && { properties }) } }
      return accept({ ref: environment.id(), chat, at: environment.clock.now(), action: 'start_chat', payload }) as Promise<Started>
    },
    send: (chat, event) =>
      accept({
        ref: environment.id(),
        chat: real(chat),
        at: environment.clock.now(),
        action: 'send_event',
        payload: named(event),
      }) as Promise<Sent>,
    retry(customId) {
      for (const entry of withId(customId)) if (entry.error) retry(entry)
    },
    discard(customId) {
      for (const entry of withId(customId)) discard(entry, customId)
    },
    real,
    async started(chat) {
      const start = store.state.entries.find((entry) => entry.action === 'start_chat' && entry.chat === chat)
      if (start) await promises.of(start.ref)
      return real(chat)
    },
    flushed: (chat) =>
      Promise.allSettled(
        store.state.entries.filter((entry) => !entry.error && real(entry.chat) === real(chat)).map(({ ref }) => promises.of(ref)),
      ),
    appeared(chat, event) {
      const { custom_id } = event
      if (!custom_id) return false
      const entry = store.state.entries.find((other) => brings(other, chat.id, custom_id))
      if (entry) settle(entry, answerOf(entry, chat, event))
      const promised = landed.get(spot(chat.id, custom_id))?.promised ?? false
      landed.delete(spot(chat.id, custom_id))
      return promised
    },
    drain: sender.drain,
    destroy(failure) {
      over = failure
      store.close()
      promises.rejectAll(failure)
    },
  }
}

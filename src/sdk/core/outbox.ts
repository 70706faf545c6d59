/**
 * What was sent and has not arrived. It is stored before it goes out, survives reloads and killed tabs, and goes out once,
 * in the order of each chat (IDM6).
 */
import type { Chat } from '../../protocol/chats.ts'
import type { Event, NewEvent } from '../../protocol/events.ts'
import type { Environment } from '../kit/environment.ts'
import { type Failure, failed, refused } from '../wire/failure.ts'
import type { Ask } from './ask.ts'
import { added, type OutboxEntry, type OutboxState, type Outcome, realId, replaced, settled } from './outbox-entry.ts'
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
  /** The server has it, whether the log has told of it or not. */
  onLanded(outcome: Outcome): void
}

export interface Outbox {
  readonly entries: readonly OutboxEntry[]
  /** The entry that is under way. */
  readonly current: string | null
  load(): Promise<void>
  start(chat: string, events: readonly NewEvent[], properties?: Chat['properties']): Promise<Outcome>
  send(chat: string, event: NewEvent): Promise<Outcome>
  retry(customId: string): void
  discard(customId: string): void
  /** The id that a chat has by now. */
  real(chat: string): string
  /** The same, once the start is settled; with `all` once everything that waits in the chat is. */
  arrived(chat: string, all?: boolean): Promise<string>
  /** One's own event has come up in the log. True when a promise tells of it. */
  appeared(chat: Chat, event: Event): boolean
  drain(): Promise<void>
  destroy(failure: Failure): void
}

export function createOutbox({ environment, key, ask, live, onChange, onAccept, onStarted, onLanded }: OutboxOptions): Outbox {
  const { clock } = environment
  const promises = createPromises<Outcome>()
  /** Events that a promise told of, until the log does. */
  const told = new Set<string>()
  let over: Failure | null = null

  const store = createOutboxStore(environment, key, onShow, ({ ref, outcome }) => {
    const entry = find(ref)
    if (entry && outcome) settle(entry, outcome, false)
    else sender.load().then(sender.drain)
  })
  const { commit } = store
  const onSent = async ({ ref }: OutboxEntry, outcome: Outcome) => {
    const entry = find(ref)
    // The log may have told of it first.
    if (entry) await settle(entry, outcome)
  }
  const sender = createSender({ environment, key, ask, store, live, onSent, onFailed, onChange })
  const find = (ref: string | undefined) => store.state.entries.find((entry) => entry.ref === ref)
  const real = (chat: string) => realId(store.state, chat)
  /** IDM4: ids of our own making are ours alone. */
  const ownId = () => `~${environment.id()}`

  function onShow(before: OutboxState, { entries, ids }: OutboxState) {
    for (const [provisional, id] of Object.entries(ids)) if (!before.ids[provisional]) onStarted(provisional, id)
    for (const { ref, error } of entries) if (error) promises.reject(ref, refused(error))
    for (const { chat } of [...before.entries, ...entries]) onChange(chat)
  }

  function accept(chat: string, events: readonly NewEvent[], start?: OutboxEntry['start']): Promise<Outcome> {
    if (over) return Promise.reject(over)
    const ref = environment.id()
    const named = events.map((event) => ({ ...event, custom_id: event.custom_id ?? ownId() }))
    onAccept(chat)
    commit(added({ ref, chat: real(chat), at: clock.now(), events: named, ...(start && { start }) })).then(sender.drain)
    return promises.of(ref)
  }

  function settle(entry: OutboxEntry, outcome: Outcome, tell = true): Promise<void> {
    const { ref } = entry
    if (promises.has(ref)) for (const { custom_id } of entry.events) told.add(`${outcome.chat_id} ${custom_id}`)
    onLanded(outcome)
    const done = commit(settled(entry, outcome.chat_id), tell ? { ref, outcome } : {})
    promises.resolve(ref, outcome)
    return done
  }

  /** With a start everything fails that waits for its chat; with the retry of any of them all are tried again. */
  const withStart = (entry: OutboxEntry) => {
    const whole = store.state.entries.some(({ start, chat }) => start && chat === entry.chat)
    return ({ ref, chat }: OutboxEntry) => ref === entry.ref || (whole && chat === entry.chat)
  }

  function onFailed(entry: OutboxEntry, failure: Failure): Promise<void> {
    const fails = entry.start ? withStart(entry) : ({ ref }: OutboxEntry) => ref === entry.ref
    promises.reject(entry.ref, failure)
    return commit(replaced((other) => (fails(other) ? { ...other, error: failure.body } : other)))
  }

  function retry(entry: OutboxEntry) {
    const goes = withStart(entry)
    const at = clock.now()
    sender.release(entry.chat)
    const anew = ({ error: _, ...other }: OutboxEntry) => ({ ...other, at })
    commit(replaced((other) => (goes(other) ? anew(other) : other))).then(sender.drain)
  }

  /** A start stays, under a new name and without events, while something waits for it. */
  function discard(entry: OutboxEntry) {
    const needed = entry.start && store.state.entries.some(({ ref, chat }) => ref !== entry.ref && chat === entry.chat)
    const rest = needed ? { ...entry, events: [], start: { ...entry.start, custom_id: ownId() } } : null
    promises.reject(entry.ref, failed('DISCARDED', 'unable to send; it was discarded', 'validation'))
    commit(replaced((other) => (other.ref === entry.ref ? rest : other))).then(sender.drain)
  }

  const bringing = (customId: string | undefined) =>
    store.state.entries.filter(({ events }) => events.some(({ custom_id }) => custom_id === customId))

  return {
    get entries() {
      return store.state.entries
    },
    get current() {
      return sender.current
    },
    load: sender.load,
    start: (chat, events, properties) => accept(chat, events, { custom_id: ownId(), ...(properties && { properties }) }),
    send: (chat, event) => accept(chat, [event]),
    retry: (customId) => bringing(customId).forEach(retry),
    discard: (customId) => bringing(customId).forEach(discard),
    real,
    async arrived(chat, all) {
      const waiting = store.state.entries.filter((entry) => !entry.error && real(entry.chat) === real(chat) && (all || entry.start))
      await Promise.allSettled(waiting.map(({ ref }) => promises.of(ref)))
      return real(chat)
    },
    appeared(chat, event) {
      const { custom_id } = event
      for (const entry of bringing(custom_id)) {
        // A start is known again only by an id of our own making: a caller may use one id in two chats.
        const here = entry.start ? custom_id?.[0] === '~' : real(entry.chat) === chat.id
        if (here) settle(entry, { chat_id: chat.id, chat, event })
      }
      return told.delete(`${chat.id} ${custom_id}`)
    },
    drain: sender.drain,
    destroy(failure) {
      over = failure
      store.close()
      promises.rejectAll(failure)
    },
  }
}

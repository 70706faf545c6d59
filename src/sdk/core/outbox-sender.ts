/** Sends what the outbox holds, one at a time and only in one tab, and waits where that may help. */
import { OUTBOX_GIVES_UP_AFTER_MS } from '../../protocol/limits.ts'
import type { Environment } from '../kit/environment.ts'
import { backoff } from '../wire/backoff.ts'
import { asFailure, type Failure, failed } from '../wire/failure.ts'
import type { Ask } from './ask.ts'
import { isProvisional, type OutboxEntry, type Outcome, outcomeOf, realId } from './outbox-entry.ts'
import type { OutboxStore } from './outbox-store.ts'

export interface SenderOptions {
  readonly environment: Environment
  readonly key: string
  readonly ask: Ask
  readonly store: OutboxStore
  live(): boolean
  onSent(entry: OutboxEntry, outcome: Outcome): Promise<void>
  onFailed(entry: OutboxEntry, failure: Failure): Promise<void>
  onChange(chat: string): void
}

export interface Sender {
  /** The entry that is under way. */
  readonly current: string | null
  drain(): Promise<void>
  /** Reads what is stored, and fails what is too old. */
  load(): Promise<void>
  /** The chat's next try need not wait. */
  release(chat: string): void
}

export function createSender({ environment, key, ask, store, live, onSent, onFailed, onChange }: SenderOptions): Sender {
  const { clock } = environment
  /** Chats whose next try has to wait, so that the order in each stays. */
  const blocked = new Map<string, { readonly until: number; readonly failures: number }>()
  let current: string | null = null
  let draining = false
  let again = false

  const real = (chat: string) => realId(store.state, chat)

  async function load() {
    await store.load()
    for (const entry of store.state.entries) {
      const old = !entry.error && clock.now() - entry.at > OUTBOX_GIVES_UP_AFTER_MS
      if (old) await onFailed(entry, failed('SERVICE_UNAVAILABLE', 'unable to send; no try of 24 hours got through', 'service_unavailable'))
    }
  }

  /** The first that may go: what failed stays behind, what is sent to a chat without an id waits for its start. */
  const next = () =>
    store.state.entries.find(
      ({ start, chat, error }) => !error && (start || !isProvisional(real(chat))) && !((blocked.get(real(chat))?.until ?? 0) > clock.now()),
    )

  const post = ({ chat, start, events }: OutboxEntry) => {
    if (!start) return ask('send_event', { chat_id: real(chat), event: events[0] as OutboxEntry['events'][number] })
    const { custom_id, ...properties } = start
    return ask('start_chat', { custom_id, chat: { ...properties, thread: { events: [...events] } } })
  }

  /** Another tab may have sent it meanwhile, so what is stored counts. False when there is nothing to do. */
  async function step(): Promise<boolean> {
    await load()
    const entry = next()
    if (!entry || !live()) return false
    current = entry.ref
    onChange(entry.chat)
    try {
      const outcome = outcomeOf(await post(entry))
      blocked.delete(real(entry.chat))
      await onSent(entry, outcome)
    } catch (error) {
      await troubled(entry, asFailure(error))
    }
    current = null
    onChange(entry.chat)
    return true
  }

  async function troubled(entry: OutboxEntry, failure: Failure) {
    if (!failure.retryable) return onFailed(entry, failure)
    // A lost connection says nothing about the chat: the next one tries at once.
    if (!live()) return
    const chat = real(entry.chat)
    const failures = blocked.get(chat)?.failures ?? 0
    const wait = Number(failure.body.data?.retry_after_ms ?? backoff(failures, environment.random()))
    blocked.set(chat, { until: clock.now() + wait, failures: failures + 1 })
    clock.after(wait, drain)
  }

  async function drain(): Promise<void> {
    again = true
    if (draining) return
    draining = true
    while (again && live()) {
      again = false
      while (live() && (await environment.exclusively(key, step)));
    }
    draining = false
  }

  return {
    get current() {
      return current
    },
    drain,
    load,
    release: (chat) => void blocked.delete(real(chat)),
  }
}

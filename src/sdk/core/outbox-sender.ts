/** Sends what the outbox holds, one at a time and only in one tab, and waits where that may help. */
import type { ErrorBody } from '../../protocol/errors.ts'
import { OUTBOX_GIVES_UP_AFTER_MS } from '../../protocol/limits.ts'
import type { Environment } from '../kit/environment.ts'
import { backoff } from '../wire/backoff.ts'
import { asFailure, type Failure, refused } from '../wire/failure.ts'
import type { Ask } from './ask.ts'
import { isProvisional, type OutboxAnswer, type OutboxEntry, realId } from './outbox-entry.ts'
import type { OutboxStore } from './outbox-store.ts'

export interface SenderOptions {
  readonly environment: Environment
  readonly key: string
  readonly ask: Ask
  readonly store: OutboxStore
  live(): boolean
  onSent(entry: OutboxEntry, answer: OutboxAnswer): Promise<void>
  onFailed(entry: OutboxEntry, failure: Failure): Promise<void>
  onChange(chat: string): void
}

export interface Sender {
  /** The entry that is under way. */
  readonly current: string | null
  drain(): Promise<void>
  /** Fails what is too old. */
  expire(): Promise<void>
  /** The chat's next try need not wait. */
  release(chat: string): void
}

const TOO_OLD: ErrorBody = { type: 'service_unavailable', message: 'unable to send; it could not be delivered for 24 hours' }

export function createSender({ environment, key, ask, store, live, onSent, onFailed, onChange }: SenderOptions): Sender {
  const { clock } = environment
  /** Chats whose next try has to wait, so that the order in each stays. */
  const blocked = new Map<string, { readonly until: number; readonly failures: number }>()
  let current: string | null = null
  let draining = false
  let again = false

  const real = (chat: string) => realId(store.state, chat)

  /** The first that may go: what failed stays behind, what is sent to a chat without an id waits for its start. */
  const next = () =>
    store.state.entries.find(
      ({ action, chat, error }) =>
        !error && (blocked.get(real(chat))?.until ?? 0) <= clock.now() && (action === 'start_chat' || !isProvisional(real(chat))),
    )

  const post = (entry: OutboxEntry): Promise<OutboxAnswer> =>
    entry.action === 'start_chat'
      ? ask('start_chat', entry.payload)
      : ask('send_event', { chat_id: real(entry.chat), event: entry.payload })

  async function expire() {
    for (const entry of store.state.entries) {
      if (!entry.error && clock.now() - entry.at > OUTBOX_GIVES_UP_AFTER_MS) await onFailed(entry, refused(TOO_OLD))
    }
  }

  /** Another tab may have sent it meanwhile, so what is stored counts. False when there is nothing to do. */
  async function step(): Promise<boolean> {
    await store.load()
    await expire()
    const entry = next()
    if (!entry || !live()) return false
    current = entry.ref
    onChange(entry.chat)
    try {
      const answer = await post(entry)
      blocked.delete(real(entry.chat))
      await onSent(entry, answer)
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
    const failures = blocked.get(real(entry.chat))?.failures ?? 0
    const wait = Number(failure.body.data?.retry_after_ms ?? backoff(failures, environment.random()))
    blocked.set(real(entry.chat), { until: clock.now() + wait, failures: failures + 1 })
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
    expire,
    release: (chat) => void blocked.delete(real(chat)),
  }
}

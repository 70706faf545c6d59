/** Sends what the outbox holds, one at a time and only in one tab, and waits where that may help. */
import { OUTBOX_GIVES_UP_AFTER_MS } from '../../protocol/limits.ts'
import { waitAfter } from '../wire/backoff.ts'
import { asFailure, type Failure, stopped } from '../wire/failure.ts'
import type { Context } from './context.ts'
import { isProvisional, type OutboxEntry, type Outcome, outcomeOf } from './outbox-entry.ts'
import type { OutboxStore } from './outbox-store.ts'

export interface Sender {
  /** The entry that is under way. */
  readonly current: string | null
  drain(): Promise<unknown>
  /** Reads what is stored, and fails what is too old. */
  load(): Promise<void>
}

/** `settle` and `fail` hear what became of an entry. */
export function createSender(
  { environment, key, ask, emit, live, decided }: Context,
  store: OutboxStore,
  real: (chat: string) => string,
  settle: (ref: string, outcome: Outcome) => Promise<void>,
  fail: (entry: OutboxEntry, failure: Failure) => Promise<void>,
): Sender {
  const { clock } = environment
  /** Chats whose next try has to wait, so that the order in each stays. The timer ends it, and no look at the clock: a timer keeps whole milliseconds, and a clock may be set. */
  const blocked = new Set<string>()
  /** In a row. */
  let failures = 0
  let current: string | null = null
  let last: Promise<unknown> = Promise.resolve()

  async function load() {
    await store.load()
    for (const entry of store.state.entries) {
      if (entry.error || clock.now() - entry.at <= OUTBOX_GIVES_UP_AFTER_MS) continue
      await fail(entry, stopped('REQUEST_TIMEOUT', 'send', true))
    }
  }

  /** The first that may go: what failed stays behind, what is sent to a chat without an id waits for its start. */
  const next = () =>
    store.state.entries.find(({ start, chat, error }) => !error && (start || !isProvisional(real(chat))) && !blocked.has(real(chat)))

  const post = ({ chat, start, events }: OutboxEntry) =>
    start
      ? ask('start_chat', { ...start, chat: { ...start.chat, thread: { events } } })
      : ask('send_event', { chat_id: real(chat), event: events[0] as OutboxEntry['events'][number] })

  /** Another tab may have sent it meanwhile, so what is stored counts. False when there is nothing to do. */
  async function step(): Promise<boolean> {
    await load()
    const entry = next()
    if (!entry || !decided()) return false
    current = entry.ref
    emit('change', entry.chat)
    try {
      const outcome = outcomeOf(await post(entry))
      failures = 0
      await settle(entry.ref, outcome)
    } catch (error) {
      const failure = asFailure(error)
      if (!failure.retryable) await fail(entry, failure)
      // A lost connection says nothing about the chat: the next one tries at once.
      else if (live()) block(real(entry.chat), failure)
    }
    current = null
    emit('change', entry.chat)
    return true
  }

  function block(chat: string, failure: Failure) {
    blocked.add(chat)
    clock.after(waitAfter(failure, failures++, environment.random()), () => void (blocked.delete(chat) && drain()))
  }

  /** One after another in this tab, and one tab at a time. Where the platform fails, the next goes on. */
  function drain(): Promise<unknown> {
    last = last.then(async () => decided() && (await environment.exclusively(key, all))).catch(() => {})
    return last
  }

  async function all() {
    while (decided() && (await step()));
  }

  return {
    get current() {
      return current
    },
    drain,
    load,
  }
}

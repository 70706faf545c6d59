/** One webhook at work: a few chats at a time, none of which waits for another, and nothing while the endpoint is spared. */
import type { Precondition, Write } from '../store/change.ts'
import type { WebhookCursorRow, WebhookDeliveryRow, WebhookRow } from '../store/webhook-rows.ts'
import type { Outcome } from './attempt.ts'
import { deliverChat } from './chat-queue.ts'
import { AT_ONCE, Health } from './health.ts'
import type { WorkerParts } from './parts.ts'
import { replay } from './replay.ts'

/** When what got through cannot be written down, it is not to be sent again and again. */
const PAUSE_MS = 5000

export class Endpoint {
  readonly parts: WorkerParts
  readonly health: Health
  /** Says that what is under way is to be left. */
  readonly ending: AbortSignal
  #row: WebhookRow
  #ended = false
  /** Chats and replays that are under way. */
  readonly #busy = new Map<string, Promise<void>>()
  #looking = false
  #lookAgain = false
  #replays = true
  #paused_until = 0
  #cancel = () => {}

  constructor(parts: WorkerParts, row: WebhookRow, ending: AbortSignal) {
    this.parts = parts
    this.#row = row
    this.health = new Health(row)
    this.ending = ending
  }

  get row(): WebhookRow {
    return this.#row
  }

  /** Whether nothing new is to be sent. */
  get idle(): boolean {
    return this.#ended || this.#row.disabled_at !== null
  }

  /** As its back end wants it now; what was learnt here is newer than what is written down. */
  update(row: WebhookRow): void {
    if (row.changed_at === this.#row.changed_at && row.disabled_at === this.#row.disabled_at) return
    this.#row = row
    this.health.adopt(row)
  }

  /** Takes nothing more; resolves when what is under way has come to its end. */
  async end(): Promise<void> {
    this.#ended = true
    this.#cancel()
    while (this.#busy.size > 0) await Promise.all(this.#busy.values())
  }

  /** There may be something to do. `replays`: something was asked for again. */
  wake(replays = false): void {
    this.#replays ||= replays
    this.#lookAgain = true
    if (!this.#looking) void this.#look()
  }

  /** Of a chat's queue; false when it has moved on, or the webhook is gone. */
  commit({ webhook_id, chat_id, after_seq }: WebhookCursorRow, writes: readonly Write[]): Promise<boolean> {
    return this.#commit({ holds: 'cursor', webhook_id, chat_id, after_seq }, writes)
  }

  async note(row: WebhookDeliveryRow, also: readonly Write[] = []): Promise<void> {
    await this.#commit({ holds: 'delivery', id: row.id }, [{ write: 'note_delivery', row }, ...also])
  }

  /** What an attempt that began in this round says of the endpoint. */
  learn(outcome: Outcome, chat_id: string, round: number): Write[] {
    const { clock, random, log } = this.parts
    const now = clock.now()
    const set = outcome.delivered ? this.health.succeeded(now) : this.health.failed(outcome, chat_id, round, now, random())
    if (Object.keys(set).length === 0) return []
    const { organization_id, id } = this.#row
    if (set.disabled_at) {
      this.#row = { ...this.#row, disabled_at: set.disabled_at }
      log.warn({ webhook_id: id, organization_id, why: outcome.error }, 'a webhook is disabled; its queue stays')
    }
    return [{ write: 'update', table: 'webhooks', key: { organization_id, id }, set }]
  }

  async #commit(expected: Precondition, writes: readonly Write[]): Promise<boolean> {
    const done = await this.parts.store.commit({ at: this.parts.clock.now(), expect: [expected], writes, idempotency: [] })
    if (done.ok || done.why === 'stale') return done.ok
    throw new Error(`unable to write down a delivery; ${done.why}`)
  }

  async #look(): Promise<void> {
    this.#looking = true
    try {
      while (this.#lookAgain && !this.idle) {
        this.#lookAgain = false
        await this.#take()
      }
    } catch (error) {
      this.#pause(error)
    } finally {
      this.#looking = false
    }
  }

  async #take(): Promise<void> {
    const { store, clock } = this.parts
    const { id } = this.#row
    const now = clock.now()
    this.#cancel()
    if (this.#paused_until > now) return this.#wakeIn(this.#paused_until - now)
    if (this.#replays) await this.#takeReplays()
    if (this.health.retry_at > now) return this.#wakeIn(this.health.retry_at - now)
    const free = this.health.atOnce - this.#busy.size
    if (free <= 0) return
    const due = await store.dueCursors(id, now, AT_ONCE + this.#busy.size)
    const waiting = due.filter(({ chat_id }) => !this.#busy.has(chat_id)).slice(0, free)
    for (const cursor of waiting) this.#begin(cursor.chat_id, () => deliverChat(this, cursor))
    const next = waiting.length < free ? await store.nextCursor(id, now) : null
    if (next !== null) this.#wakeIn(next - now)
  }

  /** Somebody waits for these, also while the endpoint is spared. */
  async #takeReplays(): Promise<void> {
    const { rows } = await this.parts.store.deliveries({
      ...{ webhook_id: this.#row.id, status: 'replaying', from: { offset: 0 }, limit: 2 * AT_ONCE, count: false },
    })
    const waiting = rows.filter(({ id }) => !this.#busy.has(id))
    this.#replays = rows.length > 0
    for (const row of waiting.slice(0, Math.max(0, AT_ONCE - this.#busy.size))) this.#begin(row.id, () => replay(this, row))
  }

  #begin(name: string, work: () => Promise<void>): void {
    if (this.idle) return
    const worked = work()
      .catch((error: unknown) => this.#pause(error))
      .finally(() => {
        this.#busy.delete(name)
        this.wake()
      })
    this.#busy.set(name, worked)
  }

  #wakeIn(ms: number): void {
    this.#cancel()
    if (!this.idle) this.#cancel = this.parts.clock.after(ms, () => this.wake())
  }

  #pause(error: unknown): void {
    if (this.#ended) return
    this.parts.log.error({ err: error, webhook_id: this.#row.id }, 'unable to go on with a webhook')
    this.#paused_until = this.parts.clock.now() + PAUSE_MS
    this.#wakeIn(PAUSE_MS)
  }
}

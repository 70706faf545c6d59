/** How an endpoint does as a whole: whether it is spared for a while, probed by one delivery at a time, or given up (WHK6). */
import { WEBHOOK_GIVES_UP_AFTER_MS } from '../../protocol/limits.ts'
import type { WebhookRow } from '../store/webhook-rows.ts'
import type { Outcome } from './attempt.ts'
import { rest } from './schedule.ts'

/** Chats of one webhook that are delivered at the same time. */
export const AT_ONCE = 8
/** Chats that failed in a row after which it is the endpoint, and not what was sent. */
const SPARED_AFTER = 3
/** How often it is written down that all is well. */
const NOTED_EVERY_MS = 60_000

type Columns = Partial<Pick<WebhookRow, 'failing_since' | 'retry_at' | 'succeeded_at' | 'disabled_at'>>

export class Health {
  #failing_since: number | null = null
  #retry_at: number | null = null
  #succeeded_at: number | null = null
  /** Since anything got through. */
  readonly #failed = new Set<string>()
  #spared = false
  /** Deliveries that are under way at the same moment fail together, which says no more than one. */
  #round = 0

  constructor(row: WebhookRow) {
    this.adopt(row)
  }

  /** As it is written down: at the beginning, and when its back end has changed it. */
  adopt({ failing_since, retry_at, succeeded_at }: WebhookRow): void {
    this.#failing_since = failing_since
    this.#retry_at = retry_at
    this.#succeeded_at = succeeded_at
    this.#spared = retry_at !== null
    this.#failed.clear()
    this.#round++
  }

  get round(): number {
    return this.#round
  }

  /** Until when nothing is sent. */
  get retry_at(): number {
    return this.#retry_at ?? 0
  }

  get atOnce(): number {
    return this.#spared ? 1 : AT_ONCE
  }

  /** Whether anything got through after this moment. */
  succeededSince(at: number): boolean {
    return this.#succeeded_at !== null && this.#succeeded_at > at
  }

  /** What is to be written down of it. */
  succeeded(now: number): Columns {
    const news = this.#failing_since !== null || now - (this.#succeeded_at ?? 0) >= NOTED_EVERY_MS
    this.#spared = false
    this.#failed.clear()
    this.#failing_since = null
    this.#retry_at = null
    if (news) this.#succeeded_at = now
    return news ? { succeeded_at: now, failing_since: null, retry_at: null } : {}
  }

  /** The same of a failure of what began in this round. */
  failed({ gone, retry_after }: Outcome, chat_id: string, round: number, now: number, random: number): Columns {
    if (gone) return { disabled_at: now }
    if (round !== this.#round) return {}
    this.#round++
    if (!this.#spared) this.#spared = this.#failed.add(chat_id).size >= SPARED_AFTER
    this.#failing_since ??= now
    const failing = now - this.#failing_since
    const wait = Math.max(this.#spared ? rest(failing, random) : 0, retry_after ?? 0)
    this.#retry_at = wait > 0 ? now + wait : null
    const dead = failing >= WEBHOOK_GIVES_UP_AFTER_MS
    return { failing_since: this.#failing_since, retry_at: this.#retry_at, ...(dead && { disabled_at: now }) }
  }
}

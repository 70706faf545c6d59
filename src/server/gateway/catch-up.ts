/** What one socket holds of the logs: which chats wait for a catch-up, and up to where others were brought by one (RES2, RES6). */
import type { RequestOf, ResponseOf } from '../../protocol/actions.ts'
import type { RequestFrame } from '../../protocol/envelope.ts'
import type { HeldChat } from '../../protocol/session.ts'
import type { Reply } from '../domain/context.ts'
import { Refusal } from '../domain/refusal.ts'
import { sync, syncUser } from '../domain/sync.ts'
import { writePush } from './frames.ts'
import type { Gateway } from './gateway.ts'
import type { Session } from './session.ts'

interface Push {
  readonly action: string
  readonly payload: { readonly seq: number }
}

interface OwnPush {
  readonly action: string
  readonly payload: { readonly user_seq: number }
}

type Held = readonly { readonly chat_id: string; readonly seq: number }[]

export class CatchUp {
  readonly #gateway: Gateway
  readonly #session: Session
  /** Chats whose pushes wait. Made when first needed, as most sockets need none of these. */
  #withheld: Set<string> | null = null
  /** Chats that a catch-up has brought further than the pushes. */
  #reached: Map<string, number> | null = null
  /** Chats that moved while the login was being answered. */
  #missed: Set<string> | null = null
  #ownMissed = false
  #ownReached = 0

  constructor(gateway: Gateway, session: Session) {
    this.#gateway = gateway
    this.#session = session
  }

  missed(chat_id: string): void {
    this.#missed ??= new Set()
    this.#missed.add(chat_id)
  }

  missedOwn(): void {
    this.#ownMissed = true
  }

  admits(chat_id: string, seq: number): boolean {
    if (this.#withheld?.has(chat_id)) return false
    const reached = this.#reached?.get(chat_id)
    if (reached === undefined) return true
    if (seq <= reached) return false
    this.#reached?.delete(chat_id)
    return true
  }

  admitsOwn(user_seq: number): boolean {
    return !this.#ownMissed && user_seq > this.#ownReached
  }

  /** The login is answered: what moved waits for `sync`, and what moved while it was being answered is brought now. */
  begin(held: Held, changed: readonly HeldChat[], user_seq: number): void {
    this.#ownReached = user_seq
    for (const { chat_id, status } of changed) if (status === 'moved') this.#withhold(chat_id)
    const named = new Set(changed.map(({ chat_id }) => chat_id))
    for (const { chat_id, seq } of held) {
      if (!this.#missed?.has(chat_id) || named.has(chat_id)) continue
      this.#withhold(chat_id)
      this.#inOrder(chat_id, () => this.#bring(chat_id, seq))
    }
    this.#missed = null
    if (this.#ownMissed) this.#gateway.fanout.inUserOrder(this.#organization, this.#session.reader.user_id, () => this.#bringOwn())
  }

  /** A page that reaches the head makes a waiting chat live: the answer takes its place among the chat's pushes, which follow it. */
  answered(request: RequestFrame, payload: unknown, answer: Reply['answer']): void {
    const { chat_id, after } = payload as RequestOf<'sync'>
    const { entries, seq } = answer as ResponseOf<'sync'>
    const reached = (entries.at(-1) as Push | undefined)?.payload.seq ?? after
    if (!this.#withheld?.has(chat_id) || reached < seq) return this.#session.requests.answer(request, answer)
    this.#inOrder(chat_id, async (seen) => {
      this.#session.requests.answer(request, answer)
      // Nothing was handed out since the page was read, if nothing was handed out at all.
      if (seen) await this.#bring(chat_id, reached)
      else this.#release(chat_id, reached)
    })
  }

  /** The chat that was to be caught up with is to be loaded anew, or is gone: its pushes need not wait any more. */
  refused(payload: unknown, error: unknown): void {
    const final = error instanceof Refusal && ['history_reset', 'missing_access', 'not_found'].includes(error.type)
    if (final) this.#withheld?.delete((payload as RequestOf<'sync'>).chat_id)
  }

  /** Pushes what lies behind `after`, then lets the chat's pushes flow from there. */
  async #bring(chat_id: string, after: number): Promise<void> {
    let reached = after
    try {
      for (let head = after + 1; reached < head && !this.#session.ended; ) {
        const { answer } = await sync(this.#session.ctx, { chat_id, after: reached })
        const { entries, seq } = answer as ResponseOf<'sync'>
        for (const entry of entries) this.#session.send(writePush(entry as Push), true)
        reached = (entries.at(-1) as Push | undefined)?.payload.seq ?? seq
        head = seq
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    } finally {
      this.#release(chat_id, reached)
    }
  }

  async #bringOwn(): Promise<void> {
    for (let head = this.#ownReached + 1; this.#ownReached < head && !this.#session.ended; ) {
      const { answer } = await syncUser(this.#session.ctx, { after: this.#ownReached })
      const page = answer as ResponseOf<'sync_user'>
      for (const entry of page.entries) this.#session.send(writePush(entry as OwnPush), true)
      this.#ownReached = (page.entries.at(-1) as OwnPush | undefined)?.payload.user_seq ?? page.head
      head = page.head
    }
    this.#ownMissed = false
  }

  #withhold(chat_id: string): void {
    this.#withheld ??= new Set()
    this.#withheld.add(chat_id)
  }

  #release(chat_id: string, reached: number): void {
    this.#withheld?.delete(chat_id)
    this.#reached ??= new Map()
    this.#reached.set(chat_id, reached)
  }

  #inOrder(chat_id: string, task: (seen: boolean) => Promise<void>): void {
    this.#gateway.fanout.inChatOrder(this.#organization, chat_id, task)
  }

  get #organization(): string {
    return this.#session.ctx.principal.organization_id
  }
}

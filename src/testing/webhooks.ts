/** An organization with webhooks and a worker that tells them, over a network in memory and by a clock that a test holds. */
import type { Webhook, WebhookDelivery, WebhookMessage } from '../protocol/webhooks.ts'
import type { Write } from '../server/store/change.ts'
import type { Store } from '../server/store/store.ts'
import { type Hints, overheard } from '../server/worker/hints.ts'
import type { Answer, Counted, Fields, Post } from '../server/worker/parts.ts'
import { createWorker, type Worker } from '../server/worker/worker.ts'
import { createClock, type FakeClock } from './clock.ts'
import { someAddresses } from './factories.ts'
import { ACME, openOrganization, type TestOrganization } from './organization.ts'
import { createRandom } from './random.ts'
import { quiet, turns } from './turns.ts'

/** What came out at an endpoint. */
export interface Posted {
  readonly at: number
  readonly id: string
  readonly chat: string
  readonly seq: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly message: WebhookMessage
}

/** How an endpoint answers: with a status and perhaps a wish, by closing the socket, or never. */
export type Manner = number | { readonly status: number; readonly retry_after: string } | 'close' | 'hang'

export class Sink {
  readonly posts: Posted[] = []
  manner: Manner | ((post: Posted) => Manner) = 204
  /** Under way at the same moment, now and at most. */
  open = 0
  most = 0

  /** `chat 3` for each, in the order in which they came. */
  get told(): string[] {
    return this.posts.map(({ chat, seq }) => `${chat} ${seq}`)
  }

  async take(post: Posted, signal: AbortSignal): Promise<Answer> {
    this.posts.push(post)
    this.most = Math.max(this.most, ++this.open)
    try {
      await turns(1)
      const manner = typeof this.manner === 'function' ? this.manner(post) : this.manner
      if (manner === 'close') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
      if (manner === 'hang') await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      return typeof manner === 'number' ? { status: manner, retry_after: null } : (manner as Answer)
    } finally {
      this.open--
    }
  }
}

export const URL_OF = (name: string): string => `https://${name}.test/hook`

/** An organization with a worker. Its own clock stands; the worker's is `time`. */
export class Hooks {
  readonly time: FakeClock
  readonly counted: Counted[] = []
  /** What the worker complained of. */
  readonly said: string[] = []
  /** Whether there is no space for what the worker writes. */
  refuse = false
  readonly organization: TestOrganization
  readonly #store: Store
  readonly #sinks = new Map<string, Sink>()
  readonly #authors = new Map<string, string>()
  readonly #random = createRandom('webhooks')
  #worker: Worker
  #die = () => {}
  #happened = 0

  private constructor(organization: TestOrganization) {
    this.organization = organization
    const store = { ...organization.store }
    this.#store = store
    this.time = createClock({ settle: () => this.rest() })
    this.#worker = this.#begin()
    // Whoever lives hears what everyone else commits.
    const hints: Hints = {
      appended: (id) => this.#worker.hints.appended(id),
      changed: (id) => this.#worker.hints.changed(id),
      asked: (id) => this.#worker.hints.asked(id),
    }
    Object.assign(organization.store, overheard(store, hints))
  }

  static async open(): Promise<Hooks> {
    const hooks = new Hooks(await openOrganization())
    await hooks.worker.start()
    return hooks
  }

  get worker(): Worker {
    return this.#worker
  }

  get store(): Store {
    return this.organization.store
  }

  get serve(): TestOrganization['serve'] {
    return this.organization.serve
  }

  sink(name: string): Sink {
    const known = this.#sinks.get(URL_OF(name)) ?? new Sink()
    this.#sinks.set(URL_OF(name), known)
    return known
  }

  /** Registers a sink, and waits until the worker knows it. */
  async register(name: string, request: object = {}): Promise<string> {
    this.sink(name)
    const { webhook } = await this.serve('register_webhook', { url: URL_OF(name), ...request })
    await this.rest()
    return webhook.id
  }

  /** A support chat of a customer of its own, with so many messages. */
  async chat(id: string, messages = 0): Promise<void> {
    const { id: user_id } = await this.organization.customer(`customer of ${id}`)
    this.#authors.set(id, user_id)
    const described = { organization_id: ACME, kind: 'support', name: null, joinable: false, history: false, properties: {} } as const
    await this.commit(
      { write: 'create_chat', chat_id: id, ...described, created_by: user_id, members: [{ user_id, user_type: 'customer' }] },
      { write: 'open_thread', chat_id: id, thread_id: `${id}-t`, by: user_id, properties: {} },
    )
    await this.say(id, messages)
    await this.rest()
  }

  async say(chat: string, count = 1): Promise<void> {
    const author_id = this.#authors.get(chat) ?? null
    for (let at = 0; at < count; at++) {
      await this.commit({
        ...{ write: 'add_event', chat_id: chat, thread_id: `${chat}-t`, type: 'message', audience: 'all', author_id, custom_id: null },
        ...{ fingerprint: null, text: `said in ${chat}`, content: null, file_ids: [], properties: null, waiting: 'same' },
      })
    }
  }

  async commit(...writes: Write[]): Promise<void> {
    const done = await this.store.commit({ at: this.time.now(), expect: [], writes, idempotency: [] })
    if (!done.ok) throw new Error(`unable to write; ${done.why}`)
  }

  async webhook(id: string): Promise<Webhook | undefined> {
    return (await this.serve('list_webhooks', {})).data.find((one) => one.id === id)
  }

  async deliveries(webhook_id: string): Promise<WebhookDelivery[]> {
    return (await this.serve('list_webhook_deliveries', { webhook_id, limit: 100 })).data
  }

  /** Moves the clock on until it is so. */
  async until(isSo: () => Promise<boolean>, within: number, step = 60_000): Promise<void> {
    for (let passed = 0; !(await isSo()); passed += step) {
      if (passed > within) throw new Error(`it is not so after ${within} ms`)
      await this.time.advance(step)
    }
  }

  /** Until nothing waits. */
  drained(within = 3_600_000): Promise<void> {
    return this.until(async () => (await this.store.cursors(1)) === 0, within)
  }

  rest(): Promise<void> {
    const { stats } = this.#store
    return quiet({ total: () => this.#happened + stats().changes, busy: () => stats().waiting > 0 })
  }

  /** What becomes of a process that is killed: nothing is waited for, and another takes its place. */
  async restart(): Promise<void> {
    this.#die()
    this.#worker = this.#begin()
    await this.#worker.start()
    await this.rest()
  }

  async close(): Promise<void> {
    const stopped = this.#worker.stop()
    await this.time.advance(1000)
    await stopped
    await this.organization.close()
  }

  #begin(): Worker {
    let dead = false
    this.#die = () => {
      dead = true
    }
    const tell = (_: Fields, message: string) => void (dead || this.said.push(message))
    const commit: Store['commit'] = async (change) => {
      // From its death on, nothing of what it wanted is written.
      if (dead) return new Promise<never>(() => {})
      return this.refuse ? { ok: false, why: 'full' } : this.#store.commit(change)
    }
    return createWorker({
      store: { ...this.#store, commit },
      send: (post, signal) => this.#send(post, signal),
      clock: { now: this.time.now, after: (ms, callback) => this.time.after(ms, () => void (dead || callback())) },
      log: { warn: tell, error: tell },
      files: () => someAddresses,
      random: () => this.#random.next(),
      count: (outcome) => void (dead || this.counted.push(outcome)),
    })
  }

  #send({ url, headers, body }: Post, signal: AbortSignal): Promise<Answer> {
    this.#happened++
    const message = JSON.parse(body) as WebhookMessage
    const { chat_id, seq } = message.data as { chat_id?: string; seq?: number }
    const post = { at: this.time.now(), id: headers['webhook-id'] ?? '', chat: chat_id ?? '', seq: seq ?? 0, headers, body, message }
    const sink = this.#sinks.get(url)
    return sink ? sink.take(post, signal) : Promise.reject(Object.assign(new Error('nobody is there'), { code: 'ENOTFOUND' }))
  }
}

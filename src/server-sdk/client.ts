/** One request after another over HTTP: tried again where that may help, and never done twice. */
import { randomUUID } from 'node:crypto'
import { ConnectionError, type NetworkError, PorchlightError, refusalOf, TimeoutError } from './errors.ts'
import type { RequestOptions } from './options.ts'

/** All that comes from outside. */
export interface Means {
  readonly fetch: typeof fetch
  /** From 0 up to 1. */
  random(): number
  /** Resolves after so many ms, or rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>
}

export interface Settings {
  baseUrl: string
  readonly apiKey: string | undefined
  readonly timeout: number
  readonly maxRetries: number
}

/** How long to wait at most before the first retry, and before any. */
const FIRST_MS = 500
const LONGEST_MS = 30_000

export type Body = NonNullable<RequestInit['body']>

/** The body is made anew for each try; where that cannot be, it is not `repeatable`, and there is one try only. */
export interface Asked {
  readonly method: 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  body(): Body
  readonly repeatable: boolean
}

export class Client {
  readonly settings: Settings
  readonly #means: Means

  constructor(settings: Settings, means: Means) {
    this.settings = settings
    this.#means = means
  }

  /** Asks for an action. `write`: it takes an idempotency key. */
  async act<T>(action: string, payload: object, write: boolean, options: RequestOptions = {}): Promise<T> {
    const key = write && options.idempotencyKey === undefined ? randomUUID() : options.idempotencyKey
    const headers = { 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) }
    const text = JSON.stringify(payload)
    // Without a key nobody knows whether a write that got no answer was done.
    const repeatable = !write || Boolean(key)
    return this.ask<T>({ method: 'POST', url: this.addressOf(action), headers: this.#with(headers), body: () => text, repeatable }, options)
  }

  addressOf(action: string): string {
    return `${this.settings.baseUrl}/v1/server/action/${action}`
  }

  /** The key that lets in. */
  #with(headers: Record<string, string>): Record<string, string> {
    const { apiKey } = this.settings
    if (apiKey === undefined) throw invalid('apiKey is missing', 'missing_api_key')
    return { ...headers, authorization: `Bearer ${apiKey}` }
  }

  /** A form with a file in it. */
  form<T>(action: string, form: () => FormData, repeatable: boolean, options: RequestOptions): Promise<T> {
    return this.ask<T>({ method: 'POST', url: this.addressOf(action), headers: this.#with({}), body: form, repeatable }, options)
  }

  async ask<T>(asked: Asked, { signal, timeout = this.settings.timeout }: RequestOptions): Promise<T> {
    if (!isTimeout(timeout)) throw invalid('timeout is no whole number of milliseconds that a timer can wait', 'validation')
    const tries = asked.repeatable ? this.settings.maxRetries + 1 : 1
    for (let tried = 1; ; tried++) {
      const outcome = await this.#try<T>(asked, timeout, signal)
      if ('answer' in outcome) return outcome.answer
      if (!outcome.again || tried >= tries) throw outcome.error
      await this.#means.wait(this.#pause(tried, outcome.retryAfterMs), signal)
    }
  }

  /** Full jitter: somewhere between nothing and twice as long as the time before; never sooner than the server says. */
  #pause(tried: number, retryAfterMs: number): number {
    return Math.max(retryAfterMs, this.#means.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** (tried - 1)))
  }

  async #try<T>({ method, url, headers, body }: Asked, timeout: number, signal: AbortSignal | undefined): Promise<Outcome<T>> {
    signal?.throwIfAborted()
    const clock = AbortSignal.timeout(timeout)
    const both = signal ? anyOf(signal, clock) : clock
    try {
      const init = { method, headers, body: body(), signal: both, redirect: 'error', duplex: 'half' } as RequestInit
      return await this.#read<T>(await this.#means.fetch(url, init))
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof PorchlightError) return { error, again: false, retryAfterMs: 0 }
      return { error: networkError(error, clock.aborted, timeout), again: true, retryAfterMs: 0 }
    }
  }

  async #read<T>(response: Response): Promise<Outcome<T>> {
    const text = await response.text()
    const value = parse(text)
    if (response.ok && value !== undefined) return { answer: value as T }
    const retryAfterMs = pauseOf(response.headers.get('retry-after'), value)
    const requestId = response.headers.get('x-request-id') ?? undefined
    const status = response.ok ? 502 : response.status
    const error = refusalOf(status, value, this.settings.baseUrl, requestId, retryAfterMs)
    return { error, again: status === 429 || status >= 500, retryAfterMs }
  }
}

const invalid = (why: string, code: string) => new PorchlightError(`unable to ask the server; ${why}`, { code })

/** What no timer can wait is waited for not at all, or refused by the runtime in words of its own. */
export const isTimeout = (ms: number): boolean => Number.isInteger(ms) && ms > 0 && ms < 2 ** 31

type Outcome<T> = { readonly answer: T } | { readonly error: PorchlightError; readonly again: boolean; readonly retryAfterMs: number }

function networkError(cause: unknown, late: boolean, timeout: number): NetworkError {
  if (late) return new TimeoutError(`unable to reach the server; no answer came within ${timeout} ms`, { code: 'timeout', cause })
  return new ConnectionError('unable to reach the server; the connection failed', { code: 'connection', cause })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** In ms: exactly as the body says, or in whole seconds or until a date as the header does. */
function pauseOf(header: string | null, body: unknown): number {
  const said = (body as { error?: { data?: { retry_after_ms?: unknown } } } | undefined)?.error?.data?.retry_after_ms
  if (typeof said === 'number') return said
  if (header === null) return 0
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}

/** `AbortSignal.any`, which Node 18 does not have. */
function anyOf(...signals: readonly AbortSignal[]): AbortSignal {
  if ('any' in AbortSignal) return AbortSignal.any([...signals])
  const controller = new AbortController()
  for (const signal of signals as readonly AbortSignal[]) {
    if (signal.aborted) controller.abort(signal.reason)
    signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true })
  }
  return controller.signal
}

/** Node's own means; tests bring others. */
export const ownMeans = (given: typeof fetch | undefined): Means => ({
  fetch: given ?? globalThis.fetch,
  random: Math.random,
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }, ms)
      if (signal?.aborted) stop()
      else signal?.addEventListener('abort', stop, { once: true })
    }),
})

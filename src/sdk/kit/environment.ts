/** Everything that comes to the SDK from outside: network, time, chance, storage and the page's state. Nothing else in `sdk` touches a global. */
import type { Link, LinkEvents } from './link.ts'

/** A key-value store that outlives the page, or only seems to when the page may store nothing. Values survive structured clone. */
export interface Storage {
  get<T>(key: string): Promise<T | undefined>
  /** `undefined` removes. What is set is on its way even if the page goes away now. */
  set(key: string, value: unknown): Promise<void>
  /** Reads and writes in one transaction, so that two tabs cannot overwrite each other. */
  update<T>(key: string, change: (old: T | undefined) => T): Promise<void>
  /** What pages that are gone, or others, have set under keys that begin so. */
  left<T>(prefix: string): Promise<readonly T[]>
  /** False when what is written is gone with the page. */
  durable: boolean
  /** Is told once when what is written from now on is gone with the page, against all expectation. */
  onLost?: () => void
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | null
  /** Tells when nobody waits for the answer any more. */
  readonly signal?: AbortSignal
}

export interface HttpResponse {
  readonly status: number
  readonly body: string
}

export interface Clock {
  /** Unix time in ms. */
  now(): number
  /** Calls back once; returns the way to cancel. Only when it `matters` does a program that has nothing else to do wait for it. */
  after(ms: number, callback: () => void, matters?: boolean): () => void
}

export interface Environment {
  readonly clock: Clock
  readonly storage: Storage
  /** Opens a socket. Throws nothing: a socket that cannot be opened closes. Null where the runtime has none, or none for such an address. */
  openLink(url: string, events: LinkEvents): Link | null
  /** Rejects only when no answer came, or was waited for. */
  fetch(request: HttpRequest): Promise<HttpResponse>
  /** A number from 0 up to 1, for jitter. */
  random(): number
  /** At least 128 unguessable bits, as text without separators. */
  id(): string
  /** Calls back when the platform wakes or the network returns (`online`, `visibilitychange`, `pageshow`), and when it says it is gone. Returns the way to stop. */
  onWake(wake: () => void, gone: () => void): () => void
  /**
   * Runs the task while this tab alone holds the name, so that of several tabs one sends. Where the platform has no
   * locks the task runs at once: ids make a double send harmless.
   */
  exclusively<T>(name: string, task: () => Promise<T>): Promise<T>
  /** Hears what the other tabs of the same origin post, and posts to them; where there is no such thing nobody hears. After `close` nothing is posted. */
  openChannel(name: string, receive: (message: unknown) => void): Channel
  /** In the place of the platform's own way to send a file. */
  readonly upload?: Upload
}

/**
 * Posts a form whose only part is `file`: what the platform has for one, as it is. Rejects only when no answer came, or
 * was waited for; `onProgress` hears how much has gone out, from 0 to 1, where the platform tells.
 */
export type Upload = (
  url: string,
  authorization: string,
  file: unknown,
  signal: AbortSignal,
  onProgress: (part: number) => void,
) => Promise<HttpResponse>

export interface Channel {
  post(message: unknown): void
  close(): void
}

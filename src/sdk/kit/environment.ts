/** Everything that comes to the SDK from outside: network, time, chance, storage and the page's state. Nothing else in `sdk` touches a global. */
import type { Link, LinkEvents } from './link.ts'

/** A key-value store that outlives the page, or only seems to when the page may store nothing. Values survive structured clone. */
export interface Storage {
  get<T>(key: string): Promise<T | undefined>
  set(key: string, value: unknown): Promise<void>
  /** Reads and writes in one transaction, so that two tabs cannot overwrite each other. */
  update<T>(key: string, change: (old: T | undefined) => T): Promise<void>
  remove(key: string): Promise<void>
  /** False when what is written is gone with the page. */
  readonly durable: boolean
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface HttpResponse {
  readonly status: number
  readonly body: string
  header(name: string): string | null
}

export interface Clock {
  /** Unix time in ms. */
  now(): number
  /** Calls back once; returns the way to cancel. */
  after(ms: number, callback: () => void): () => void
}

export interface Environment {
  readonly clock: Clock
  readonly storage: Storage
  /** Opens a socket. Throws nothing: a socket that cannot be opened closes. Null where the runtime has no sockets. */
  openLink(url: string, events: LinkEvents): Link | null
  /** Rejects only when no answer came. */
  fetch(request: HttpRequest): Promise<HttpResponse>
  /** A number from 0 up to 1, for jitter. */
  random(): number
  /** At least 128 unguessable bits, as text without separators. */
  id(): string
  /** False while the platform knows it is offline. */
  online(): boolean
  /** Calls back when the platform wakes or the network returns (`online`, `visibilitychange`, `pageshow`), and when it says it is gone. Returns the way to stop. */
  onWake(wake: () => void, gone: () => void): () => void
  /**
   * Runs the task while this tab alone holds the name, so that of several tabs one sends. Where the platform has no
   * locks the task runs at once: ids make a double send harmless.
   */
  exclusively<T>(name: string, task: () => Promise<T>): Promise<T>
  /** Tells the other tabs of the same origin; without a channel nobody hears. */
  broadcast(name: string, message: unknown): void
  onBroadcast(name: string, receive: (message: unknown) => void): () => void
}

// The few web names that every runtime has, in the smallest shape we use; anything else comes through the environment.
declare class AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
  throwIfAborted(): void
}
declare class AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare class FormData {
  append(name: string, value: unknown): void
}
declare class URL {
  constructor(url: string, base?: string)
  readonly searchParams: URLSearchParams
  readonly origin: string
  host: string
  pathname: string
  protocol: string
  toString(): string
}
declare class URLSearchParams {
  constructor(init?: Record<string, string> | string)
  get(name: string): string | null
  set(name: string, value: string): void
  toString(): string
}
declare class TextEncoder {
  encode(text: string): Uint8Array
}
declare function queueMicrotask(callback: () => void): void
declare function structuredClone<T>(value: T): T

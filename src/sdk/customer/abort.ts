/** Signals that end a call: `{signal}`, its last argument. */

/** Tells of the abort with the signal's own reason; throws that where it was aborted before. */
export function onAbort(signal: AbortSignal | undefined, stop: (reason: unknown) => void): void {
  signal?.throwIfAborted()
  signal?.addEventListener('abort', () => stop(signal.reason))
}

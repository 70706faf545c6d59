/** Signals that end a call: `{signal}`, its last argument. */

/** `stop` hears the signal's own reason. What was aborted before does not begin, and what is over listens no more. */
export async function abortable<T>(signal: AbortSignal | undefined, stop: (reason: unknown) => void, begin: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted()
  const abort = () => stop(signal?.reason)
  signal?.addEventListener('abort', abort)
  return begin().finally(() => signal?.removeEventListener('abort', abort))
}

/** Asking again where that may help, as when the link was lost: a program has nobody who would press *retry*. */
import { STREAM_ABANDONED_MS } from '../../protocol/limits.ts'
import type { Environment } from '../kit/environment.ts'
import { waitAfter } from '../wire/backoff.ts'
import { asFailure } from '../wire/failure.ts'

/** Whoever is asked to wait longer has been told no. */
const PATIENCE_MS = 5_000

/** What is asked has to mean the same each time. Rejects with what cannot be retried, or not in time. */
export async function insist<T>({ clock, random }: Pick<Environment, 'clock' | 'random'>, ask: () => Promise<T>): Promise<T> {
  const until = clock.now() + STREAM_ABANDONED_MS
  for (let failures = 0; ; failures++) {
    try {
      return await ask()
    } catch (error) {
      const failure = asFailure(error)
      const wait = waitAfter(failure, failures, random())
      const isNo = (failure.body.data?.retry_after_ms ?? 0) > PATIENCE_MS
      if (!failure.retryable || isNo || clock.now() + wait > until) throw failure
      await new Promise<void>((resolve) => void clock.after(wait, resolve))
    }
  }
}

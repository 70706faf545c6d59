/** Sending what failed once more, because somebody says so. */
import type { Clock } from '../kit/environment.ts'
import type { Outbox } from './outbox.ts'

/** By the custom id of an event, or the provisional id of a chat whose start has failed. */
export type Retry = (name: string) => void

export const createRetry =
  (outbox: Outbox, clock: Clock): Retry =>
  (name) => {
    const at = clock.now()
    for (const entry of outbox.bringing(name)) outbox.change(entry, ({ error: _, ...other }) => ({ ...other, at })).then(outbox.drain)
  }

/** CON11: how long to wait before the next try, with full jitter, so that clients do not come back all at once. */

import type { Failure } from './failure.ts'

export const MAX_WAIT_MS = 30_000
const FIRST_WAIT_MS = 500

/** `failures` in a row so far; `chance` from 0 up to 1. */
export const backoff = (failures: number, chance: number, first = FIRST_WAIT_MS, most = MAX_WAIT_MS): number =>
  chance * Math.min(most, first * 2 ** failures)

/** As long as the refusal asks for, or else ever longer. */
export const waitAfter = ({ body }: Failure, failures: number, chance: number): number =>
  body.data?.retry_after_ms ?? backoff(failures, chance)

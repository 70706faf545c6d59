/** What callers get wrong, found before anything is sent. */
import { type Failure, failed } from '../wire/failure.ts'

export const invalid = (reason: string): Failure =>
  Object.assign(failed('INVALID_ARGS', `unable to call; ${reason}`, 'validation'), { reason })

/** Rejects rather than throws: these are the arguments of calls that promise something. */
export function check(holds: unknown, reason: string): void {
  if (!holds) throw invalid(reason)
}

export const checkPage = (offset: number, limit: number, max: number): void =>
  check([offset, limit].every(Number.isInteger) && offset >= 0 && limit > 0 && limit <= max, `offset is below 0, or limit over ${max}`)

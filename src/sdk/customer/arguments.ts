/** What callers get wrong, found before anything is sent. */
import { type Failure, failed } from '../wire/failure.ts'

export const invalid = (reason: string): Failure => failed('INVALID_ARGS', `unable to call; ${reason}`, 'validation', reason)

/** Rejects rather than throws: these are the arguments of calls that promise something. */
export function check(holds: boolean, reason: string): void {
  if (!holds) throw invalid(reason)
}

export const checkId = (name: string, id: unknown): void => check(typeof id === 'string' && id !== '', `${name} is no id`)

export function checkPage({ offset = 0, limit }: { offset?: number; limit: number }, max: number): void {
  check(Number.isInteger(offset) && offset >= 0, 'offset is no number from 0 up')
  check(Number.isInteger(limit) && limit >= 1 && limit <= max, `limit is not between 1 and ${max}`)
}

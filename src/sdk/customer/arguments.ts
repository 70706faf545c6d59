/** What callers get wrong, found before anything is sent. */
import { type Failure, failed } from '../wire/failure.ts'

/** `field` says what they got wrong, and how much would do. */
export function invalid(field: string): Failure {
  const reason = `${field} is missing or wrong`
  return Object.assign(failed('INVALID_ARGS', `unable to call; ${reason}`, 'validation'), { reason })
}

/** Rejects rather than throws: these are the arguments of calls that promise something. */
export function check(holds: unknown, field: string): void {
  if (!holds) throw invalid(field)
}

export const isText = (given: unknown): boolean => typeof given === 'string' && given !== ''
export const isServer = (given: unknown): boolean => /^https?:\/\/[^\s"/?#]+[^\s?#]*$/.test(given as string)
export const isFunction = (given: unknown): boolean => typeof given === 'function'

export const checkPage = (offset: number, limit: number, max: number): void =>
  check(offset >>> 0 === offset && limit >>> 0 === limit && limit && limit <= max, `offset or limit (at most ${max})`)

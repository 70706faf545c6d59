/** How long a customer has waited, in words short enough for a row, and whether that is long. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** From here on a wait stands out. */
const LONG = 5 * MINUTE

export interface Waiting {
  /** Null below a minute, which is no wait yet. */
  readonly amount: number | null
  readonly unit: 'minute' | 'hour' | 'day'
  readonly long: boolean
}

/** A clock that is behind the server's must not show a negative wait. */
export function waitingOf(since: string, now: number): Waiting {
  const ms = Math.max(0, now - Date.parse(since))
  const long = ms >= LONG
  if (ms < MINUTE) return { amount: null, unit: 'minute', long }
  if (ms < HOUR) return { amount: Math.floor(ms / MINUTE), unit: 'minute', long }
  if (ms < DAY) return { amount: Math.floor(ms / HOUR), unit: 'hour', long }
  return { amount: Math.floor(ms / DAY), unit: 'day', long }
}

/** `3 min`, `2 hr`, `4 days`, as the reader's language writes them; null below a minute. */
export function waitingWords({ amount, unit }: Waiting, locale?: string): string | null {
  if (amount === null) return null
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount)
}

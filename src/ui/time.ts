/** Times as people read them, in the reader's language and zone. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs far more than using it, and a log asks for the same one on every row. */
function formatted(at: string | number | Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${JSON.stringify(options)}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, format)
  return format.format(new Date(at))
}

/** `07:05`, `7:05 AM`: the region says whether hours take two digits. */
export function timeOfDay(at: string, locale: string): string {
  return formatted(at, locale, { timeStyle: 'short' })
}

/** The day as a heading: `today`, `yesterday`, `Monday`, `3 March`, `3 March 2024`. */
export function dayName(at: string, now: number, locale: string): string {
  const date = new Date(at)
  const days = daysBetween(date, new Date(now))
  if (days === 0 || days === 1) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day')
  if (days > 1 && days < 7) return formatted(date, locale, { weekday: 'long' })
  const year = date.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const }
  return formatted(date, locale, { day: 'numeric', month: 'long', ...year })
}

/** Relative under a day (`now`, `5 min. ago`, `3 hr. ago`), then a date. */
export function relativeTime(at: string, now: number, locale: string): string {
  const date = new Date(at)
  const age = now - date.getTime()
  if (age < DAY) {
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
    if (age < MINUTE) return relative.format(0, 'second')
    return age < HOUR ? relative.format(-Math.floor(age / MINUTE), 'minute') : relative.format(-Math.floor(age / HOUR), 'hour')
  }
  const year = date.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const }
  return formatted(date, locale, { day: 'numeric', month: 'short', ...year })
}

/** The whole of it, for a title or a machine. */
export function fullTime(at: string, locale: string): string {
  return formatted(at, locale, { dateStyle: 'full', timeStyle: 'short' })
}

/** The local calendar day, as something to compare. */
export function dayOf(at: string): string {
  return new Date(at).toDateString()
}

/** Calendar days, not stretches of 24 hours; rounding swallows the hour that summer time moves. */
function daysBetween(earlier: Date, later: Date): number {
  return Math.round((midnight(later) - midnight(earlier)) / DAY)
}

function midnight(date: Date): number {
  return new Date(date).setHours(0, 0, 0, 0)
}

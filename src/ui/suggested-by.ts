/** The answers that one may choose from by now. */
import type { EventItem, LogItem } from './log-item.ts'

const NONE: readonly string[] = []

/** Of what was said last, if others did: whoever has answered is asked nothing more. */
export function suggestedBy(items: readonly LogItem[]): readonly string[] {
  const [last] = items.filter((item): item is EventItem => item.kind === 'event').slice(-1)
  if (!last || last.own || last.event.deleted_at) return NONE
  return last.event.quick_replies ?? NONE
}

/** Turns the items of a log into the rows that are drawn: days apart, messages of one author in groups. */
import type { EventItem, LineItem, LogItem } from './log-item.ts'
import { dayOf } from './time.ts'

/** Messages of one author closer than this stand as one group. */
const GROUP_MS = 120_000

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  /** What follows was not seen before. */
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'line'; readonly key: string; readonly item: LineItem }
  | { readonly kind: 'notice'; readonly key: string; readonly item: EventItem }
  | {
      readonly kind: 'message'
      readonly key: string
      readonly item: EventItem
      /** First and last of its group: the first carries the author's name, the last the time. */
      readonly first: boolean
      readonly last: boolean
    }

/** `before` is the item ahead of the window, so that its first row knows whether a day or a group began with it. The new begins with the item of `firstNew`. */
export function toRows(items: readonly LogItem[], before: LogItem | undefined, firstNew?: string): Row[] {
  const rows: Row[] = []
  items.forEach((item, index) => {
    const previous = index === 0 ? before : items[index - 1]
    const newDay = !previous || dayOf(timeOf(previous)) !== dayOf(timeOf(item))
    if (newDay) rows.push({ kind: 'day', key: `day ${item.key}`, at: timeOf(item) })
    const isNew = item.key === firstNew
    if (isNew) rows.push({ kind: 'new', key: 'new' })
    const next = items[index + 1]
    rows.push(toRow(item, newDay || isNew ? undefined : previous, next?.key === firstNew ? undefined : next))
  })
  return rows
}

function toRow(item: LogItem, previous: LogItem | undefined, next: LogItem | undefined): Row {
  if (item.kind !== 'event') return { kind: 'line', key: item.key, item }
  if (isNotice(item)) return { kind: 'notice', key: item.key, item }
  const first = !previous || !belongTogether(previous, item)
  const last = !next || !belongTogether(item, next)
  return { kind: 'message', key: item.key, item, first, last }
}

/** Events of types that this version cannot draw are left out: a site's own data is not for reading, and says nothing when it is deleted. */
export function isShown(item: LogItem): boolean {
  if (item.kind !== 'event') return true
  const { type, text, url, attachments, deleted_at } = item.event
  return (text ?? url ?? attachments ?? (/^(message|file)$/.test(type) ? deleted_at : undefined)) !== undefined
}

/** The one message under which its delivery is told. A private note that is stored has nowhere further to go. */
export function lastOwn(items: readonly LogItem[]): EventItem | undefined {
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at]
    if (item?.kind === 'event' && item.own && (item.seq === null || item.event.visibility !== 'agents')) return item
  }
  return undefined
}

/** The last item, if it is one's own and on its way. */
export function echoKey(items: readonly LogItem[]): string | undefined {
  const last = items[items.length - 1]
  return last?.kind === 'event' && last.own && last.seq === null ? last.key : undefined
}

/** The first thing that somebody else has said after this. */
export function firstAfter(seq: number, items: readonly LogItem[]): string | undefined {
  return items.find((item) => item.kind === 'event' && !item.own && (item.seq ?? 0) > seq)?.key
}

/** Said by the system, not by a person. */
function isNotice(item: EventItem): boolean {
  return item.event.type === 'system_message'
}

export function timeOf(item: LogItem): string {
  return item.kind === 'event' ? item.event.created_at : item.at
}

function belongTogether(earlier: LogItem, later: LogItem): boolean {
  if (earlier.kind !== 'event' || later.kind !== 'event' || isNotice(earlier) || isNotice(later)) return false
  return (
    earlier.own === later.own &&
    earlier.event.author_id === later.event.author_id &&
    earlier.event.visibility === later.event.visibility &&
    dayOf(timeOf(earlier)) === dayOf(timeOf(later)) &&
    Date.parse(timeOf(later)) - Date.parse(timeOf(earlier)) < GROUP_MS
  )
}

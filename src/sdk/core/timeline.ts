/** One conversation as one ordered list: the window over the log, then what is one's own and not in the log yet. */
import type { Event, NewEvent } from '../../protocol/events.ts'
import type { ChatLog } from './chat-log.ts'
import type { Landed, Outbox } from './outbox.ts'
import { eventsOf, type OutboxEntry } from './outbox-entry.ts'
import type { TimelineItem } from './views.ts'

export interface Timeline {
  /** The same array as long as nothing changed. */
  items(log: ChatLog | undefined, chat: string): readonly TimelineItem[]
}

const time = (at: number): string => new Date(at).toISOString()

export function createTimeline(outbox: Outbox, me: () => string): Timeline {
  /** Echoes made so far, so that one that did not change stays the same object. */
  let echoes = new Map<string, TimelineItem>()
  let lines: readonly TimelineItem[] = []
  let items: readonly TimelineItem[] = []

  const echoOf = (entry: OutboxEntry, { custom_id = '', ...content }: NewEvent): TimelineItem => {
    const delivery = entry.error ? 'failed' : outbox.current === entry.ref ? 'sending' : 'waiting'
    const old = echoes.get(custom_id)
    if (old?.kind === 'event' && old.delivery === delivery) return old
    const event: Event = { ...content, id: custom_id, custom_id, thread_id: '', author_id: me(), created_at: time(entry.at), seq: 0 }
    return { kind: 'event', key: custom_id, seq: null, event, own: true, delivery, error: entry.error ?? null }
  }

  const landedOf = (event: Event): TimelineItem => {
    const key = event.custom_id ?? event.id
    const old = echoes.get(key)
    if (old?.kind === 'event' && old.delivery === 'sent') return old
    return { kind: 'event', key, seq: event.seq, event, own: true, delivery: 'sent', error: null }
  }

  /** What has landed behind a hole shows as sent until the hole is filled; its place is the end. */
  function* unseen(log: ChatLog | undefined, chat: string): Generator<TimelineItem> {
    for (const landed of outbox.landed.values()) if (isAhead(landed, log, chat)) yield landedOf(landed.event)
    for (const entry of outbox.entries) {
      if (outbox.real(entry.chat) === outbox.real(chat)) for (const event of eventsOf(entry)) yield echoOf(entry, event)
    }
  }

  return {
    items(log, chat) {
      const made = new Map<string, TimelineItem>()
      for (const item of unseen(log, chat)) made.set(item.key, item)
      for (const line of made.size ? (log?.lines ?? []) : []) made.delete(line.key)
      const before = [...echoes.values()]
      const after = [...made.values()]
      const same = log ? log.lines === lines : !lines.length
      if (!same || before.length !== after.length || after.some((item, at) => item !== before[at])) {
        lines = log?.lines ?? []
        items = [...lines, ...after]
      }
      echoes = made
      return items
    },
  }
}

const isAhead = (landed: Landed, log: ChatLog | undefined, chat: string): landed is Landed & { readonly event: Event } =>
  landed.event !== null && landed.chat === chat && landed.event.seq > (log?.seq ?? 0)

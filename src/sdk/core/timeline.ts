/** One conversation as one ordered list: the window over the log, then what is one's own and not in the log yet. */
import type { Event } from '../../protocol/events.ts'
import type { Client } from './client.ts'
import { type EventLine, echo, echoOf } from './echoes.ts'
import type { TimelineItem } from './views.ts'
import type { Windows } from './windows.ts'

export interface Timeline {
  /** The same array as long as nothing changed. */
  items(): readonly TimelineItem[]
}

/** After every number that a log gives. */
const LAST = 1e16
/** What has no number yet comes last, in the order it was sent. */
const bySeq = (a: TimelineItem, b: TimelineItem) => (a.seq ?? LAST) - (b.seq ?? LAST)

const NONE: readonly TimelineItem[] = []

/** Makes the timeline of a chat, whose id may change once, when its start has reached the server. */
export function createTimelines({ events, outbox, replica }: Client, windows: Windows, me: () => string): (chat: () => string) => Timeline {
  /** What the server has and the log has not told of yet, by chat and key. */
  const landed = new Map<string, Map<string, Event>>()

  events.on('landed', ({ chat_id, event }) => {
    const here = landed.get(chat_id) ?? new Map<string, Event>()
    if (event) landed.set(chat_id, here.set(event.custom_id ?? event.id, event))
  })
  events.on('entry', ({ chat, entry }) => {
    if (entry.action === 'incoming_event') landed.get(chat.id)?.delete(entry.payload.event.custom_id ?? '')
  })

  /** It shows as sent where it cannot stand yet: behind a hole, or before the first page is there. */
  const isAhead = (chat: string, { seq }: Event) => seq > (replica.get(chat)?.seq ?? 0) || !windows.of(chat)?.loaded

  return (chat) => {
    /** Echoes made so far, so that one that did not change stays the same object. */
    let echoes = new Map<string, EventLine>()
    let lines = NONE
    let items = NONE

    function* unseen(id: string): Generator<EventLine> {
      for (const [key, event] of landed.get(id) ?? []) {
        if (isAhead(id, event)) yield echo(key, event, { seq: event.seq, delivery: 'sent', error: null })
      }
      for (const entry of outbox.entries) {
        if (outbox.real(entry.chat) === id) for (const event of entry.events) yield echoOf(outbox, entry, event, me())
      }
    }

    return {
      items() {
        const id = chat()
        const now = windows.of(id)?.lines ?? NONE
        const made = new Map<string, EventLine>()
        for (const item of unseen(id)) {
          const old = echoes.get(item.key)
          // Replies have a feed of their own.
          if (!item.event.reply_to_id) made.set(item.key, old?.delivery === item.delivery ? old : item)
        }
        if (made.size) for (const line of now) made.delete(line.key)
        const before = [...echoes.values()]
        const after = [...made.values()]
        if (now !== lines || before.length !== after.length || after.some((item, at) => item !== before[at]))
          items = [...now, ...after].sort(bySeq)
        lines = now
        echoes = made
        return items
      },
    }
  }
}

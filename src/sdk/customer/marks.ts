/** Read marks at a pace: of what is wanted meanwhile the furthest goes out, and nothing for those who have given up. */
import type { ResponseOf } from '../../protocol/actions.ts'
import { SEEN_EVERY_MS } from '../../protocol/limits.ts'
import type { Client } from '../core/client.ts'
import { createPace } from '../core/pace.ts'
import { abortable } from '../kit/abort.ts'
import type { Clock } from '../kit/environment.ts'

/** Up to a time in Unix ms, or `Infinity`. */
export type Mark = (chat_id: string, time: number, signal?: AbortSignal) => Promise<Partial<ResponseOf<'mark_events_as_seen'>>>

/** Those who share one request. */
interface Batch {
  readonly wishes: Set<{ readonly time: number }>
  giveUp(why: unknown): void
}

/** SEE4 */
export function createMark({ ask }: Client, clock: Clock): Mark {
  const waiting = new Map<string, Batch>()

  const pace = createPace(clock, SEEN_EVERY_MS, async (chat_id, batch: Batch) => {
    waiting.delete(chat_id)
    if (batch.wishes.size === 0) return {}
    const time = Math.max(...[...batch.wishes].map((wish) => wish.time))
    const seen_up_to = Number.isFinite(time) ? new Date(time).toISOString() : undefined
    return ask('mark_events_as_seen', { chat_id, seen_up_to }, undefined, (giveUp) => {
      batch.giveUp = giveUp
    })
  })

  return (chat_id, time, signal) => {
    const batch = waiting.get(chat_id) ?? { wishes: new Set(), giveUp() {} }
    const wish = { time }
    const drop = (why: unknown) => {
      batch.wishes.delete(wish)
      if (batch.wishes.size === 0) batch.giveUp(why)
    }
    return abortable(signal, drop, () => {
      waiting.set(chat_id, batch)
      batch.wishes.add(wish)
      return pace.push(chat_id, batch)
    })
  }
}

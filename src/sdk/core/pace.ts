/** At most one call a key in a stretch of time: the first goes out at once, then the last that was wanted meanwhile. */
import type { Clock } from '../kit/environment.ts'

export interface Pace<V, R> {
  /** What is overtaken shares the answer of what goes out in its place. */
  push(key: string, value: V): Promise<R>
  /** What waits no longer goes out. */
  cancel(key: string): void
}

/** What waits for the end of the stretch. */
interface Slot<V, R> {
  value?: V
  answer?: Promise<R>
  go?(): void
}

export function createPace<V, R>(clock: Clock, every: number, send: (key: string, value: V) => Promise<R>): Pace<V, R> {
  const slots = new Map<string, Slot<V, R>>()

  function push(key: string, value: V): Promise<R> {
    const slot = slots.get(key)
    if (!slot) {
      slots.set(key, {})
      clock.after(every, () => {
        const { go } = slots.get(key) ?? {}
        slots.delete(key)
        go?.()
      })
      return send(key, value)
    }
    slot.value = value
    slot.answer ??= new Promise((resolve) => {
      slot.go = () => resolve(push(key, slot.value as V))
    })
    return slot.answer
  }

  return { push, cancel: (key) => void (slots.has(key) && slots.set(key, {})) }
}

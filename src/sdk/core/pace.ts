/** At most one call a key in a stretch of time: the first goes out at once, then the last that was wanted meanwhile. */
import type { Clock } from '../kit/environment.ts'

export interface Pace<V, R> {
  /** What is overtaken shares the answer of what goes out in its place. */
  push(key: string, value: V): Promise<R>
  /** What waits no longer goes out. */
  cancel(key: string): void
}

interface Slot<V, R> {
  next?: { value: V; readonly answer: Promise<R>; readonly resolve: (answer: Promise<R>) => void }
}

export function createPace<V, R>(clock: Clock, every: number, send: (key: string, value: V) => Promise<R>): Pace<V, R> {
  const slots = new Map<string, Slot<V, R>>()

  function push(key: string, value: V): Promise<R> {
    const slot = slots.get(key)
    if (!slot) {
      slots.set(key, {})
      clock.after(every, () => release(key))
      return send(key, value)
    }
    if (slot.next) slot.next.value = value
    else {
      let resolve = (_: Promise<R>) => {}
      const answer = new Promise<R>((settle) => {
        resolve = settle
      })
      slot.next = { value, answer, resolve }
    }
    return slot.next.answer
  }

  function release(key: string) {
    const next = slots.get(key)?.next
    slots.delete(key)
    next?.resolve(push(key, next.value))
  }

  return { push, cancel: (key) => void delete slots.get(key)?.next }
}

/** One direction of a wire: a queue that moves by itself, late, or only when a test says so. */
import type { Clock } from '../sdk/kit/environment.ts'

interface Waiting<T> {
  readonly item: T
  readonly due: number
}

export class Pipe<T> {
  readonly #clock: Clock
  readonly #deliver: (item: T) => void
  #queue: Waiting<T>[] = []
  #held = false
  #latency = 0
  #pumping = false

  constructor(clock: Clock, deliver: (item: T) => void) {
    this.#clock = clock
    this.#deliver = deliver
  }

  /** What has been put in and not come out, oldest first. */
  get waiting(): readonly T[] {
    return this.#queue.map(({ item }) => item)
  }

  get length(): number {
    return this.#queue.length
  }

  put(item: T): void {
    this.#queue.push({ item, due: this.#clock.now() + this.#latency })
    this.#pump()
  }

  /** From now on nothing moves unless stepped: a silent line. */
  hold(): void {
    this.#held = true
  }

  /** Moves by itself again, at once. */
  release(): void {
    this.#held = false
    this.#pump()
  }

  /** What is put in from now on comes out this much later. */
  delay(ms: number): void {
    this.#latency = ms
  }

  /** Delivers the oldest ones now, held or late as they may be. Returns how many there were. */
  step(count = 1): number {
    let moved = 0
    for (; moved < count && this.#queue.length > 0; moved++) this.#shift()
    return moved
  }

  duplicate(at = 0): void {
    const waiting = this.#queue[at]
    if (waiting) this.#queue.splice(at, 0, waiting)
  }

  drop(at = 0): void {
    this.#queue.splice(at, 1)
  }

  clear(): void {
    this.#queue = []
  }

  #shift(): void {
    const waiting = this.#queue.shift()
    if (waiting) this.#deliver(waiting.item)
  }

  /** One item a microtask, so that two directions take turns. */
  #pump(): void {
    if (this.#pumping || this.#held) return
    const head = this.#queue[0]
    if (!head) return
    this.#pumping = true
    const wait = head.due - this.#clock.now()
    const go = () => {
      this.#pumping = false
      if (this.#held) return
      if ((this.#queue[0]?.due ?? 0) <= this.#clock.now()) this.#shift()
      this.#pump()
    }
    if (wait > 0) this.#clock.after(wait, go)
    else queueMicrotask(go)
  }
}

/** Pings every socket once a round, a slice of them at a time, so that many sockets are not pinged in one moment (CON8). */
import { SERVER_PING_EVERY_MS } from '../../protocol/limits.ts'
import type { Clock } from './clock.ts'

export interface Beating {
  beat(): void
}

const SLICES = 20

export class Heartbeat {
  readonly #slices: readonly Set<Beating>[] = Array.from({ length: SLICES }, () => new Set<Beating>())
  readonly #clock: Clock
  #cancel: (() => void) | null = null
  #next = 0
  #members = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The first beat comes a whole round later. Returns the way to stop. */
  add(member: Beating): () => void {
    const slice = this.#slices[(this.#next + SLICES - 1) % SLICES] as Set<Beating>
    slice.add(member)
    this.#members++
    this.#cancel ??= this.#schedule()
    return () => {
      if (slice.delete(member)) this.#members--
    }
  }

  stop(): void {
    this.#cancel?.()
  }

  /** Only while there is anyone to ping. */
  #schedule(): () => void {
    return this.#clock.after(SERVER_PING_EVERY_MS / SLICES, () => {
      for (const member of [...(this.#slices[this.#next] as Set<Beating>)]) member.beat()
      this.#next = (this.#next + 1) % SLICES
      this.#cancel = this.#members > 0 ? this.#schedule() : null
    })
  }
}

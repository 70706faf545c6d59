/** The deliveries of one log, one after another and without a hole, whatever the bus drops, repeats or brings out of order (RES9). */
import { MAX_CATCH_UP } from '../../protocol/limits.ts'

/** Hands out entries that follow one another; the first of them, so many, were missed when they came. */
type Hand<E> = (entries: readonly E[], missed: number) => Promise<void>

/** A log as a lane sees it. */
export interface Numbered<E> {
  numberOf(entry: E): number
  /** The durable entries with numbers above `after` and up to `to`, oldest first. */
  read(after: number, to: number): Promise<readonly E[]>
  failed(error: unknown): void
}

export class Lane<E> {
  readonly #log: Numbered<E>
  #tail: Promise<void> = Promise.resolve()
  #waiting = 0
  /** The last entry that was handed out; null until the first one shows where the log stands. */
  #last: number | null = null
  /** The last entry that was handed out or waits for its turn. */
  #taken = 0

  constructor(log: Numbered<E>) {
    this.#log = log
  }

  get last(): number | null {
    return this.#last
  }

  get idle(): boolean {
    return this.#waiting === 0
  }

  /** Hands out those entries that were not handed out yet, and before them whatever is missing. */
  deliver(entries: readonly E[], hand: Hand<E>, after?: () => Promise<void>): void {
    const newest = entries.at(-1)
    if (newest === undefined) return
    const number = this.#log.numberOf(newest)
    // What is up to `taken` was or will be handed out: a repetition, mostly our own words coming back from the bus.
    if (number <= this.#taken && !after) return
    this.#taken = Math.max(this.#taken, number)
    this.turn(async () => {
      try {
        await this.#handFresh(entries, hand)
      } finally {
        await after?.()
      }
    })
  }

  /** Runs a task in its place between the deliveries. */
  turn(task: () => Promise<void>): void {
    this.#waiting++
    this.#tail = this.#tail.then(task).then(this.#done, this.#broke)
  }

  /** What was missed is handed out together with what shows it, for who may read it depends on both. */
  async #handFresh(entries: readonly E[], hand: Hand<E>): Promise<void> {
    const last = this.#last
    const first = this.#numberAt(entries, 0)
    const missed = last === null || first === last + 1 ? [] : await this.#between(last, first)
    const fresh = last === null || first > last ? entries : entries.filter((entry) => this.#log.numberOf(entry) > last)
    if (fresh.length === 0) return
    this.#last = this.#numberAt(entries, -1)
    await hand([...missed, ...fresh], missed.length)
  }

  /** A larger hole is left to the readers, who see it and catch up page by page. */
  async #between(last: number, first: number): Promise<readonly E[]> {
    const missing = first - 1 - last
    return missing < 1 || missing > MAX_CATCH_UP ? [] : this.#log.read(last, first - 1)
  }

  #numberAt(entries: readonly E[], index: 0 | -1): number {
    return this.#log.numberOf(entries.at(index) as E)
  }

  readonly #done = () => {
    this.#waiting--
  }

  readonly #broke = (error: unknown) => {
    this.#waiting--
    this.#log.failed(error)
  }
}

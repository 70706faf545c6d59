/** What this process asked the others, and how long it waits for their answers (PRE6). */
import type { Clock } from './clock.ts'

/** An answer that takes longer is not waited for. */
const ANSWERED_WITHIN_MS = 500

interface Question {
  readonly users: readonly string[]
  /** Processes whose answers are waited for. */
  readonly missing: Set<string>
  readonly answered: Promise<void>
  end(): void
}

export class Questions {
  readonly #clock: Clock
  /** Of those that are not answered by all. */
  readonly #open = new Map<number, Question>()
  #asked = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Opens one to these processes, and returns its number. */
  ask(users: readonly string[], processes: Iterable<string>, late: (processes: ReadonlySet<string>) => void): number {
    const { promise: answered, resolve } = Promise.withResolvers<void>()
    const missing = new Set(processes)
    const cancel = this.#clock.after(ANSWERED_WITHIN_MS, () => {
      late(missing)
      resolve()
    })
    const end = () => {
      cancel()
      resolve()
    }
    const number = ++this.#asked
    this.#open.set(number, { users, missing, answered, end })
    return number
  }

  /** Whom a question was about, as long as answers to it count for all of them. */
  usersOf(number: number): readonly string[] {
    return this.#open.get(number)?.users ?? []
  }

  /** Resolves once all that was asked is answered, or is not to be waited for. */
  async answered(): Promise<void> {
    await Promise.all([...this.#open.values()].map((question) => question.answered))
  }

  /** A process has answered, or, with null, never will. */
  heard(process: string, answered: number | null): void {
    for (const [number, { missing, end }] of this.#open) {
      if (answered === null || answered === number) missing.delete(process)
      if (missing.size > 0) continue
      this.#open.delete(number)
      end()
    }
  }

  close(): void {
    for (const { end } of this.#open.values()) end()
    this.#open.clear()
  }
}

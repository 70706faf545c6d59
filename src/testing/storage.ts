/** What a device keeps between visits, in memory: storage, locks and a channel that all of its tabs have in common. */
import type { Storage } from '../sdk/kit/environment.ts'

/** Whether the tab that asked still lives. A dead tab's writes that have not begun never happen, and it hears of nothing. */
export type Alive = () => boolean

const never = <T>(): Promise<T> => new Promise<T>(() => {})

export class Cupboard {
  readonly #values = new Map<string, unknown>()

  /** As if an earlier visit had left it. */
  leave(key: string, value: unknown): void {
    if (value === undefined) this.#values.delete(key)
    else this.#values.set(key, structuredClone(value))
  }

  /** For tests that look behind the scenes. */
  peek(key: string): unknown {
    return structuredClone(this.#values.get(key))
  }

  keys(): string[] {
    return [...this.#values.keys()]
  }

  clear(): void {
    this.#values.clear()
  }

  for(alive: Alive): Storage {
    const values = this.#values
    /** Storage answers later, as IndexedDB does; a tab that dies before has not written. */
    async function later<T>(act: () => T): Promise<T> {
      await null
      if (!alive()) return never()
      const result = act()
      await null
      return alive() ? result : never()
    }
    return {
      durable: true,
      get: <T>(key: string) => later(() => structuredClone(values.get(key)) as T | undefined),
      set: (key, value) => {
        // What is set is on its way at once, and the page that said so not needed any more.
        if (alive()) this.leave(key, value)
        return later(() => {})
      },
      update: <T>(key: string, change: (old: T | undefined) => T) =>
        later(() => this.leave(key, change(structuredClone(values.get(key)) as T | undefined))),
      left: <T>(prefix: string) =>
        later(() => [...values].filter(([key]) => key.startsWith(prefix)).map(([, value]) => structuredClone(value) as T)),
    }
  }
}

interface Waiter {
  readonly alive: Alive
  readonly start: () => void
  /** A frozen one is passed over. */
  readonly awake: () => boolean
}

/** One holder a name, in the order of asking; the dead hold nothing. */
export class Locks {
  readonly #holders = new Map<string, Waiter>()
  readonly #waiters = new Map<string, Waiter[]>()

  /** Who has waited for too long goes ahead without. */
  hold<T>(name: string, task: () => Promise<T>, alive: Alive, awake = () => true, patience?: (impatient: () => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        alive,
        awake,
        start: () => {
          const done =
            <V>(settle: (value: V) => void) =>
            (value: V) => {
              if (this.#holders.get(name) === waiter) this.#holders.delete(name)
              this.sweep()
              if (alive()) settle(value)
            }
          task().then(done(resolve), done(reject))
        },
      }
      this.#waiters.set(name, [...(this.#waiters.get(name) ?? []), waiter])
      queueMicrotask(() => this.sweep())
      patience?.(() => {
        const waiters = this.#waiters.get(name) ?? []
        if (!waiters.includes(waiter)) return
        this.#waiters.set(
          name,
          waiters.filter((other) => other !== waiter),
        )
        waiter.start()
      })
    })
  }

  /** Frees what the dead held and gives it to the next. */
  sweep(): void {
    for (const [name, holder] of this.#holders) if (!holder.alive()) this.#holders.delete(name)
    for (const [name, waiters] of this.#waiters) {
      const next = waiters.find(({ alive, awake }) => alive() && awake())
      if (!next || this.#holders.has(name)) continue
      this.#waiters.set(
        name,
        waiters.filter((other) => other !== next && other.alive()),
      )
      this.#holders.set(name, next)
      next.start()
    }
  }
}

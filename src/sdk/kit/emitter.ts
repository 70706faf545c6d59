/** Listeners by name. One that throws harms neither the others nor the SDK. */

export interface Emitter<E> {
  /** Returns the way to stop. `'*'` hears everything, as `(name, data)`. */
  on<N extends keyof E>(name: N, listener: (data: E[N]) => void): () => void
  on(name: '*', listener: (name: keyof E, data: E[keyof E]) => void): () => void
  off<N extends keyof E>(name: N, listener: (data: E[N]) => void): void
  off(name: '*', listener: (name: keyof E, data: E[keyof E]) => void): void
  emit<N extends keyof E>(name: N, data: E[N]): void
  clear(): void
}

/** The page's own error handler hears of it, after we are done. */
export function report(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}

type Listener = (...heard: unknown[]) => void

export function createEmitter<E>(): Emitter<E> {
  /** Another list after every change, so that all who listened when something began hear of it. */
  let all: (readonly [name: string, listener: Listener])[] = []
  const call = (name: string, ...heard: unknown[]) => {
    for (const [asked, listener] of all) {
      if (asked !== name) continue
      try {
        listener(...heard)
      } catch (error) {
        report(error)
      }
    }
  }
  return {
    on(name: string, listener: Listener) {
      const entry = [name, listener] as const
      all = [...all, entry]
      return () => {
        all = all.filter((other) => other !== entry)
      }
    },
    off(name: string, listener: Listener) {
      all = all.filter(([asked, heard]) => asked !== name || heard !== listener)
    },
    emit(name: string, data: unknown) {
      call(name, data)
      call('*', name, data)
    },
    clear() {
      all = []
    },
  } as unknown as Emitter<E>
}

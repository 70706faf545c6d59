/** Listeners by name. One that throws harms neither the others nor the SDK. */
import mitt from 'mitt'

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
  const { all, on, off } = mitt<Record<string, unknown>>()
  const call = (name: string, heard: unknown[]) => {
    for (const listener of [...((all.get(name) ?? []) as Listener[])]) {
      try {
        listener(...heard)
      } catch (error) {
        report(error)
      }
    }
  }
  return {
    on(name: string, listener: Listener) {
      on(name, listener)
      return () => off(name, listener)
    },
    off,
    emit(name: string, data: unknown) {
      call(name, [data])
      call('*', [name, data])
    },
    clear: () => all.clear(),
  } as unknown as Emitter<E>
}

/** Time as the gateway takes it, so that a test can jump it. */

export interface Clock {
  /** Unix time in ms. */
  now(): number
  /** Calls back once; returns the way to cancel. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

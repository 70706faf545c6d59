/** Two ways to load anything that answers: as fast as it goes with so many at once, and at a fixed rate that does not wait for it. */

/** Asks once; calls back when the answer is there. `at` counts up, so that askers can take turns. */
export type Ask = (at: number, answered: () => void) => void

export interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

const percentile = (sorted: readonly number[], share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

function summed(latencies: number[], seconds: number): Measured {
  latencies.sort((a, b) => a - b)
  return { perSecond: latencies.length / seconds, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) }
}

/** Closed loop: `atOnce` requests are always under way. */
export function saturate(ask: Ask, atOnce: number, ms: number): Promise<Measured> {
  return new Promise((resolve) => {
    const started = performance.now()
    const latencies: number[] = []
    let [asked, running] = [0, 0]
    const next = () => {
      const now = performance.now()
      if (now - started > ms) {
        if (running === 0) resolve(summed(latencies, (now - started) / 1000))
        return
      }
      running++
      ask(asked++, () => {
        running--
        latencies.push(performance.now() - now)
        next()
      })
    }
    for (let at = 0; at < atOnce; at++) next()
  })
}

const TICK_MS = 5

/** Open loop: so many a second, whether or not earlier ones are answered; a late start counts as waiting. */
export function sustain(ask: Ask, perSecond: number, ms: number): Promise<Measured> {
  return new Promise((resolve) => {
    const started = performance.now()
    const latencies: number[] = []
    const total = Math.floor((perSecond * ms) / 1000)
    let asked = 0
    const done = (due: number) => {
      latencies.push(performance.now() - due)
      if (latencies.length === total) resolve(summed(latencies, (performance.now() - started) / 1000))
    }
    const timer = setInterval(() => {
      const wanted = Math.min(total, Math.floor(((performance.now() - started) * perSecond) / 1000))
      for (; asked < wanted; asked++) {
        const due = started + (asked * 1000) / perSecond
        ask(asked, () => done(due))
      }
      if (asked === total) clearInterval(timer)
    }, TICK_MS)
  })
}

/** Group commit: changes handed over in one turn of the event loop share a transaction, and each is told once it is on disk. */
import type { Change, Outcome } from '../change.ts'
import type { StoreStats } from '../store.ts'
import type { CarryOutBatch, Result } from './batch.ts'
import { failureOf } from './driver.ts'

/** Past some dozens the wait for the disk is shared well enough; a bound keeps the first of a crowd from waiting for the last. */
const MAX_BATCH = 256
/** How long another process may hold the database, and how often to look. */
const BUSY_PATIENCE_MS = 5000
const BUSY_RETRY_MS = 5
const KEPT_DURATIONS = 1000

interface Waiting {
  readonly change: Change
  resolve(outcome: Outcome): void
  reject(error: unknown): void
}

export interface GroupCommit {
  commit(change: Change): Promise<Outcome>
  /** The disk failed: everything that waits is rejected, and nothing is taken any more. */
  fail(error: unknown): void
  stats(): StoreStats
  /** Takes nothing more; resolves when what was taken is done. */
  end(): Promise<void>
}

export interface GroupCommitOptions {
  readonly carryOut: CarryOutBatch
  /** Called after each transaction, before anyone is told. */
  committed(changes: number): void
  onFatal(error: unknown): void
}

export function createGroupCommit({ carryOut, committed, onFatal }: GroupCommitOptions): GroupCommit {
  const waiting: Waiting[] = []
  const durations: number[] = []
  let [commits, changes] = [0, 0]
  let scheduled = false
  let refusal: Error | null = null
  let busySince: number | null = null
  let last: Promise<unknown> = Promise.resolve()

  const schedule = (): void => {
    if (scheduled || waiting.length === 0) return
    scheduled = true
    if (busySince === null) setImmediate(flush)
    else setTimeout(flush, BUSY_RETRY_MS)
  }

  const flush = (): void => {
    scheduled = false
    const batch = waiting.splice(0, MAX_BATCH)
    const started = performance.now()
    try {
      const results = carryOut(batch.map(({ change }) => change))
      busySince = null
      committed(batch.length)
      note(batch.length, performance.now() - started)
      batch.forEach((one, at) => {
        settle(one, results[at])
      })
    } catch (error) {
      waiting.unshift(...batch)
      if (failureOf(error) === 'busy') bear(started)
      else fail(error)
    }
    schedule()
  }

  const note = (size: number, duration: number): void => {
    commits += 1
    changes += size
    durations.push(duration)
    if (durations.length > KEPT_DURATIONS) durations.shift()
  }

  /** Another process writes. It is waited for without holding the event loop, and not for ever. */
  const bear = (now: number): void => {
    busySince ??= now
    if (now - busySince < BUSY_PATIENCE_MS) return
    for (const { resolve } of waiting.splice(0)) resolve({ ok: false, why: 'busy' })
    busySince = null
  }

  const fail = (error: unknown): void => {
    if (refusal) return
    refusal = new Error('unable to write; the disk failed, and nothing can be promised any more', { cause: error })
    for (const { reject } of waiting.splice(0)) reject(refusal)
    onFatal(error)
  }

  return {
    commit(change) {
      if (refusal) return Promise.reject(refusal)
      const outcome = new Promise<Outcome>((resolve, reject) => waiting.push({ change, resolve, reject }))
      last = outcome
      schedule()
      return outcome
    },
    fail,
    stats: () => ({ commits, changes, waiting: waiting.length, commit_ms: [...durations] }),
    async end() {
      refusal ??= new Error('unable to write; the store is closed')
      // Promises settle in order: with the last one all are settled.
      await last.catch(() => {})
    },
  }
}

function settle({ resolve, reject }: Waiting, result: Result | undefined): void {
  if (result && 'outcome' in result) resolve(result.outcome)
  else reject(result?.error)
}

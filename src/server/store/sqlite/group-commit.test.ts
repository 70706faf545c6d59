/** Group commit by itself: how much goes into one transaction, and how long another process is waited for. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Change } from '../change.ts'
import { change } from '../contract/ground.contract.ts'
import type { Result } from './batch.ts'
import { createGroupCommit } from './group-commit.ts'

const stale: Result = { outcome: { ok: false, why: 'stale' } }
const busy = () => Object.assign(new Error('database is locked'), { errcode: 5 })

function group(carryOut: (changes: readonly Change[]) => Result[]) {
  const [batches, fatal]: [number[], unknown[]] = [[], []]
  const commits = createGroupCommit({ carryOut, committed: (size) => batches.push(size), onFatal: (error) => fatal.push(error) })
  return { ...commits, batches, fatal }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('group commit', () => {
  it('puts all changes of a turn into one transaction, up to a bound', async () => {
    const { commit, batches } = group((changes) => changes.map(() => stale))
    const all = Promise.all(Array.from({ length: 600 }, () => commit(change([]))))
    await vi.runAllTimersAsync()
    await all
    expect(batches).toEqual([256, 256, 88])
  })

  it('gives up on another process after some seconds, says so to each change, and goes on', async () => {
    let locked = true
    const { commit, batches, fatal, stats } = group((changes) => {
      if (locked) throw busy()
      return changes.map(() => stale)
    })
    const refused = Promise.all([commit(change([])), commit(change([]))])
    await vi.advanceTimersByTimeAsync(4000)
    expect(stats().waiting).toBe(2)
    await vi.advanceTimersByTimeAsync(2000)
    expect(await refused).toEqual(Array(2).fill({ ok: false, why: 'busy' }))
    locked = false
    const next = commit(change([]))
    await vi.runAllTimersAsync()
    expect(await next).toEqual({ ok: false, why: 'stale' })
    expect([batches, fatal]).toEqual([[1], []])
  })

  it('keeps the order of what waited and what came meanwhile', async () => {
    let locked = true
    const seen: number[] = []
    const { commit } = group((changes) => {
      if (locked) throw busy()
      seen.push(...changes.map(({ at }) => at))
      return changes.map(() => stale)
    })
    const moreThanOneBatch = Array.from({ length: 300 }, (_, at) => at)
    const all = moreThanOneBatch.map((at) => commit(change([], { at })))
    await vi.advanceTimersByTimeAsync(50)
    all.push(commit(change([], { at: 300 })))
    locked = false
    await vi.runAllTimersAsync()
    await Promise.all(all)
    expect(seen).toEqual([...moreThanOneBatch, 300])
  })

  it('tells once that the disk failed, and rejects what waits beyond the batch too', async () => {
    const { commit, fatal } = group(() => {
      throw Object.assign(new Error('disk I/O error'), { errcode: 1034 })
    })
    const all = Promise.allSettled(Array.from({ length: 300 }, () => commit(change([]))))
    await vi.runAllTimersAsync()
    expect((await all).filter(({ status }) => status === 'rejected')).toHaveLength(300)
    expect(fatal).toHaveLength(1)
  })

  it('ends when what was taken is done', async () => {
    const { commit, end } = group((changes) => changes.map(() => stale))
    const last = commit(change([]))
    const ended = end()
    await expect(commit(change([]))).rejects.toThrow('unable to write; the store is closed')
    await vi.runAllTimersAsync()
    await ended
    expect(await last).toEqual({ ok: false, why: 'stale' })
  })
})

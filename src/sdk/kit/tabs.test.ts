/** Locks and channels between tabs, where the platform has them and where it has not. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { exclusively, LOCK_PATIENCE_MS, openChannel } from './tabs.ts'

afterEach(() => vi.unstubAllGlobals())

const later = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms))

/** Locks as a platform has them: one holder a name. */
function stubLocks(): void {
  const last = new Map<string, Promise<unknown>>()
  const request = (name: string, _: LockOptions, task: () => Promise<unknown>) => {
    const result = (last.get(name) ?? Promise.resolve()).then(task)
    last.set(
      name,
      result.catch(() => {}),
    )
    return result
  }
  vi.stubGlobal('navigator', { locks: { request } })
}

describe('a name held by one tab', () => {
  it('lets tasks run one after another', async () => {
    stubLocks()
    const log: string[] = []
    const task = (name: string) => async () => {
      log.push(`${name} begins`)
      await later(1)
      log.push(`${name} ends`)
      return name
    }
    expect(await Promise.all([exclusively('a', task('one')), exclusively('a', task('two'))])).toEqual(['one', 'two'])
    expect(log).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
  })

  it('leaves a failure what it is, and runs nothing twice', async () => {
    stubLocks()
    const task = vi.fn(() => Promise.reject(new Error('of its own')))
    await expect(exclusively('a', task)).rejects.toThrow('of its own')
    expect(task).toHaveBeenCalledTimes(1)
  })

  it('is not waited for without end where it is not given back', async () => {
    const patience = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal)
    const request = (_: string, { signal }: LockOptions) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new DOMException('late', 'TimeoutError'))))
    vi.stubGlobal('navigator', { locks: { request } })
    const task = vi.fn(async () => 'done')
    const done = exclusively('a', task)
    await later(1)
    expect([task.mock.calls.length, timeout.mock.calls]).toEqual([0, [[LOCK_PATIENCE_MS]]])
    patience.abort()
    expect(await done).toBe('done')
    timeout.mockRestore()
  })

  it.each([
    ['there is no navigator', undefined],
    ['there are no locks', {}],
    [
      'asking for locks throws, as in a sandboxed frame',
      { locks: { request: () => Promise.reject(new DOMException('no', 'SecurityError')) } },
    ],
  ])('lets the task run at once where %s', async (_, navigator) => {
    vi.stubGlobal('navigator', navigator)
    const task = vi.fn(async () => 'done')
    expect(await exclusively('a', task)).toBe('done')
    expect(task).toHaveBeenCalledTimes(1)
  })
})

describe('a channel between tabs', () => {
  it('carries a message to the other tabs that listen to the name, and not back', async () => {
    const heard: unknown[] = []
    const one = openChannel('a', (message) => heard.push(['one', message]))
    const others = ['a', 'b'].map((name) => openChannel(name, (message) => heard.push([name, message])))
    one.post({ n: 1 })
    await later()
    for (const other of others) other.close()
    one.post({ n: 2 })
    await later()
    one.close()
    expect(heard).toEqual([['a', { n: 1 }]])
  })

  it('is not needed', () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    const channel = openChannel('a', () => {})
    expect(() => channel.post(1)).not.toThrow()
    expect(() => channel.close()).not.toThrow()
  })
})

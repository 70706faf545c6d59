/** Locks and channels between tabs, where the platform has them and where it has not. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { exclusively, openChannel } from './tabs.ts'

afterEach(() => vi.unstubAllGlobals())

const later = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms))

/** Locks as a platform has them: one holder a name. */
function stubLocks(): void {
  const last = new Map<string, Promise<unknown>>()
  const request = (name: string, task: () => Promise<unknown>) => {
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

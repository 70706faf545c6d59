/** The lock of a data directory, held against this process and against others, and freed when they are killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { folder } from './ground.contract.ts'
import { acquireLock, DirectoryTaken, isTaken } from './lock.ts'

/** Another process that holds the lock as this one does, from when it says so until it is killed. */
async function holder(directory: string): Promise<ChildProcess> {
  const hold = `
    const db = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(join(directory, 'porchlight.lock'))})
    db.exec('BEGIN EXCLUSIVE')
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--no-warnings', '-e', hold], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}

describe('the lock', () => {
  it('is had by one at a time, and says so', () => {
    const directory = folder()
    const lock = acquireLock(directory)
    expect(() => acquireLock(directory)).toThrow(DirectoryTaken)
    expect(() => acquireLock(directory)).toThrow(
      `unable to use the data directory ${directory}; another Porchlight server is running on it`,
    )
    lock.release()
    acquireLock(directory).release()
  })

  it('can be looked at without being taken', () => {
    const directory = folder()
    expect(isTaken(directory)).toBe(false)
    const lock = acquireLock(directory)
    expect(isTaken(directory)).toBe(true)
    expect(isTaken(directory)).toBe(true)
    lock.release()
    expect(isTaken(directory)).toBe(false)
  })

  it('is held against other processes, and free once the holder is killed', async () => {
    const directory = folder()
    const child = await holder(directory)
    expect(isTaken(directory)).toBe(true)
    expect(() => acquireLock(directory)).toThrow(DirectoryTaken)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(isTaken(directory)).toBe(false)
    acquireLock(directory).release()
  })

  it('of one directory is not that of another', () => {
    const locks = [acquireLock(folder()), acquireLock(folder())]
    for (const lock of locks) lock.release()
  })

  it('fails as it is where there is no directory', () => {
    expect(() => acquireLock(join(folder(), 'missing'))).toThrow('unable to open database file')
  })
})

/** Files in a folder: written beside, made safe, and put in their place whole. */
import { mkdirSync, rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Files, NoSpace } from './files.ts'

/** Nothing else may become part of a path. */
const ID = /^[\w-]{8,64}$/

/** One server at a time has the folder, so what is half written there was left by one that is no more. */
export function openDiskFiles(folder: string): Files {
  const incoming = join(folder, 'incoming')
  rmSync(incoming, { recursive: true, force: true })
  mkdirSync(incoming, { recursive: true, mode: 0o700 })
  const placeOf = (id: string) => {
    if (!ID.test(id)) throw new Error(`unable to find a file; "${id}" is no id`)
    return join(folder, id.slice(0, 2), id)
  }

  return {
    async write(id, bytes) {
      const [half, place] = [join(incoming, id), placeOf(id)]
      try {
        await writeSafely(half, bytes)
        await settle(half, place)
      } catch (error) {
        for (const path of [half, place]) await rm(path, { force: true })
        throw isFull(error) ? new NoSpace(`unable to write a file; ${error}`) : error
      }
    },
    async read(id, range) {
      const handle = await open(placeOf(id), 'r').catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return null
        throw error
      })
      return handle?.createReadStream(range ? { start: range.from, end: range.to } : {}) ?? null
    },
    remove: (id) => rm(placeOf(id), { force: true }),
  }
}

async function writeSafely(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A name is as safe as the folder that it stands in. */
async function settle(half: string, place: string): Promise<void> {
  const made = await mkdir(dirname(place), { recursive: true, mode: 0o700 })
  await rename(half, place)
  await sync(dirname(place))
  if (made !== undefined) await sync(dirname(made))
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)
const isFull = (error: unknown) => codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT'

/** The data directory: made when it is not there, and when it cannot be used, that is said in one sentence. */
import { mkdirSync } from 'node:fs'
import { failureOf } from './driver.ts'

/** What lies in the data directory cannot be used as it is: the message is for whoever runs the server. */
export class Unusable extends Error {}

/** Runs what opens files in the directory. */
export function inDirectory<T>(directory: string, open: () => T): T {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    return open()
  } catch (error) {
    const why = reasonOf(error)
    throw why === null ? error : new Unusable(`unable to use the data directory ${directory}; ${why}`, { cause: error })
  }
}

const NO_DIRECTORY = 'it is a file, or lies in one'
const NOT_WRITABLE = 'it cannot be written to'
const REASONS: Readonly<Record<string, string>> = {
  EEXIST: NO_DIRECTORY,
  ENOTDIR: NO_DIRECTORY,
  EACCES: NOT_WRITABLE,
  EPERM: NOT_WRITABLE,
  EROFS: NOT_WRITABLE,
  EISDIR: NOT_WRITABLE,
  ENOENT: NOT_WRITABLE,
  ENOSPC: 'its disk is full',
  denied: NOT_WRITABLE,
  full: 'its disk is full',
  busy: 'another program is writing to its database',
  disk: 'its database cannot be read: the file is damaged, or is none',
}

function reasonOf(error: unknown): string | null {
  const failure = failureOf(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[failure] ?? REASONS[code] ?? null
}

/** The gaps of pages: SQLite packs a page anew without wiping what its rows leave free, where copies of rows may outlive the rows. */
import { closeSync, fdatasync, fstatSync, openSync, read, readSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Driver } from './driver.ts'

export interface Gaps {
  /** Looks at the pages in so many frames of the write-ahead log, before they are overwritten. */
  note(frames: number): void
  /** Looks at the pages of the file, which have been written before the process began: some at each call. Resolves with whether it has seen all. */
  noteMore(): Promise<boolean>
  /**
   * Zeroes the gaps that hold something, beside SQLite: no reader looks there. To be called between transactions, once the whole log
   * has been moved into the file. False, and nothing is done, where another process has written since the version was read.
   */
  wipe(version: number): boolean
  /** The same until another process has committed something. */
  version(): number
  /** Resolves when what was wiped is on the disk. */
  sync(): Promise<void>
  /** For when SQLite has closed the file: whoever closes it beside SQLite takes its locks away. */
  close(): void
}

const WAL_HEADER = 32
const FRAME_HEADER = 24
const PAGES_AT_ONCE = 64
const MORE_PAGES = 65_536
/** From here on pages that have no rows may begin as those do that have: with the number of another page. */
const MOST_PAGES = 0x02_00_00_00

const [readSome, syncData] = [promisify(read), promisify(fdatasync)]

export function openGaps(db: Driver, path: string): Gaps {
  const numbered = <Name extends string>(pragma: Name) => {
    const statement = db.prepare<Record<Name, number>>(`PRAGMA ${pragma}`)
    return () => statement.get()?.[pragma] ?? 0
  }
  const [size, version] = [numbered('page_size')(), numbered('data_version')]
  const [begin, rollBack] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('ROLLBACK')]
  const zeros = Buffer.alloc(size)
  const file = openSync(path, 'r+')
  /** Numbers of pages. */
  const found = new Set<number>()
  /** The next page of the file to look at; null when all were. It begins anew where another process writes, whose pages nobody notes. */
  let next: number | null = 1
  // Files that SQLite keeps compact by itself have pages of yet another kind.
  const understood = () => numbered('auto_vacuum')() === 0 && fstatSync(file).size < MOST_PAGES * size

  const look = (bytes: Buffer, at: number, number: number): boolean => {
    const gap = gapIn(bytes, at, size, number)
    return gap !== null && bytes.compare(zeros, 0, gap.to - gap.from, gap.from, gap.to) !== 0
  }

  const wipePage = (number: number): void => {
    const page = Buffer.allocUnsafe(size)
    const at = (number - 1) * size
    const gap = readSync(file, page, 0, size, at) === size ? gapIn(page, 0, size, number) : null
    if (gap) writeSync(file, zeros, 0, gap.to - gap.from, at + gap.from)
  }

  return {
    note(frames) {
      const frame = FRAME_HEADER + size
      const whole = eachPart(`${path}-wal`, WAL_HEADER, frames * frame, PAGES_AT_ONCE * frame, (part) => {
        for (let at = 0; at < part.length; at += frame) {
          const number = part.readUInt32BE(at)
          if (look(part, at + FRAME_HEADER, number)) found.add(number)
          else found.delete(number)
        }
      })
      if (!whole) next = 1
    },
    async noteMore() {
      const some = Buffer.allocUnsafe(next === null ? 0 : PAGES_AT_ONCE * size)
      for (let looked = 0; looked < MORE_PAGES && next !== null; looked += PAGES_AT_ONCE) {
        const first: number = next
        const { bytesRead }: { bytesRead: number } = await readSome(file, some, 0, some.length, (first - 1) * size)
        for (let at = 0; at + size <= bytesRead; at += size) if (look(some, at, first + at / size)) found.add(first + at / size)
        if (next === first) next = bytesRead < some.length ? null : first + PAGES_AT_ONCE
      }
      return next === null
    },
    wipe(since) {
      if (found.size === 0 || !understood()) return true
      begin.run()
      try {
        if (version() !== since) {
          next = 1
          return false
        }
        for (const number of found) wipePage(number)
      } finally {
        rollBack.run()
      }
      found.clear()
      // SQLite remembers pages as they were, and would write them so.
      db.exec('PRAGMA shrink_memory')
      return true
    },
    version,
    sync: () => syncData(file),
    close: () => closeSync(file),
  }
}

/** False where the file ends before that: another process has cut it off. */
function eachPart(path: string, from: number, length: number, most: number, take: (part: Buffer) => void): boolean {
  if (length <= 0) return true
  const file = openSync(path, 'r')
  const part = Buffer.allocUnsafe(Math.min(length, most))
  try {
    for (let at = 0; at < length; at += most) {
      const wanted = Math.min(length - at, most)
      if (readSync(file, part, 0, wanted, from + at) < wanted) return false
      take(part.subarray(0, wanted))
    }
    return true
  } finally {
    closeSync(file)
  }
}

/** Sizes of the headers of pages that have rows or keys, by their first byte. */
const HEADERS: Readonly<Record<number, number>> = { 2: 12, 5: 12, 10: 8, 13: 8 }
/** The first page begins with the header of the file. */
const FILE_HEADER = 100

/** Between the list of a page's cells, behind its header, and the first of the cells, which fill it from its end. */
function gapIn(bytes: Buffer, page: number, size: number, number: number): { readonly from: number; readonly to: number } | null {
  const start = number === 1 ? page + FILE_HEADER : page
  const header = HEADERS[bytes[start] ?? 0]
  if (header === undefined) return null
  const from = start + header + 2 * bytes.readUInt16BE(start + 3)
  const to = page + (bytes.readUInt16BE(start + 5) || 65_536)
  return from < to && to <= page + size ? { from, to } : null
}

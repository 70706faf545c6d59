/** What is held of one chat's log: its summary, how far it is known, and a window of lines without a hole. */
import type { Chat } from '../../protocol/chats.ts'
import type { LogPush } from '../../protocol/pushes.ts'
import { type LogItem, lineOf } from './lines.ts'

export interface ChatLog {
  readonly id: string
  /** As of `chat.seq`; null until it has been fetched. */
  chat: Chat | null
  /** The last entry applied. Below 0 nothing is held, and the next summary says where to begin. */
  seq: number
  /** The highest entry heard of. */
  head: number
  /** The window holds every line from this entry to `seq`. */
  from: number
  lines: LogItem[]
  /** How many faces look at it. Without any, and before the first, lines are not kept. */
  faces: number
  loaded: boolean
  loading: boolean
  /** The summary has to be fetched. */
  wanted: boolean
  /** RES2: live pushes wait until a `sync` has reached the head. */
  behind: boolean
  catching: boolean
  /** Entries that came before the summary did. */
  early: LogPush[]
}

/** A closed window keeps a first screen, so that coming back shows something at once. */
const KEPT_LINES = 50

export const createLog = (id: string, seq: number): ChatLog => ({
  id,
  chat: null,
  seq,
  head: seq,
  from: seq + 1,
  lines: [],
  faces: 0,
  loaded: false,
  loading: false,
  wanted: false,
  behind: false,
  catching: false,
  early: [],
})

/** The first entry that the reader may see. */
export const firstOf = (log: ChatLog): number => log.chat?.from_seq ?? 1

/** Nothing of it is held any more: the window begins anew behind `seq`. */
export function restart(log: ChatLog, seq: number): void {
  log.seq = seq
  log.from = seq + 1
  log.lines = []
  log.loaded = false
}

/** Adds a line at the end. */
export function append(log: ChatLog, entry: LogPush, me: string): void {
  const line = lineOf(entry, me)
  if (!log.faces && !log.loaded) log.from = log.seq + 1
  else if (line) log.lines = [...log.lines, line]
  if (!log.faces && log.lines.length > KEPT_LINES * 2) shorten(log)
}

export function shorten(log: ChatLog): void {
  log.lines = log.lines.slice(-KEPT_LINES)
  log.from = log.lines[0]?.seq ?? log.seq + 1
}

/** Adds an older page in front and tells how many lines that were. */
export function prepend(log: ChatLog, after: number, entries: readonly LogPush[], me: string): number {
  const older: LogItem[] = []
  for (const entry of entries) {
    const line = entry.payload.seq < log.from && lineOf(entry, me)
    if (line) older.push(line)
  }
  log.lines = [...older, ...log.lines]
  log.from = after + 1
  return older.length
}

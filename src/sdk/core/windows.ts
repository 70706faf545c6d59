/** What a face sees of chats' logs: for each chat that is looked at, a window of lines without a hole that ends at its head. */

import { FILE_URL_TTL_S, MAX_SYNC_ENTRIES } from '../../protocol/limits.ts'
import type { LogPush, PushPayload } from '../../protocol/pushes.ts'
import type { Clock } from '../kit/environment.ts'
import type { Client } from './client.ts'
import { type Amend, amendedLines, type LogItem, lineOf } from './lines.ts'

export interface Window {
  /** It holds every line from this entry on. */
  readonly from: number
  readonly lines: readonly LogItem[]
  /** The first page is there. */
  readonly loaded: boolean
  readonly loading: boolean
}

export interface Windows {
  of(id: string): Window | undefined
  /** A face looks at the chat. Returns the way to look away. */
  look(id: string): () => void
  /** Adds the page before the window. */
  older(id: string): Promise<void>
  /** The server said that there is no such chat for this reader. */
  gone(id: string): boolean
  /** Nobody needs its lines for now. A chat that is looked at keeps them. */
  forget(id: string): void
}

type OwnWindow = { -readonly [K in keyof Window]: Window[K] } & { faces: number; failed: boolean; readonly at: number }

/** How many lines a page brings at least, when there are so many. */
const PAGE_LINES = 20
/** A closed window keeps a first screen, so that coming back shows something at once. */
const KEPT_LINES = 50

export function createWindows({ ask, events, replica }: Client, me: () => string, { now }: Clock, amend: Amend): Windows {
  const windows = new Map<string, OwnWindow>()
  const lost = new Set<string>()

  function open(id: string, from: number, loaded = false): OwnWindow {
    const window = { from, lines: [], loaded, loading: false, faces: 0, failed: false, at: now() }
    windows.set(id, window)
    return window
  }

  const first = (id: string) => replica.get(id)?.chat?.from_seq ?? 1
  const next = (id: string) => Math.max(0, replica.get(id)?.seq ?? 0) + 1

  /** FIL6: by then the addresses of files in it have ended, or soon will. */
  const isStale = ({ faces, at, lines }: OwnWindow) =>
    !faces && now() - at > FILE_URL_TTL_S * 900 && lines.some((item) => item.kind === 'event' && item.event.url)

  function shorten(id: string, window: OwnWindow) {
    if (window.lines.length <= KEPT_LINES) return
    window.lines = window.lines.slice(-KEPT_LINES)
    window.from = window.lines[0]?.seq ?? next(id)
  }

  events.on('entry', ({ chat: { id, from_seq }, entry }) => {
    const { seq } = entry.payload
    // Of a chat that begins now nothing is missing.
    const window = windows.get(id) ?? (seq <= from_seq ? open(id, seq, true) : undefined)
    const line = lineOf(entry, me())
    if (!window) return
    window.lines = amendedLines(window.lines, entry, amend)
    if (!line) return
    window.lines = [...window.lines, line]
    if (!window.faces && window.lines.length > 2 * KEPT_LINES) shorten(id, window)
  })
  /** BOT3: of what a bot writes only pieces tell until its next step. */
  events.on('push', (push) => {
    const { chat_id } = push.payload as PushPayload<'incoming_event_piece'>
    const window = push.action === 'incoming_event_piece' && windows.get(chat_id)
    if (!window) return
    window.lines = amendedLines(window.lines, push, amend)
    events.emit('change', chat_id)
  })
  events.on('restart', (id) => {
    const window = windows.get(id)
    if (window) Object.assign(window, { from: next(id), lines: [], loaded: false })
  })
  events.on('drop', ({ id, lost: isLost }) => {
    if (isLost) lost.add(id)
    if (!windows.get(id)?.faces) windows.delete(id)
  })
  events.on('change', (id) => {
    if (replica.get(id)?.chat) lost.delete(id)
    fill(id)
  })
  events.on('ready', () => {
    for (const [id, window] of windows) {
      window.failed = false
      fill(id)
    }
  })

  /** Whoever looks sees a first page. What fails is tried again after the next login. */
  function fill(id: string) {
    const window = windows.get(id)
    const log = replica.get(id)
    if (!window?.faces || window.loaded || window.failed || !log?.chat || log.seq < 0) return
    older(id).catch(() => {
      window.failed = true
    })
  }

  async function older(id: string) {
    const window = windows.get(id)
    if (!window || window.loading || !replica.get(id)?.chat) return
    window.loading = true
    events.emit('change', id)
    try {
      for (let lines = 0; window.from > first(id) && (lines < PAGE_LINES || !window.lines.length); ) lines += await page(id, window)
      window.loaded = true
    } finally {
      window.loading = false
      events.emit('change', id)
    }
  }

  /** The numbers say which entries make a page. Tells how many lines it brought. */
  async function page(id: string, window: OwnWindow): Promise<number> {
    const { from } = window
    const after = Math.max(first(id) - 1, from - 1 - MAX_SYNC_ENTRIES)
    const lines: LogItem[] = []
    await ask('sync', { chat_id: id, after, limit: from - 1 - after }, ({ entries }) => {
      for (const entry of entries as LogPush[]) {
        const line = entry.payload.seq < from && lineOf(entry, me())
        if (line) lines.push(line)
      }
      // Meanwhile the window may have begun anew.
      if (window.from === from) Object.assign(window, { from: after + 1, lines: [...lines, ...window.lines] })
    })
    return lines.length
  }

  return {
    of: (id) => windows.get(id),
    look(id) {
      let window = windows.get(id)
      if (!window || isStale(window)) window = open(id, next(id))
      if (!window.faces++) {
        replica.watched.add(id)
        replica.want(id)
      }
      fill(id)
      return () => {
        if (--window.faces) return
        replica.watched.delete(id)
        shorten(id, window)
      }
    },
    older,
    gone: (id) => lost.has(id),
    forget(id) {
      if (windows.get(id)?.faces || !windows.delete(id)) return
      events.emit('change', id)
    },
  }
}

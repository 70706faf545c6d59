/** Tells the operator which pages were turned away and why: once for each, and never so often that strangers fill the log. */
import type { Refusal } from '../domain/refusal.ts'
import type { Asker } from './authenticate.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'

export type NoteStranger = (asker: Asker, refusal: Refusal) => void

/** How many are told of in a stretch of time; after it all are told of anew. */
const MAX_TOLD = 100
const STRETCH_MS = 60 * 60 * 1000
/** What strangers say of themselves may be long. */
const MAX_CHARS = 200

export function createStrangers(log: Log, clock: Clock): NoteStranger {
  const told = new Set<string>()
  let until = 0
  return ({ origin, license, client_id }, { type }) => {
    const now = clock.now()
    if (now >= until) {
      told.clear()
      until = now + STRETCH_MS
    }
    const [from, number, client] = [origin, license, client_id].map((text) => text?.slice(0, MAX_CHARS) ?? null)
    const key = JSON.stringify([from, number, client, type])
    if (told.has(key) || told.size >= MAX_TOLD) return
    told.add(key)
    log.warn({ origin: from, license: number, client_id: client, reason: type }, 'a page was turned away')
  }
}

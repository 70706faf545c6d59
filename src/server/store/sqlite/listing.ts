/** Where a listing by age goes on: behind a row, or at an offset from the newest. */
import type { ListedFrom } from '../store.ts'

/** Older than it is what comes next. */
export const placeOf = (from: ListedFrom): [created_at: number, id: string] =>
  'offset' in from ? [Number.MAX_SAFE_INTEGER, ''] : [from.created_at, from.id]

export const offsetOf = (from: ListedFrom): number => ('offset' in from ? from.offset : 0)

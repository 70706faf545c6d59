/** Parts of listings for back ends: where one goes on, and how it is answered. */

import { DEFAULT_PAGE } from '../../../protocol/limits.ts'
import type { ListedFrom } from '../../store/store.ts'
import { readCursor, writeCursor } from '../cursors.ts'
import { invalid } from '../refusal.ts'

export interface Asked {
  readonly cursor?: string
  readonly page?: number
  readonly limit?: number
}

/** What of a list is wanted. Exactly one of the two ways to say where it begins is not null, or neither: then it begins at the beginning. */
export interface Wanted<C> {
  readonly cursor: C | null
  readonly offset: number
  readonly limit: number
  /** Whether the total is wanted. */
  readonly count: boolean
}

export function wantedOf<C>(action: string, { cursor, page, limit = DEFAULT_PAGE }: Asked, read: (said: unknown[]) => C | null): Wanted<C> {
  if (cursor !== undefined && page !== undefined) throw invalid(action, 'page', 'cannot go with cursor')
  return {
    cursor: cursor === undefined ? null : readCursor(action, 'cursor', cursor, read),
    offset: ((page ?? 1) - 1) * limit,
    limit,
    count: page !== undefined,
  }
}

/** `rows` are one more than wanted where there is more; `place` says where a row stands. */
export function answered<R, T>(asked: Asked, rows: readonly R[], shown: readonly T[], place: (row: R) => unknown[], total: number | null) {
  const { limit = DEFAULT_PAGE, page } = asked
  const last = rows[limit - 1]
  const has_more = rows.length > limit
  return {
    data: shown.slice(0, limit),
    next_cursor: has_more && last !== undefined ? writeCursor(place(last)) : null,
    has_more,
    ...(total === null ? {} : { page: page ?? 1, total, total_pages: Math.ceil(total / limit) }),
  }
}

type Age = { readonly created_at: number; readonly id: string }

/** Of listings by age. */
export const readAge = ([created_at, id]: unknown[]): Age | null =>
  typeof created_at === 'number' && typeof id === 'string' ? { created_at, id } : null

export const ageOf = ({ created_at, id }: Age): unknown[] => [created_at, id]

const isOlder = (one: Age, other: Age) => one.created_at < other.created_at || (one.created_at === other.created_at && one.id < other.id)

/** Of a list that is short enough to be read whole. A cursor is a place, so that it goes on though the row that stood there is gone. */
export function answeredWhole<R extends Age, T>(
  action: string,
  asked: Asked,
  all: readonly R[],
  newestFirst: boolean,
  show: (row: R) => T,
) {
  const { cursor, offset, limit, count } = wantedOf(action, asked, readAge)
  const behind = cursor === null ? all : all.filter((row) => (newestFirst ? isOlder(row, cursor) : isOlder(cursor, row)))
  const rows = behind.slice(offset, offset + limit + 1)
  return answered(asked, rows, rows.map(show), ageOf, count ? all.length : null)
}

export const fromOf = ({ cursor, offset }: Wanted<Age>): ListedFrom => cursor ?? { offset }

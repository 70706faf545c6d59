/** API keys of back ends: made, rotated and revoked from the command line only. */

import type { ApiKeyRow } from '../store/account-rows.ts'
import type { Change } from '../store/change.ts'

const plain = (at: number, write: Change['writes'][number]): Change => ({ at, expect: [], writes: [write], idempotency: [] })

export const createApiKey = (row: ApiKeyRow): Change => plain(row.created_at, { write: 'insert', table: 'api_keys', row })

const altered = ({ organization_id, id }: ApiKeyRow, set: Partial<ApiKeyRow>, at: number): Change =>
  plain(at, { write: 'update', table: 'api_keys', key: { organization_id, id }, set })

/** KEY2: what it was counts until then; what it was before that no more. */
export const rotateApiKey = (row: ApiKeyRow, hash: string, previous_until: number, at: number): Change =>
  altered(row, { hash, previous_hash: row.hash, previous_until }, at)

/** The row stays, so that what was done with it, and is tried with it, can still be told. */
export const revokeApiKey = (row: ApiKeyRow, at: number): Change => altered(row, { revoked_at: at }, at)

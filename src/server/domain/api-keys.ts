/** API keys of back ends: made, rotated and revoked from the command line only. */

import type { ApiKeyRow } from '../store/account-rows.ts'
import type { Change } from '../store/change.ts'

export const createApiKey = (row: ApiKeyRow): Change => ({
  ...{ at: row.created_at, expect: [], writes: [{ write: 'insert', table: 'api_keys', row }], idempotency: [] },
})

const altered = ({ organization_id, id }: ApiKeyRow, set: Partial<ApiKeyRow>, at: number): Change => ({
  ...{ at, expect: [], writes: [{ write: 'update', table: 'api_keys', key: { organization_id, id }, set }], idempotency: [] },
})

/** KEY2: what it was counts until then; what it was before that no more. Of two at once one succeeds, so that no secret is shown that never counted. */
export const rotateApiKey = (row: ApiKeyRow, hash: string, previous_until: number, at: number): Change => ({
  ...altered(row, { hash, previous_hash: row.hash, previous_until }, at),
  expect: [{ holds: 'exists', table: 'api_keys', hash: row.hash }],
})

/** The row stays, so that what was done with it, and is tried with it, can still be told. */
export const revokeApiKey = (row: ApiKeyRow, at: number): Change => altered(row, { revoked_at: at }, at)

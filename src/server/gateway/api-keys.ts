/** Who a back end is: the key that it shows, what the key may, and the audit of every use (KEY1–KEY4). */
import type { Scope } from '../../protocol/scopes.ts'
import { Refusal } from '../domain/refusal.ts'
import type { ApiKeyRow } from '../store/account-rows.ts'
import type { Write } from '../store/change.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from './clock.ts'
import type { HttpAsked } from './routes.ts'
import { createSecret, hashSecret } from './secrets.ts'

/** Known by its beginning to those who look for secrets that got out. */
const PREFIX = 'plk_'

export const createApiSecret = (): string => PREFIX + createSecret()

/** The key, if there is one of this secret, however it stands. */
export async function keyOf(store: Pick<Store, 'apiKey'>, asked: HttpAsked, action: string): Promise<ApiKeyRow> {
  if (asked.origin !== null) {
    throw new Refusal('origin_not_allowed', `unable to ${action}; an API key is for back ends and is shown by no page`)
  }
  const secret = /^Bearer +(\S+)$/i.exec(asked.header('authorization') ?? '')?.[1]
  const key = secret?.startsWith(PREFIX) ? await store.apiKey(hashSecret(secret)) : null
  if (!key) throw wrongKey(action)
  return { ...key, revoked_at: revokedAt(key, hashSecret(secret ?? '')) }
}

/** What it was before it was rotated counts for a while. */
const revokedAt = ({ revoked_at, previous_hash, previous_until }: ApiKeyRow, shown: string): number | null =>
  revoked_at ?? (shown === previous_hash ? previous_until : null)

export const isLive = ({ revoked_at }: ApiKeyRow, { now }: Clock): boolean => revoked_at === null || revoked_at > now()

export function checkScope({ scopes }: ApiKeyRow, scope: Scope | undefined, action: string): void {
  if (scope !== undefined && !scopes.includes(scope)) {
    throw new Refusal('authorization', `unable to ${action}; the API key lacks the scope ${scope}`, { scope })
  }
}

export const wrongKey = (action: string) => new Refusal('authentication', `unable to ${action}; the API key is missing, wrong or revoked`)

/** What is written down of a use, with the change that it made or, where it made none, apart. */
export const audited = ({ organization_id, id }: ApiKeyRow, asked: HttpAsked, action: string, outcome: string, at: number): Write[] => [
  {
    write: 'insert',
    table: 'audit',
    row: { organization_id, key_id: id, action, outcome, request_id: asked.request_id, address: asked.address, created_at: at },
  },
  { write: 'update', table: 'api_keys', key: { organization_id, id }, set: { last_used_at: at } },
]

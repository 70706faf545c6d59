/** Organizations, their clients and their secrets: made and changed from the command line only. */

import type { ClientRow, KeyRow, OrganizationPolicies, OrganizationRow } from '../store/account-rows.ts'
import type { Change } from '../store/change.ts'
import type { Reads } from './context.ts'

const plain = (at: number, write: Change['writes'][number]): Change => ({ at, expect: [], writes: [write], idempotency: [] })

export const createOrganization = (row: Omit<OrganizationRow, 'policies'>): Change =>
  plain(row.created_at, { write: 'insert', table: 'organizations', row: { ...row, policies: {} } })

/** What an organization decides for itself, and the first of each is what it is until then. */
export const POLICIES = {
  agents_edit: ['own', 'all'],
  agents_delete: ['own', 'all'],
  originals: ['hidden', 'shown'],
  customer_chats: ['known', 'none'],
} as const satisfies { [P in keyof OrganizationPolicies]: readonly OrganizationPolicies[P][] }

const USUAL: OrganizationPolicies = { agents_edit: 'own', agents_delete: 'own', originals: 'hidden', customer_chats: 'known' }

export const policiesIn = ({ policies }: OrganizationRow): OrganizationPolicies => ({ ...USUAL, ...policies })

export const policiesOf = async (store: Pick<Reads, 'organization'>, id: string): Promise<OrganizationPolicies> => ({
  ...USUAL,
  ...(await store.organization(id))?.policies,
})

/** EDT6: what is to be seen by nobody any more is kept no longer. */
export const updatePolicies = (at: number, { id, policies }: OrganizationRow, set: Partial<OrganizationPolicies>): Change => ({
  at,
  expect: [],
  writes: [
    { write: 'update', table: 'organizations', key: { id }, set: { policies: { ...policies, ...set } } },
    ...(set.originals === 'hidden' ? [{ write: 'forget_originals', organization_id: id } as const] : []),
  ],
  idempotency: [],
})

export const createClient = (row: ClientRow): Change => plain(row.created_at, { write: 'insert', table: 'clients', row })

export const updateClient = (at: number, row: Pick<ClientRow, 'organization_id' | 'id'>, set: Partial<ClientRow>): Change =>
  plain(at, { write: 'update', table: 'clients', key: { organization_id: row.organization_id, id: row.id }, set })

export const createKey = (row: KeyRow): Change => plain(row.created_at, { write: 'insert', table: 'keys', row })

/** IDN6: from here on nothing that was signed with it counts. */
export const revokeKey = ({ organization_id, id }: KeyRow, at: number): Change =>
  plain(at, { write: 'delete', table: 'keys', key: { organization_id, id } })

/** Stands for every origin of this machine; the demo's client alone has it. */
export const LOOPBACK = 'loopback'

/** Whether a page of this origin, or a request without one, may speak for the client. */
export function originAllowed(client: ClientRow, origin: string | null): boolean {
  if (origin === null) return client.kind !== 'web'
  return client.origins.some((allowed) => (allowed === LOOPBACK ? LOOPBACK_ORIGIN.test(origin) : allowed === origin))
}

const LOOPBACK_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/

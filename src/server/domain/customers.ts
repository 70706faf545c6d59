/** Customers: made by their first token, known again by visitor key or refresh token, described by themselves. */

import type { RequestOf } from '../../protocol/actions.ts'
import type { CustomerDetails, CustomerPage } from '../../protocol/users.ts'
import type { BusMessage } from '../bus/bus.ts'
import type { Change, Write } from '../store/change.ts'
import type { CustomerRow, RefreshTokenRow } from '../store/rows.ts'
import type { Context, Plan, Reply } from './context.ts'
import { presentCustomer } from './present.ts'
import { Refusal } from './refusal.ts'

/** A new customer and the first refresh token in one change; `conflict` means that another request was first. */
export const createCustomer = (row: CustomerRow, token: RefreshTokenRow): Change => ({
  at: row.created_at,
  expect: [],
  writes: [
    { write: 'insert', table: 'customers', row },
    { write: 'insert', table: 'refresh_tokens', row: token },
  ],
  idempotency: [],
})

export const addRefreshToken = (token: RefreshTokenRow): Change => ({
  at: token.created_at,
  expect: [],
  writes: [{ write: 'insert', table: 'refresh_tokens', row: token }],
  idempotency: [],
})

/** A device in use keeps its refresh token. */
export const prolongRefreshToken = (hash: string, expires_at: number, at: number): Change => ({
  at,
  expect: [],
  writes: [{ write: 'update', table: 'refresh_tokens', key: { hash }, set: { expires_at } }],
  idempotency: [],
})

/** Forgets a device: its refresh token is of no use any more. */
export const forgetDevice = (hash: string, at: number): Change => ({
  at,
  expect: [],
  writes: [{ write: 'delete', table: 'refresh_tokens', key: { hash } }],
  idempotency: [],
})

export const newCustomer = (id: string, organization_id: string, visitor_key_hash: string, at: number): CustomerRow => ({
  id,
  organization_id,
  name: null,
  email: null,
  avatar: null,
  session_fields: [],
  page: null,
  visitor_key_hash,
  not_before: 0,
  created_at: at,
})

/** What a login tells of the customer and the page, as a change; null when nothing is new. */
export function rememberVisit(
  customer: CustomerRow,
  details: CustomerDetails | undefined,
  page: CustomerPage | undefined,
  at: number,
): Change | null {
  const news = newIn(customer, { ...details, ...(page ? { page } : {}) })
  if (Object.keys(news).length === 0) return null
  const profile: Write[] = Object.keys(news).some((field) => field !== 'page') ? [{ write: 'profile_updated', user_id: customer.id }] : []
  return { at, expect: [], writes: [update(customer, news), ...profile], idempotency: [] }
}

/** For agents, whose logs do not have it: the customer as they are from now on. */
export const tellOf = (row: CustomerRow): BusMessage => ({
  kind: 'signal',
  audience: null,
  to: 'agents',
  author_id: row.id,
  push: { action: 'incoming_customer', payload: { customer: presentCustomer(row, 'agents') } },
})

/** A customer's own record, or for an agent anyone's of the organization. */
export async function getCustomer(ctx: Context, request: RequestOf<'get_customer'>): Promise<Reply> {
  const { principal, store } = ctx
  const id = request.id ?? principal.id
  const allowed = principal.type === 'agent' || id === principal.id
  const row = allowed ? await store.customer(principal.organization_id, id) : null
  if (!row) throw new Refusal('not_found', 'unable to get_customer; there is no such customer')
  return { answer: { customer: presentCustomer(row, principal.type === 'agent' ? 'agents' : 'public') } }
}

export async function updateCustomer(ctx: Context, request: RequestOf<'update_customer'>): Promise<Plan> {
  const { principal, store } = ctx
  const row = await store.customer(principal.organization_id, principal.id)
  if (!row) throw new Refusal('not_found', 'unable to update_customer; there is no such customer')
  const changed = async () => (await store.customer(row.organization_id, row.id)) ?? row
  return {
    signal: async () => tellOf(await changed()),
    change: { at: ctx.now(), expect: [], writes: [update(row, request), { write: 'profile_updated', user_id: row.id }], idempotency: [] },
    answer: async (committed) => ({
      customer: presentCustomer(await changed(), 'public'),
      user_seq: committed.user_entries.at(-1)?.seq ?? (await store.userHead(row.id)),
    }),
  }
}

const update = (row: CustomerRow, set: Partial<CustomerRow>): Write => ({
  write: 'update',
  table: 'customers',
  key: { organization_id: row.organization_id, id: row.id },
  set,
})

function newIn(row: CustomerRow, said: Partial<CustomerRow>): Partial<CustomerRow> {
  const entries = Object.entries(said).filter(([field, value]) => JSON.stringify(row[field as keyof CustomerRow]) !== JSON.stringify(value))
  return Object.fromEntries(entries)
}

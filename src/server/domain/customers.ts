/** Customers: made by their first token, known again by visitor key, refresh token or the host's word, described by themselves and the host. */

import type { RequestOf } from '../../protocol/actions.ts'
import { MAX_ADDRESS_CHARS, MAX_SESSION_FIELDS, MAX_TITLE_CHARS } from '../../protocol/limits.ts'
import type { CustomerDetails, CustomerPage, SessionFields } from '../../protocol/users.ts'
import type { BusMessage } from '../bus/bus.ts'
import type { CustomerRow, RefreshTokenRow } from '../store/account-rows.ts'
import type { Change, Precondition, TrackWrite, Write } from '../store/change.ts'
import { tellOfActivity, trackPage } from './activity.ts'
import type { Context, Plan, Reply, Said } from './context.ts'
import { presentCustomer } from './present.ts'
import { customerNotFound, invalid } from './refusal.ts'
import { notErased, notVoided, unchanged } from './standing.ts'

/** A new customer and the first refresh token in one change; `conflict` means that another request was first. */
export const createCustomer = (row: CustomerRow, token: RefreshTokenRow): Change => ({
  at: row.created_at,
  expect: namesNobody(row, row),
  writes: [
    { write: 'insert', table: 'customers', row },
    { write: 'insert', table: 'refresh_tokens', row: token },
  ],
  idempotency: [],
})

/** USR2 */
const namesNobody = ({ organization_id }: CustomerRow, { external_id }: Pick<CustomerRow, 'external_id'>): Precondition[] =>
  external_id === null ? [] : [{ holds: 'unknown', organization_id, external_id }]

/** For who showed the visitor key, unless the customer has become a known one meanwhile (IDN3). */
export const addRefreshToken = (customer: CustomerRow, token: RefreshTokenRow, visitor_key_hash: string): Change => ({
  at: token.created_at,
  expect: [notVoided(customer), { holds: 'visitor_key', organization_id: token.organization_id, hash: visitor_key_hash }],
  writes: [{ write: 'insert', table: 'refresh_tokens', row: token }],
  idempotency: [],
})

/** What the host says of a customer whom it has spoken of before counts from now on; the token that was shown makes room for the new one. */
export const meetAgain = (customer: CustomerRow, said: Said, shown: string, token: RefreshTokenRow): Change => ({
  at: token.created_at,
  expect: [notVoided(customer)],
  writes: [
    ...portray(customer, newIn(customer, said)),
    { write: 'delete', table: 'refresh_tokens', key: { hash: shown, customer_id: customer.id, client_id: token.client_id } },
    { write: 'insert', table: 'refresh_tokens', row: token },
  ],
  idempotency: [],
})

/**
 * An anonymous customer becomes a known one. Proofs from before are void, for who has one need not be the one whom the host
 * knows (IDN3); the one that was shown is used up, so that of two at once one succeeds.
 */
export const attachIdentity = (
  customer: CustomerRow,
  said: Said & Pick<CustomerRow, 'external_id'>,
  shown: string,
  token: RefreshTokenRow,
): Change => ({
  at: token.created_at,
  expect: [notVoided(customer), { holds: 'exists', table: 'refresh_tokens', hash: shown }, ...namesNobody(customer, said)],
  writes: [
    ...portray(customer, { ...said, visitor_key_hash: null }),
    { write: 'delete', table: 'refresh_tokens', key: { customer_id: customer.id } },
    { write: 'insert', table: 'refresh_tokens', row: token },
  ],
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

export const newCustomer = (id: string, organization_id: string, visitor_key_hash: string | null, at: number): CustomerRow => ({
  id,
  organization_id,
  name: null,
  email: null,
  avatar: null,
  session_fields: [],
  page: null,
  referrer: null,
  visitor_key_hash,
  external_id: null,
  username: null,
  nickname: null,
  badge: null,
  status: 'active',
  custom: {},
  not_before: 0,
  deleted_at: null,
  erased_at: null,
  created_at: at,
})

const cut = ({ url, title }: CustomerPage): CustomerPage => ({
  url: url.slice(0, MAX_ADDRESS_CHARS),
  ...(title !== undefined && { title: title.slice(0, MAX_TITLE_CHARS) }),
})

/** What a login tells of the customer and the page, as a change and what agents are told of it; null when nothing is new. */
export function rememberVisit(
  customer: CustomerRow,
  details: CustomerDetails | undefined,
  visit: { readonly page?: CustomerPage; readonly referrer?: string },
  at: number,
): { change: Change; tell(now: CustomerRow): BusMessage[] } | null {
  const { page, referrer } = visit
  const short = { ...(page && { page: cut(page) }), ...(referrer !== undefined && { referrer: referrer.slice(0, MAX_ADDRESS_CHARS) }) }
  const news = newIn(customer, { ...details, ...short })
  if (Object.keys(news).length === 0) return null
  const seen = news.page ? [trackPage(customer, news.page)] : []
  return {
    change: { at, expect: [notErased(customer)], writes: [...portray(customer, news), ...seen], idempotency: [] },
    tell: (now) => [tellOf(now), ...seen.map((write) => tellOfActivity(write, at))],
  }
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
  if (!row || row.deleted_at !== null) throw customerNotFound('get_customer')
  return { answer: { customer: presentCustomer(row, principal.type === 'agent' ? 'agents' : 'public') } }
}

export function updateCustomer(ctx: Context, request: RequestOf<'update_customer'>): Promise<Plan> {
  const { session_fields: said, ...details } = request
  return news(ctx, 'update_customer', (customer) => {
    if (!said) return { set: details }
    const { session_fields } = customer
    const set = { ...details, session_fields: mergedFields('update_customer', session_fields, said) }
    return { set, expect: [unchanged(customer, { session_fields })] }
  })
}

export const setCustomerSessionFields = (ctx: Context, set: RequestOf<'set_customer_session_fields'>): Promise<Plan> =>
  news(ctx, 'set_customer_session_fields', () => ({ set }))

export const updateCustomerPage = async (ctx: Context, page: RequestOf<'update_customer_page'>): Promise<Plan> => ({
  ...(await news(ctx, 'update_customer_page', (row) => ({ set: { page: cut(page) }, seen: [trackPage(row, cut(page))] }))),
  answer: async () => ({}),
})

interface News {
  readonly set: Partial<CustomerRow>
  readonly expect?: Change['expect']
  /** Pages, which are told of as well. */
  readonly seen?: readonly TrackWrite[]
}

/** What customers say of themselves, told to their own sockets and to agents. */
async function news(ctx: Context, action: string, newsOf: (row: CustomerRow) => News): Promise<Plan> {
  const { principal, store } = ctx
  const row = await store.customer(principal.organization_id, principal.id)
  if (!row || row.deleted_at !== null) throw customerNotFound(action)
  const changed = async () => (await store.customer(row.organization_id, row.id)) ?? row
  const { set, expect = [], seen = [] } = newsOf(row)
  const at = ctx.now()
  return {
    signals: async () => [tellOf(await changed()), ...seen.map((write) => tellOfActivity(write, at))],
    change: { at, expect: [notErased(row), ...expect], writes: [...portray(row, set), ...seen], idempotency: [] },
    answer: async (committed) => ({
      customer: presentCustomer(await changed(), 'public'),
      user_seq: committed.user_entries.at(-1)?.seq ?? (await store.userHead(row.id)),
    }),
  }
}

/** A key that is there already keeps its place. */
function mergedFields(action: string, old: SessionFields, said: SessionFields): SessionFields {
  const merged = new Map([...old, ...said].flatMap((field) => Object.entries(field)))
  if (merged.size > MAX_SESSION_FIELDS) throw invalid(action, 'session_fields', `come to more than ${MAX_SESSION_FIELDS}`)
  return [...merged].map(([key, value]) => ({ [key]: value }))
}

/** Fields of a visit rather than of the customer, which the customer's own log does not tell of. */
const VISIT = ['page', 'referrer']

export function portray({ organization_id, id }: CustomerRow, set: Partial<CustomerRow>): Write[] {
  const fields = Object.keys(set)
  if (fields.length === 0) return []
  const update: Write = { write: 'update', table: 'customers', key: { organization_id, id }, set }
  return fields.every((field) => VISIT.includes(field)) ? [update] : [update, { write: 'profile_updated', user_id: id }]
}

export function newIn(row: CustomerRow, said: Partial<CustomerRow>): Partial<CustomerRow> {
  const entries = Object.entries(said).filter(([field, value]) => JSON.stringify(row[field as keyof CustomerRow]) !== JSON.stringify(value))
  return Object.fromEntries(entries)
}

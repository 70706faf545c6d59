/** Users by the host's id or ours, as back ends name and see them; and those who are made because they are named. */
import type { BackendUser } from '../../protocol/users.ts'
import type { AgentRow, CustomerRow } from '../store/account-rows.ts'
import type { Precondition, Write } from '../store/change.ts'
import type { UserType } from '../store/rows.ts'
import type { Context, Reads } from './context.ts'
import { newCustomer } from './customers.ts'
import { time } from './present.ts'
import { Refusal } from './refusal.ts'
import { notErased } from './standing.ts'

export type Person = { readonly type: 'customer'; readonly row: CustomerRow } | { readonly type: 'agent' | 'bot'; readonly row: AgentRow }

/** The host's own ids come first. They and ours never mean two users: nobody is made under an external id that is an id of ours. */
export async function findPerson({ principal, store }: Context, ref: string): Promise<Person | null> {
  const { organization_id } = principal
  const customer = (await store.customerByExternalId(organization_id, ref)) ?? (await store.customer(organization_id, ref))
  if (customer?.deleted_at === null) return { type: 'customer', row: customer }
  const agent = (await store.agentByExternalId(organization_id, ref)) ?? (await store.agent(organization_id, ref))
  return agent?.deleted_at === null ? { type: agent.kind, row: agent } : null
}

export async function personOf(ctx: Context, action: string, ref: string, path = 'user_id'): Promise<Person> {
  const person = await findPerson(ctx, ref)
  if (!person) throw noUser(action, path)
  return person
}

const noUser = (action: string, path: string) => new Refusal('not_found', `unable to ${action}; ${path} names no user`, { path })

/** USR2: whether it is an id of ours, under which the host can make nobody: also of who was erased. */
export const isOurs = async (store: Pick<Reads, 'customer' | 'agent'>, organization_id: string, ref: string): Promise<boolean> =>
  ((await store.customer(organization_id, ref)) ?? (await store.agent(organization_id, ref))) !== null

/** Null for whom nobody knows, and who can be made under this external id. */
export async function findOrMakeable(ctx: Context, action: string, ref: string, path: string): Promise<Person | null> {
  const person = await findPerson(ctx, ref)
  if (!person && (await isOurs(ctx.store, ctx.principal.organization_id, ref))) throw noUser(action, path)
  return person
}

/** A change's part that makes those of them whom nobody knows yet. */
export interface Known {
  readonly members: readonly { readonly user_id: string; readonly user_type: UserType }[]
  readonly expect: readonly Precondition[]
  readonly writes: readonly Write[]
}

/** Each once, in their order. */
export async function knownAs(ctx: Context, action: string, path: string, refs: readonly string[]): Promise<Known> {
  const members = new Map<string, UserType>()
  const [expect, writes]: [Precondition[], Write[]] = [[], []]
  for (const ref of new Set(refs)) {
    const person = await findOrMakeable(ctx, action, ref, path)
    const row = person?.row ?? { ...newCustomer(ctx.id(), ctx.principal.organization_id, null, ctx.now()), external_id: ref }
    members.set(row.id, person?.type ?? 'customer')
    if (person) {
      expect.push(notErased(row))
      continue
    }
    expect.push({ holds: 'unknown', organization_id: row.organization_id, external_id: ref })
    writes.push({ write: 'insert', table: 'customers', row: row as CustomerRow })
  }
  return { members: [...members].map(([user_id, user_type]) => ({ user_id, user_type })), expect, writes }
}

export const presentPerson = (person: Person): BackendUser => (person.type === 'customer' ? ofCustomer(person.row) : ofAgent(person))

const ofCustomer = (row: CustomerRow): BackendUser => ({
  id: row.id,
  type: 'customer',
  ...given({ external_id: row.external_id, username: row.username, display_name: row.name, nickname: row.nickname }),
  ...given({ email: row.email, avatar: row.avatar, badge: row.badge }),
  status: row.status,
  custom: row.custom,
  created_at: time(row.created_at),
})

const ofAgent = ({ type, row }: Extract<Person, { row: AgentRow }>): BackendUser => ({
  id: row.id,
  type,
  ...given({ external_id: row.external_id, display_name: row.name, email: row.email, avatar: row.avatar }),
  status: 'active',
  custom: {},
  created_at: time(row.created_at),
})

/** Without what is not there. */
const given = <F extends string>(fields: Record<F, string | null>): { [N in F]?: string } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as { [N in F]?: string }

/** Users as a back end makes, reads and changes them. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import type { AgentRow, CustomerRow } from '../../store/account-rows.ts'
import type { Change, Committed, Precondition, Write } from '../../store/change.ts'
import { newAgent } from '../agents.ts'
import type { Context, Plan, Reply } from '../context.ts'
import { newCustomer, portray, tellOf } from '../customers.ts'
import { findPerson, isOurs, type Person, personOf, presentPerson } from '../people.ts'
import { invalid, Refusal } from '../refusal.ts'
import { notErased, unchanged } from '../standing.ts'
import { ageOf, answered, answeredWhole, fromOf, readAge, wantedOf } from './lists.ts'
import { ended, voiding } from './revocation.ts'

type Fields = Omit<ServerRequestOf<'update_user'>, 'user_id'>

/** What is said of a user, by the names of our columns. */
function columnsOf({ display_name, ...others }: Fields): Partial<CustomerRow> {
  return { ...others, ...(display_name !== undefined && { name: display_name }) }
}

const FIELD: Partial<Record<string, string>> = { name: 'display_name' }

/** USR1: the same external id again is the same user. */
export async function createUser(ctx: Context, request: ServerRequestOf<'create_user'>): Promise<Plan> {
  const { external_id, type = 'customer', ...fields } = request
  const { organization_id } = ctx.principal
  const known = await knownBy(ctx, external_id)
  if (known && known.type !== type)
    throw new Refusal('conflict', `unable to create_user; external_id is of a user who is no ${type}`, { path: 'external_id' })
  if (known) {
    const set = news(known, columnsOf(fields))
    // What was seen empty is: of two who fill it at once, the second is to see what the first said.
    const empty = Object.fromEntries(Object.keys(set).map((name) => [name, (known.row as Partial<CustomerRow>)[name as keyof CustomerRow]]))
    const answer: Plan['answer'] = (committed) => createdAnswer(ctx, committed, request)
    return changed(ctx, 'create_user', known, set, answer, [unchanged(known.row, empty)])
  }
  const at = ctx.now()
  const row = newCustomer(ctx.id(), organization_id, null, at)
  const insert: Write =
    type === 'customer'
      ? { write: 'insert', table: 'customers', row: { ...row, ...columnsOf(fields), external_id } }
      : { write: 'insert', table: 'agents', row: namedAgent(ctx, type, external_id, ofAgents('create_user', columnsOf(fields))) }
  return {
    change: {
      at,
      expect: [{ holds: 'unknown', organization_id, external_id }, ...(await freeName(ctx, 'create_user', fields.username, null))],
      writes: [insert],
      idempotency: [],
    },
    answer: (committed) => createdAnswer(ctx, committed, request),
  }
}

export const namedAgent = (
  ctx: Context,
  kind: AgentRow['kind'],
  external_id: string,
  { name, avatar = null }: Partial<Pick<AgentRow, 'name' | 'avatar'>>,
): AgentRow => ({ ...newAgent(ctx.id(), ctx.principal.organization_id, name ?? external_id, ctx.now()), kind, external_id, avatar })

/** By the host's id alone: an id of ours names nobody whom a host could make. */
async function knownBy(ctx: Context, external_id: string): Promise<Person | null> {
  const person = await findPerson(ctx, external_id)
  const ours = person ? person.row.external_id !== external_id : await isOurs(ctx.store, ctx.principal.organization_id, external_id)
  if (ours) throw invalid('create_user', 'external_id', 'is an id of ours')
  return person
}

/** Fields that are still empty are filled; a field that says something else is a conflict. */
function news({ row }: Person, said: Partial<CustomerRow>): Partial<CustomerRow> {
  const there = row as Partial<CustomerRow>
  const added = Object.entries(said).filter(([name, value]) => {
    const now = there[name as keyof CustomerRow]
    if (JSON.stringify(now) === JSON.stringify(value)) return false
    const empty = now === null || now === undefined || JSON.stringify(now) === '{}' || (name === 'name' && now === row.external_id)
    if (!empty) {
      const path = FIELD[name] ?? name
      throw new Refusal('conflict', `unable to create_user; the user exists with another ${path}`, { path })
    }
    return true
  })
  return Object.fromEntries(added)
}

/** One username in the organization. The index has the last word; this says what is wrong. */
async function freeName(
  { store, principal }: Context,
  action: string,
  username: string | null | undefined,
  of: string | null,
): Promise<[]> {
  const other = username ? await store.customerByUsername(principal.organization_id, username) : null
  if (other && other.id !== of) throw new Refusal('conflict', `unable to ${action}; username is another user's`, { path: 'username' })
  return []
}

export async function createdAnswer(ctx: Context, _committed: Committed, { external_id }: ServerRequestOf<'create_user'>): Promise<object> {
  return { user: presentPerson(await personOf(ctx, 'create_user', external_id, 'external_id')) }
}

export async function getUser(ctx: Context, { user_id }: ServerRequestOf<'get_user'>): Promise<Reply> {
  return { answer: { user: presentPerson(await personOf(ctx, 'get_user', user_id)) } }
}

export async function listUsers(ctx: Context, request: ServerRequestOf<'list_users'>): Promise<Reply> {
  const wanted = wantedOf('list_users', request, readAge)
  const { type = 'customer', anonymous = false } = request
  const { organization_id } = ctx.principal
  if (type !== 'customer') return { answer: await agentsListed(ctx, request, type) }
  const page = { organization_id, anonymous, from: fromOf(wanted), limit: wanted.limit + 1, count: wanted.count }
  const { rows, total } = await ctx.store.customersPage(page)
  return {
    answer: answered(
      request,
      rows,
      rows.map((row) => presentPerson({ type, row })),
      ageOf,
      total,
    ),
  }
}

/** Agents are few: they are read whole. */
async function agentsListed(ctx: Context, request: ServerRequestOf<'list_users'>, type: AgentRow['kind']): Promise<object> {
  const all = (await ctx.store.agents(ctx.principal.organization_id))
    .filter((row) => row.kind === type && row.deleted_at === null)
    .reverse()
  return answeredWhole('list_users', request, all, true, (row) => presentPerson({ type, row }))
}

export async function updateUser(ctx: Context, request: ServerRequestOf<'update_user'>): Promise<Plan> {
  const { user_id, ...fields } = request
  const person = await personOf(ctx, 'update_user', user_id)
  return changed(ctx, 'update_user', person, columnsOf(fields), (committed) => updatedAnswer(ctx, committed, request))
}

export async function updatedAnswer(ctx: Context, _committed: Committed, { user_id }: ServerRequestOf<'update_user'>): Promise<object> {
  return { user: presentPerson(await personOf(ctx, 'update_user', user_id)) }
}

async function changed(
  ctx: Context,
  action: string,
  person: Person,
  set: Partial<CustomerRow>,
  answer: Plan['answer'],
  expect: Precondition[] = [],
): Promise<Plan> {
  if (person.type !== 'customer') return { change: ofAgent(ctx, person, ofAgents(action, set), expect), answer }
  const { row } = person
  await freeName(ctx, action, set.username, row.id)
  const suspended = set.status === 'suspended' && row.status !== 'suspended'
  const at = ctx.now()
  const { organization_id, id } = row
  const writes = [...portray(row, set), ...(suspended ? voiding(person, at + 1) : [])]
  return {
    change: { at, expect: [notErased(row), ...expect], writes, idempotency: [] },
    async signals() {
      const now = await ctx.store.customer(organization_id, id)
      return [...(now ? [tellOf(now)] : []), ...(suspended ? [ended(person, at + 1)] : [])]
    },
    answer,
  }
}

const ofAgent = (ctx: Context, { row }: Person, set: Partial<AgentRow>, expect: Precondition[]): Change => ({
  at: ctx.now(),
  expect: [notErased(row), ...expect],
  writes:
    Object.keys(set).length > 0
      ? [{ write: 'update', table: 'agents', key: { organization_id: row.organization_id, id: row.id }, set }]
      : [],
  idempotency: [],
})

/** Agents and bots have a name and a picture, and nothing else that a back end could say of them. */
function ofAgents(action: string, set: Partial<CustomerRow>): Partial<Pick<AgentRow, 'name' | 'avatar'>> {
  for (const name of Object.keys(set)) {
    if (name !== 'name' && name !== 'avatar') throw invalid(action, name, 'is for customers only')
  }
  if (set.name === null) throw invalid(action, 'display_name', 'cannot be taken away from an agent or a bot')
  const { name, avatar } = set
  return { ...(name !== undefined && { name }), ...(avatar !== undefined && { avatar }) }
}

/** Direct and group chats, as those who are in them make and change them. */
import type { RequestOf } from '../../protocol/actions.ts'
import type { ChatKind } from '../../protocol/chats.ts'
import { MAX_CHAT_USERS, MAX_SETTINGS_BYTES } from '../../protocol/limits.ts'
import type { Committed, Described, Idempotency, Precondition, Write } from '../store/change.ts'
import type { ChatRow, Role } from '../store/rows.ts'
import { type Entered, enter } from './access.ts'
import { openedAnswer } from './chats.ts'
import { type Context, type Plan, type Reply, readerOf, userTypeOf } from './context.ts'
import { entriesAnswer } from './entries.ts'
import { fingerprint } from './fingerprints.ts'
import { leaving, leftAnswer, letIn } from './members.ts'
import { policiesOf } from './organizations.ts'
import { knownAs, personOf } from './people.ts'
import { checkProperties, mergedIntoChat } from './properties.ts'
import { invalid, Refusal, tooLarge } from './refusal.ts'
import { notErased } from './standing.ts'
import { readChat } from './summaries.ts'

type Creation = RequestOf<'create_chat'>

/** What a chat may be told to be, and the action in whose name it is. */
type Said = Partial<Pick<Creation, 'joinable' | 'settings' | 'properties' | 'user_limit'>> | RequestOf<'update_chat'>

/** MEM10: who asks is in it, and owns a group. */
export async function createChat(ctx: Context, request: Creation): Promise<Plan> {
  const { principal } = ctx
  await requireVouched(ctx)
  const { kind = 'group', users = [], properties = {} } = request
  checkSaid('create_chat', kind, request)
  const { members, expect, writes } = await knownAs(ctx, 'create_chat', 'users', users)
  const me = { user_id: principal.id, user_type: userTypeOf(principal) }
  const others = members.filter(({ user_id }) => user_id !== principal.id)
  checkCount(kind, others.length + 1, request.user_limit)
  const chat_id = ctx.id()
  const { id: created_by, organization_id } = principal
  return {
    change: {
      at: ctx.now(),
      expect: [notErased(principal), ...expect],
      writes: [
        ...writes,
        {
          ...{ write: 'create_chat', chat_id, organization_id, kind, properties, created_by },
          ...describedBy(request),
          members: [me, ...others].map((one) => ({ ...one, ...roleIn(kind, one === me ? 'owner' : 'member') })),
        },
        { write: 'open_thread', chat_id, thread_id: ctx.id(), by: created_by, properties: {} },
      ],
      idempotency: createdBy(ctx, request),
    },
    answer: (committed) => openedAnswer(ctx, committed),
  }
}

/** The two of a direct chat have the same to say. */
export const roleIn = (kind: ChatKind, role: Role): { role?: Role } => (kind === 'group' ? { role } : {})

/** MEM10: of customers those whom the host vouches for, where the organization wants it. */
async function requireVouched({ principal: { type, id, organization_id }, store }: Context): Promise<void> {
  if (type !== 'customer') return
  const { customer_chats } = await policiesOf(store, organization_id)
  const customer = await store.customer(organization_id, id)
  if (customer_chats === 'known' && customer?.external_id != null) return
  throw new Refusal(
    'authorization',
    'unable to create_chat; only customers whom the host has identified may, where the organization lets them',
  )
}

export function createdBy({ principal: { id, organization_id } }: Context, { custom_id, ...content }: Creation): Idempotency[] {
  if (custom_id === undefined) return []
  return [{ by: 'chat', organization_id, author_id: id, custom_id, fingerprint: fingerprint(content) }]
}

/** Refuses what the schema cannot. */
export function checkSaid(action: string, kind: ChatKind, { joinable, settings, properties }: Said): void {
  if (joinable && kind !== 'group') throw invalid(action, 'joinable', 'is for groups')
  checkProperties(action, properties, 'properties')
  if (settings && Buffer.byteLength(JSON.stringify(settings)) > MAX_SETTINGS_BYTES) throw tooLarge(action, 'settings', MAX_SETTINGS_BYTES)
}

function checkCount(kind: ChatKind, count: number, limit: number | undefined): void {
  if (kind === 'direct' && count !== 2) throw invalid('create_chat', 'users', 'of a direct chat are one, beside who asks')
  const most = Math.min(limit ?? MAX_CHAT_USERS, MAX_CHAT_USERS)
  if (count > most) throw invalid('create_chat', 'users', `come to more than ${most}`)
}

/** What is said of a chat when it is made, and what it is otherwise. */
export const describedBy = (said: Partial<Omit<Creation, 'kind'>>): Described => ({
  name: said.name ?? null,
  avatar: said.avatar ?? null,
  user_limit: said.user_limit ?? null,
  settings: said.settings ?? null,
  joinable: said.joinable ?? false,
  history: said.history ?? false,
})

const DESCRIBED = ['name', 'avatar', 'user_limit', 'settings', 'joinable', 'history'] as const

/** What is said of it anew. */
export const describedAnew = (said: Partial<Described>): Partial<Described> =>
  Object.fromEntries(DESCRIBED.filter((name) => said[name] !== undefined).map((name) => [name, said[name]]))

export async function updateChat(ctx: Context, request: RequestOf<'update_chat'>): Promise<Plan> {
  const entered = await enter(ctx, 'update_chat', request.chat_id)
  const { chat } = entered
  const expect = await requireSay(ctx, 'update_chat', entered)
  checkSaid('update_chat', chat.kind, request)
  const properties = mergedIntoChat(ctx, 'update_chat', chat, request.properties, 'properties')
  const set = describedAnew(request as Partial<Described>)
  const { id } = ctx.principal
  const described: Write[] = Object.keys(set).length > 0 ? [{ write: 'update_chat', chat_id: chat.id, set, by: id }] : []
  return {
    change: { at: ctx.now(), expect: [...expect, ...properties.expect], writes: [...described, ...properties.writes], idempotency: [] },
    answer: (committed) => updatedAnswer(ctx, committed, request),
  }
}

export const updatedAnswer = async (ctx: Context, committed: Committed, { chat_id }: { chat_id: string }): Promise<object> => ({
  chat: await chatNow(ctx, chat_id),
  ...(await entriesAnswer(ctx, committed)),
})

const chatNow = async (ctx: Context, chat_id: string) => readChat(ctx.store, (await enter(ctx, 'get_chat', chat_id)).chat, readerOf(ctx))

/** MEM11: in a group its owner and admins, or where none of them is left everybody; in a direct chat both; in a support chat agents. */
async function requireSay(ctx: Context, action: string, { chat, present }: Entered): Promise<Precondition[]> {
  const { id, type } = ctx.principal
  const standing: Precondition = { holds: 'present', chat_id: chat.id, user_id: id, present }
  if (chat.kind === 'group') {
    const stays = await ctx.store.presentStays(chat.id)
    const mine = stays.find(({ user_id }) => user_id === id)
    if (manages(mine?.role ?? null) || !stays.some(({ role }) => manages(role))) return [standing]
    throw new Refusal('authorization', `unable to ${action}; only the owner and admins of the group may`)
  }
  if (chat.kind === 'support' && type === 'customer')
    throw new Refusal('authorization', `unable to ${action}; in a support chat agents may`)
  return [standing]
}

const manages = (role: Role | null): boolean => role === 'owner' || role === 'admin'

export async function listUsers(ctx: Context, { chat_id }: RequestOf<'list_users'>): Promise<Reply> {
  return { answer: { users: await usersOf(ctx, chat_id) } }
}

const usersOf = async (ctx: Context, chat_id: string) => (await chatNow(ctx, chat_id)).users.filter(({ present }) => present)

export async function addUsers(ctx: Context, request: RequestOf<'add_users_to_chat'>): Promise<Plan> {
  const { chat_id, user_ids, role = 'member' } = request
  const entered = await enter(ctx, 'add_users_to_chat', chat_id)
  const { chat } = entered
  const say = await requireSay(ctx, 'add_users_to_chat', entered)
  const { history = chat.history } = request
  const present = await ctx.store.present(chat_id)
  const { members, expect, writes } = await knownAs(ctx, 'add_users_to_chat', 'user_ids', user_ids)
  const coming = members
    .filter(({ user_id }) => present.every((one) => one.user_id !== user_id))
    .map((one) => ({ ...one, ...roleIn(chat.kind, role) }))
  const part = letIn('add_users_to_chat', chat, present, coming, { by: ctx.principal.id, history })
  return {
    change: { at: ctx.now(), expect: [...say, ...expect, ...part.expect], writes: [...writes, ...part.writes], idempotency: [] },
    answer: (committed) => addedAnswer(ctx, committed, request),
  }
}

export const addedAnswer = async (ctx: Context, committed: Committed, { chat_id }: { chat_id: string }): Promise<object> => ({
  users: await usersOf(ctx, chat_id),
  ...(await entriesAnswer(ctx, committed)),
})

/** Oneself, or by whom has a say another; an owner goes by themselves only. */
export async function removeUser(ctx: Context, { chat_id, user_id }: RequestOf<'remove_user_from_chat'>): Promise<Plan> {
  const entered = await enter(ctx, 'remove_user_from_chat', chat_id)
  const { chat } = entered
  const { row } = await personOf(ctx, 'remove_user_from_chat', user_id)
  const own = row.id === ctx.principal.id
  const expect = own ? [] : await requireSay(ctx, 'remove_user_from_chat', entered)
  const out = await leaving(ctx.store, chat, row.id, ctx.principal.id)
  if (!out) throw new Refusal('not_found', 'unable to remove_user_from_chat; user_id names nobody in the chat', { path: 'user_id' })
  await requireRemovable(ctx, chat, row.id, own)
  return {
    change: { at: ctx.now(), expect: [...expect, ...out.expect], writes: out.writes, idempotency: [] },
    answer: (committed) => leftAnswer(ctx, committed),
  }
}

async function requireRemovable(
  { principal, store }: Context,
  { id: chat_id, kind }: ChatRow,
  user_id: string,
  own: boolean,
): Promise<void> {
  const stay = (await store.stays(chat_id, user_id)).at(-1)
  if (kind === 'direct' && !own) throw new Refusal('conflict', 'unable to remove_user_from_chat; a direct chat has its two users')
  const kept = kind === 'support' ? stay?.user_type === 'customer' : stay?.role === 'owner' && !own
  if (kept || (kind === 'support' && principal.type === 'customer')) {
    throw new Refusal('authorization', 'unable to remove_user_from_chat; this user can only leave by themselves')
  }
}

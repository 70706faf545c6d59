/** Chats as a back end makes, reads, changes and deletes them. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import { MAX_CHAT_USERS } from '../../../protocol/limits.ts'
import type { Change, Committed, Described, Idempotency, Write } from '../../store/change.ts'
import type { ChatKind, ChatRow } from '../../store/rows.ts'
import type { ChatSummary } from '../../store/store.ts'
import { chatOf } from '../access.ts'
import { readActivity } from '../chats.ts'
import { type Context, type Plan, type Reader, type Reply, readerOf } from '../context.ts'
import { fingerprint } from '../fingerprints.ts'
import { checkSaid, describedAnew, describedBy, roleIn } from '../peers.ts'
import { knownAs, personOf } from '../people.ts'
import { mergedIntoChat } from '../properties.ts'
import { chatNotFound, invalid } from '../refusal.ts'
import { presentChats, readChat } from '../summaries.ts'
import { ageOf, answered, fromOf, readAge, wantedOf } from './lists.ts'

type Creation = ServerRequestOf<'create_chat'>

/** MEM9: its users are made when they are first named, and see it from its beginning. */
export async function createChat(ctx: Context, request: Creation): Promise<Plan> {
  const { kind = 'group', properties = {}, created_by, users = [] } = request
  const { members, expect, writes } = await knownAs(ctx, 'create_chat', 'users', [
    ...(created_by === undefined ? [] : [created_by]),
    ...users,
  ])
  checkUsers(kind, created_by !== undefined, members, request.user_limit)
  checkSaid('create_chat', kind, request)
  const [chat_id, creator] = [ctx.id(), created_by === undefined ? null : (members[0]?.user_id ?? null)]
  const { id, organization_id } = ctx.principal
  const described = { organization_id, kind, ...describedBy(request), properties, created_by: creator ?? id }
  return {
    change: {
      at: ctx.now(),
      expect,
      writes: [
        ...writes,
        {
          ...{ write: 'create_chat', chat_id, ...described },
          members: members.map((one) => ({ ...one, ...roleIn(kind, one.user_id === creator ? 'owner' : 'member') })),
        },
        { write: 'open_thread', chat_id, thread_id: ctx.id(), by: creator, properties: {} },
      ],
      idempotency: createdBy(ctx, request),
    },
    answer: (committed) => chatAnswer(ctx, committed),
  }
}

function checkUsers(kind: ChatKind, created: boolean, members: readonly { readonly user_type: string }[], limit = MAX_CHAT_USERS): void {
  const least = kind === 'support' || (created && kind === 'group') ? 1 : 2
  const most = kind === 'direct' ? 2 : Math.min(limit, MAX_CHAT_USERS)
  if (members.length < least) throw invalid('create_chat', 'users', `come to fewer than ${least}`)
  if (members.length > most) throw invalid('create_chat', 'users', `come to more than ${most}`)
  const customers = members.filter(({ user_type }) => user_type === 'customer').length
  if (kind === 'support' && customers !== 1) throw invalid('create_chat', 'users', 'of a support chat are one customer, and agents or bots')
}

export function createdBy({ principal }: Context, { custom_id, ...content }: Creation): Idempotency[] {
  if (custom_id === undefined) return []
  const { organization_id } = principal
  return [{ by: 'chat', organization_id, author_id: organization_id, custom_id, fingerprint: fingerprint(content) }]
}

export async function chatAnswer(ctx: Context, { chat }: Committed): Promise<object> {
  const now = chat && (await ctx.store.chat(ctx.principal.organization_id, chat.id))
  if (!now) throw chatNotFound('answer')
  return { chat: await shown(ctx, now) }
}

export const shown = (ctx: Context, chat: ChatRow) => readChat(ctx.store, chat, readerOf(ctx))

export async function getChat(ctx: Context, { chat_id }: ServerRequestOf<'get_chat'>): Promise<Reply> {
  return { answer: { chat: await shown(ctx, await chatOf(ctx, 'get_chat', chat_id)) } }
}

type Listing = ServerRequestOf<'list_chats'>
const activeOf = ({ status }: Listing) => (status === undefined ? null : status === 'open')

export async function listChats(ctx: Context, request: Listing): Promise<Reply> {
  return { answer: await (request.user_id === undefined ? ofOrganization(ctx, request) : ofUser(ctx, request, request.user_id)) }
}

async function ofOrganization(ctx: Context, request: Listing): Promise<object> {
  const wanted = wantedOf('list_chats', request, readAge)
  const reader = readerOf(ctx)
  const { rows, total } = await ctx.store.organizationChats({
    ...{ organization_id: ctx.principal.organization_id, reader, kind: request.kind ?? null, active: activeOf(request) },
    ...{ from: fromOf(wanted), limit: wanted.limit + 1, count: wanted.count },
  })
  return answered(request, rows, await presentChats(ctx.store, rows, reader), ({ chat }) => ageOf(chat), total)
}

/** As the user has them: by the activity that they see, with what is unread to them. */
async function ofUser(ctx: Context, request: Listing, ref: string): Promise<object> {
  const wanted = wantedOf('list_chats', request, readActivity)
  const { type, row } = await personOf(ctx, 'list_chats', ref)
  const reader: Reader = { ...readerOf(ctx), user_id: row.id }
  const own = { user_id: row.id, view: type === 'customer' ? 'public' : 'agents' } as const
  const { chats, total } = await ctx.store.chats({
    ...{ organization_id: ctx.principal.organization_id, reader: own, scope: 'own', kind: request.kind ?? null, active: activeOf(request) },
    ...{ from: wanted.cursor ?? { offset: wanted.offset }, limit: wanted.limit + 1 },
  })
  const place = ({ chat }: ChatSummary) => [chat[type === 'customer' ? 'activity_public_at' : 'activity_agents_at'], chat.id]
  return answered(request, chats, await presentChats(ctx.store, chats, reader), place, wanted.count ? total : null)
}

export async function updateChat(ctx: Context, request: ServerRequestOf<'update_chat'>): Promise<Plan> {
  const chat = await chatOf(ctx, 'update_chat', request.chat_id)
  const { status } = request
  checkSaid('update_chat', chat.kind, request)
  const properties = mergedIntoChat(ctx, 'update_chat', chat, request.properties, 'properties')
  const set = describedAnew(request as Partial<Described>)
  const described: Write[] = Object.keys(set).length > 0 ? [{ write: 'update_chat', chat_id: chat.id, set, by: null }] : []
  return {
    change: {
      at: ctx.now(),
      expect: [{ holds: 'active_thread', chat_id: chat.id, thread_id: chat.active_thread_id }, ...properties.expect],
      writes: [...described, ...properties.writes, ...turned(ctx, chat, status)],
      idempotency: [],
    },
    answer: (committed) => updatedAnswer(ctx, committed, request),
  }
}

function turned(ctx: Context, { id: chat_id, active_thread_id }: ChatRow, status: 'open' | 'resolved' | undefined): Write[] {
  if (status === 'resolved' && active_thread_id !== null) return [{ write: 'close_thread', chat_id, thread_id: active_thread_id, by: null }]
  if (status === 'open' && active_thread_id === null)
    return [{ write: 'open_thread', chat_id, thread_id: ctx.id(), by: null, properties: {} }]
  return []
}

export const updatedAnswer = async (ctx: Context, _committed: Committed, { chat_id }: { chat_id: string }): Promise<object> => ({
  chat: await shown(ctx, await chatOf(ctx, 'answer', chat_id)),
})

export async function deleteChat(ctx: Context, { chat_id }: ServerRequestOf<'delete_chat'>): Promise<Plan> {
  const chat = await chatOf(ctx, 'delete_chat', chat_id)
  const change: Change = { at: ctx.now(), expect: [], writes: [{ write: 'delete_chat', chat_id: chat.id, by: null }], idempotency: [] }
  return { change, answer: nothing }
}

export const nothing = async (): Promise<object> => ({})

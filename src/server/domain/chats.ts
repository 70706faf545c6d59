/** Chats: starting, resuming, closing, reading and listing them. */
import type { RequestOf } from '../../protocol/actions.ts'
import type { NewEvent } from '../../protocol/events.ts'
import { MAX_PAGE_CHATS_AGENT, MAX_PAGE_CHATS_CUSTOMER } from '../../protocol/limits.ts'
import type { Change, Committed, Write } from '../store/change.ts'
import type { ActivityCursor, ChatListing, ChatSummary } from '../store/store.ts'
import { asEntered, enter } from './access.ts'
import { countingAnswer } from './answers.ts'
import { type Context, type Plan, type Reply, readerOf } from './context.ts'
import { readCursor, writeCursor } from './cursors.ts'
import { entriesAnswer } from './entries.ts'
import { addEvent, checkEvent, joining } from './events.ts'
import { checkFiles, filesOf } from './files.ts'
import { fingerprint } from './fingerprints.ts'
import { checkProperties, mergedIntoChat } from './properties.ts'
import { noReferences } from './references.ts'
import { invalid, Refusal } from './refusal.ts'
import { notErased } from './standing.ts'
import { interrupting } from './streams.ts'
import { presentChats, readChat } from './summaries.ts'

export async function startChat(ctx: Context, request: RequestOf<'start_chat'>): Promise<Plan> {
  const events = await initialEvents(ctx, 'start_chat', request.chat?.thread)
  checkProperties('start_chat', request.chat?.properties, 'chat.properties')
  if (request.active === false && events.length > 0) throw invalid('start_chat', 'chat.thread.events', 'need an active chat')
  const { principal } = ctx
  const [chat_id, thread_id] = [ctx.id(), ctx.id()]
  const create: Write = {
    write: 'create_chat',
    chat_id,
    organization_id: principal.organization_id,
    kind: 'support',
    name: null,
    joinable: false,
    history: false,
    properties: request.chat?.properties ?? {},
    created_by: principal.id,
    members: [{ user_id: principal.id, user_type: 'customer' }],
  }
  const thread = request.active === false ? [] : openThread(ctx, chat_id, thread_id, request.chat?.thread?.properties, events)
  return {
    change: { at: ctx.now(), expect: [notErased(principal)], writes: [create, ...thread], idempotency: startedBy(ctx, request) },
    answer: (committed) => openedAnswer(ctx, committed),
  }
}

export async function resumeChat(ctx: Context, request: RequestOf<'resume_chat'>): Promise<Plan> {
  const events = await initialEvents(ctx, 'resume_chat', request.chat.thread)
  const entered = await enter(ctx, 'resume_chat', request.chat.id)
  const { chat } = entered
  if (chat.active_thread_id !== null) throw new Refusal('conflict', 'unable to resume_chat; the chat has an active thread')
  const properties = mergedIntoChat(ctx, 'resume_chat', chat, request.chat.properties, 'chat.properties')
  const replies = events.some((event) => event.visibility !== 'agents')
  const audience = replies ? 'all' : 'agents'
  const count = await countingAnswer(ctx, 'resume_chat', chat, audience)
  const cut = await interrupting(ctx, chat, audience)
  const thread = openThread(ctx, chat.id, ctx.id(), request.chat.thread?.properties, events, joining(ctx, entered, replies))
  return {
    change: {
      at: ctx.now(),
      expect: [...asEntered(ctx, entered), ...properties.expect, ...cut.expect],
      writes: [...cut.writes, ...properties.writes, ...thread],
      idempotency: [],
    },
    made: count,
    answer: (committed) => openedAnswer(ctx, committed),
  }
}

export async function deactivateChat(ctx: Context, request: RequestOf<'deactivate_chat'>): Promise<Plan> {
  const entered = await enter(ctx, 'deactivate_chat', request.id)
  const { chat } = entered
  const thread_id = chat.active_thread_id
  if (thread_id === null) throw new Refusal('chat_inactive', 'unable to deactivate_chat; the chat has no active thread')
  return {
    change: {
      at: ctx.now(),
      expect: asEntered(ctx, entered),
      writes: [{ write: 'close_thread', chat_id: chat.id, thread_id, by: ctx.principal.id }],
      idempotency: [],
    },
    answer: (committed) => entriesAnswer(ctx, committed),
  }
}

export async function getChat(ctx: Context, request: RequestOf<'get_chat'>): Promise<Reply> {
  const { chat } = await enter(ctx, 'get_chat', request.chat_id)
  return { answer: { chat: await readChat(ctx.store, chat, readerOf(ctx)) } }
}

export async function listChats(ctx: Context, request: RequestOf<'list_chats'>): Promise<Reply> {
  const listing = listingOf(ctx, request)
  const { chats, total } = await ctx.store.chats(listing)
  const last = chats.at(-1)
  return {
    answer: {
      chats_summary: await presentChats(ctx.store, chats, readerOf(ctx)),
      total_chats: total,
      ...(last && chats.length === listing.limit ? { next_page_id: pageAfter(last, listing) } : {}),
    },
  }
}

function listingOf(ctx: Context, request: RequestOf<'list_chats'>): ChatListing {
  const agent = ctx.principal.type === 'agent'
  const limit = request.limit ?? 10
  if (!agent && limit > MAX_PAGE_CHATS_CUSTOMER) throw invalid('list_chats', 'limit', `is over ${MAX_PAGE_CHATS_CUSTOMER}`)
  if (request.page_id !== undefined && request.offset !== undefined) throw invalid('list_chats', 'offset', 'cannot go with page_id')
  return {
    organization_id: ctx.principal.organization_id,
    reader: readerOf(ctx),
    scope: agent ? 'organization' : 'own',
    active: request.filters?.active ?? null,
    from:
      request.page_id === undefined ? { offset: request.offset ?? 0 } : readCursor('list_chats', 'page_id', request.page_id, readActivity),
    limit: Math.min(limit, MAX_PAGE_CHATS_AGENT),
  }
}

const pageAfter = ({ chat }: ChatSummary, { reader }: ChatListing): string =>
  writeCursor([reader.view === 'agents' ? chat.activity_agents_at : chat.activity_public_at, chat.id])

export const readActivity = ([at, chat_id]: unknown[]): ActivityCursor | null =>
  typeof at === 'number' && typeof chat_id === 'string' ? { at, chat_id } : null

type InitialThread = NonNullable<RequestOf<'start_chat'>['chat']>['thread']

async function initialEvents(ctx: Context, action: string, thread: InitialThread): Promise<readonly NewEvent[]> {
  checkProperties(action, thread?.properties, 'chat.thread.properties')
  const given = thread?.events ?? []
  for (const [at, event] of given.entries()) {
    checkEvent(ctx, action, event, `chat.thread.events.${at}`)
    await checkFiles(ctx, action, event, `chat.thread.events.${at}`)
    checkAlone(action, event, `chat.thread.events.${at}`)
  }
  const named = { custom_id: given.flatMap(({ custom_id }) => custom_id ?? []), file_id: given.flatMap(filesOf) }
  for (const [field, names] of Object.entries(named)) {
    if (new Set(names).size < names.length) throw invalid(action, 'chat.thread.events', `name the same ${field} twice`)
  }
  return given
}

/** The first events of a thread stand for themselves. */
function checkAlone(action: string, event: NewEvent, path: string): void {
  for (const field of ['reply_to_id', 'quoted_event_id', 'mentions'] as const) {
    if (event[field] !== undefined) throw invalid(action, `${path}.${field}`, 'is for send_event only')
  }
  if (event.type === 'message' && event.streaming) throw invalid(action, `${path}.streaming`, 'is for send_event only')
}

const openThread = (
  ctx: Context,
  chat_id: string,
  thread_id: string,
  properties: Extract<Write, { write: 'open_thread' }>['properties'] | undefined,
  events: readonly NewEvent[],
  joins: readonly Write[] = [],
): Write[] => [
  { write: 'open_thread', chat_id, thread_id, by: ctx.principal.id, properties: properties ?? {} },
  ...joins,
  ...events.map((event) => addEvent(ctx, chat_id, thread_id, event, noReferences(event))),
]

export function startedBy(ctx: Context, request: RequestOf<'start_chat'>): Change['idempotency'] {
  const { custom_id, ...content } = request
  if (custom_id === undefined) return []
  const { id, organization_id } = ctx.principal
  return [{ by: 'chat', organization_id, author_id: id, custom_id, fingerprint: fingerprint(content) }]
}

/** `chat_id` where the change may have written nothing to it. */
export async function openedAnswer(ctx: Context, committed: Committed, chat_id = committed.chat?.id): Promise<object> {
  const chat = chat_id === undefined ? null : await ctx.store.chat(ctx.principal.organization_id, chat_id)
  if (!chat) throw new Refusal('not_found', 'unable to answer; the chat is gone')
  return { chat: await readChat(ctx.store, chat, readerOf(ctx)), ...(await entriesAnswer(ctx, committed)) }
}

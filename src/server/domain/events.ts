/** Sending and listing events: what a client can send, where it goes, and what it brings along. */
import type { RequestOf } from '../../protocol/actions.ts'
import type { BackendEvent, NewMessage } from '../../protocol/events.ts'
import { MAX_CONTENT_BYTES, MAX_TEXT_BYTES } from '../../protocol/limits.ts'
import type { Committed, Idempotency, LogEntry, Write } from '../store/change.ts'
import type { Audience, ChatRow } from '../store/rows.ts'
import { asEntered, type Entered, enter } from './access.ts'
import { countingAnswer } from './answers.ts'
import { type Context, type Plan, type Reply, readerOf, userTypeOf, viewOf } from './context.ts'
import { readerAt, shapeEntries } from './entries.ts'
import { checkFiles, filesOf } from './files.ts'
import { fingerprint } from './fingerprints.ts'
import { mayWriteNotes } from './policies.ts'
import { amendsParent, headOf, presentEvent, presentThread, seqOf } from './present.ts'
import { checkProperties } from './properties.ts'
import { checkQuickReplies } from './quick-replies.ts'
import { type References, referencesOf } from './references.ts'
import { invalid, Refusal, tooLarge } from './refusal.ts'
import { carrying, checkStreaming, interrupting } from './streams.ts'

export async function sendEvent(ctx: Context, request: RequestOf<'send_event'>): Promise<Plan> {
  const { event } = request
  checkEvent(ctx, 'send_event', event, 'event')
  const entered = await enter(ctx, 'send_event', request.chat_id)
  await checkFiles(ctx, 'send_event', event, 'event')
  const references = await referencesOf(ctx, 'send_event', entered, event)
  const { chat } = entered
  const { audience } = references
  const { thread_id, opening } = threadFor(ctx, chat, audience, request.attach_to_last_thread === true)
  const count = await countingAnswer(ctx, 'send_event', chat, audience)
  const cut = await interrupting(ctx, chat, audience)
  return {
    change: {
      at: ctx.now(),
      expect: [...asEntered(ctx, entered), ...cut.expect],
      writes: [
        ...[...cut.writes, ...opening, ...joining(ctx, entered, audience === 'all')],
        addEvent(ctx, chat.id, thread_id, event, references),
      ],
      idempotency: sentAs(ctx, request),
    },
    made(committed) {
      count()
      carrying(ctx, committed)
    },
    answer: (committed) => sentAnswer(ctx, committed, request),
  }
}

/** A page of the feed inside what the principal may read, with the threads it touches. */
export async function listEvents(ctx: Context, request: RequestOf<'list_events'>): Promise<Reply> {
  const { chat, range, part } = await enter(ctx, 'list_events', request.chat_id)
  const reader = readerOf(ctx, part.from)
  const { events, more } = await ctx.store.events({
    chat_id: chat.id,
    view: reader.view,
    thread_id: request.thread_id ?? null,
    before: request.before ?? null,
    after: request.after ?? null,
    from: range.from,
    to: range.to,
    limit: request.limit ?? 50,
    replies: 'apart',
  })
  const threads = await ctx.store.threads(chat.id, part, [...new Set(events.map((event) => event.thread_id))])
  return {
    answer: {
      events: events.map((row) => presentEvent(row, reader)),
      threads: threads.map((row) => presentThread(row, reader.view)),
      seq: range.to ?? headOf(chat, reader.view),
      has_more: more,
    },
  }
}

/** Refuses what the schema cannot: sizes in bytes, and notes by anyone but agents. */
export function checkEvent(ctx: Context, action: string, event: BackendEvent, path: string): void {
  if (event.visibility === 'agents' && !mayWriteNotes(ctx.principal)) {
    throw new Refusal('authorization', `unable to ${action}; ${path}.visibility is for agents only`, { path: `${path}.visibility` })
  }
  checkProperties(action, event.properties, `${path}.properties`)
  if (event.type === 'system_message') checkText(action, event.text, `${path}.text`)
  else if (event.type === 'message') checkMessage(ctx, action, event, path)
  else if (event.type === 'custom') checkContent(action, event.content, `${path}.content`)
}

/** FIL12: it says something or brings something. */
function checkMessage(ctx: Context, action: string, event: NewMessage, path: string): void {
  const { text = '', file_ids } = event
  checkQuickReplies(ctx, action, event.quick_replies, `${path}.quick_replies`)
  if (event.streaming) checkStreaming(ctx, action, text, path)
  else if (!file_ids || text !== '') checkText(action, text, `${path}.text`)
}

export function checkText(action: string, text: string, path: string): void {
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) throw tooLarge(action, path, MAX_TEXT_BYTES)
  if (text.trim() === '') throw invalid(action, path, 'is blank')
}

export function checkContent(action: string, content: object | undefined, path: string): void {
  if (Buffer.byteLength(JSON.stringify(content ?? {})) > MAX_CONTENT_BYTES) throw tooLarge(action, path, MAX_CONTENT_BYTES)
}

export const addEvent = (
  ctx: Context,
  chat_id: string,
  thread_id: string,
  event: BackendEvent,
  references: References,
): Extract<Write, { write: 'add_event' }> => ({
  write: 'add_event',
  chat_id,
  thread_id,
  type: event.type,
  ...references,
  author_id: ctx.principal.id,
  custom_id: event.custom_id ?? null,
  fingerprint: event.custom_id === undefined ? null : contentOf(event),
  text: ('text' in event && event.text) || null,
  content: event.type === 'custom' ? (event.content ?? {}) : null,
  file_ids: filesOf(event),
  properties: event.properties ?? null,
  ...(event.type === 'message' && event.quick_replies && { quick_replies: event.quick_replies }),
  ...(event.type === 'message' && event.streaming && { streaming_at: ctx.now() }),
  waiting: waitingAfter(ctx, references),
})

/** A customer's message starts the wait for an answer; an agent's ends it; a note changes nothing (LOG8). */
function waitingAfter(ctx: Context, { audience }: References): 'starts' | 'ends' | 'same' {
  if (audience === 'agents') return 'same'
  return ctx.principal.type === 'customer' ? 'starts' : 'ends'
}

/** LOG10: into a chat without an active thread an event opens one; a note, or an event that asks for it, joins the last. */
export function threadFor(
  ctx: Context,
  chat: ChatRow,
  audience: Audience,
  attach: boolean,
): { thread_id: string; opening: Extract<Write, { write: 'open_thread' }>[] } {
  if (chat.active_thread_id !== null) return { thread_id: chat.active_thread_id, opening: [] }
  if (attach || audience === 'agents') {
    if (chat.last_thread_id === null) throw new Refusal('chat_inactive', 'unable to send_event; the chat has no thread yet')
    return { thread_id: chat.last_thread_id, opening: [] }
  }
  const thread_id = ctx.id()
  return { thread_id, opening: [{ write: 'open_thread', chat_id: chat.id, thread_id, by: ctx.principal.id, properties: {} }] }
}

/** MEM3: an agent's first reply adds the agent to the chat; a note does not. */
export function joining(ctx: Context, { chat, present }: Entered, replies: boolean): Write[] {
  const { id, type } = ctx.principal
  if (present || type !== 'agent' || !replies) return []
  return [{ write: 'add_user', chat_id: chat.id, user_id: id, user_type: userTypeOf(ctx.principal), by: id, history: true }]
}

/** IDM1: by what a send is known again. */
export function sentAs({ principal }: Context, { chat_id, event }: RequestOf<'send_event'>): Idempotency[] {
  const { custom_id } = event
  return custom_id === undefined ? [] : [{ by: 'event', chat_id, author_id: principal.id, custom_id, fingerprint: contentOf(event) }]
}

/** IDM2: what two sends of one custom id must have in common. */
const contentOf = (event: BackendEvent): string => fingerprint({ ...event, visibility: event.visibility ?? 'all' })

/** A repeated send may be of one event of several that a chat was started with. */
export async function sentAnswer(ctx: Context, committed: Committed, { event: { custom_id } }: RequestOf<'send_event'>): Promise<object> {
  const sent = committed.entries.findLast(({ event }) => event !== null && event.custom_id === (custom_id ?? null)) as LogEntry
  const others = await shapeEntries(
    ctx.store,
    ctx.principal.organization_id,
    committed.entries.filter((entry) => entry !== sent),
    readerOf(ctx),
  )
  const reader = await readerAt(ctx.store, sent, readerOf(ctx))
  return {
    chat_id: sent.chat_id,
    thread_id: sent.thread_id,
    seq: seqOf(sent, viewOf(ctx.principal)),
    event: sent.event && presentEvent(sent.event, reader),
    ...(sent.event && amendsParent(sent.event)),
    ...(others.length > 0 ? { entries: others } : {}),
  }
}

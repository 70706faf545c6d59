/** Events as a back end sends, reads, edits and deletes them: in a user's name, a bot's, or nobody's. */
import type { ActionName, ServerRequestOf } from '../../../protocol/actions.ts'
import type { BackendEvent } from '../../../protocol/events.ts'
import type { Committed, Idempotency, LogEntry, Write } from '../../store/change.ts'
import type { ChatRow, EventRow } from '../../store/rows.ts'
import { chatOf, enter } from '../access.ts'
import { type Context, type Plan, type Principal, type Reply, readerOf } from '../context.ts'
import { contentFor } from '../edits.ts'
import { addEvent, checkEvent, sendEvent as sendAsUser, sentAs as sentByUser, threadFor } from '../events.ts'
import { fingerprint } from '../fingerprints.ts'
import { findPerson, type Person, personOf } from '../people.ts'
import { presentEvent } from '../present.ts'
import { checkProperties } from '../properties.ts'
import { eventIn, referencesOf } from '../references.ts'
import { eventDeleted, invalid } from '../refusal.ts'
import { requireWritten } from '../streams.ts'
import { answered, wantedOf } from './lists.ts'

type Sending = ServerRequestOf<'send_event'>

export async function sendEvent(ctx: Context, request: Sending): Promise<Plan> {
  const { chat_id, user_id, event } = request
  const answer = (committed: Committed) => sentAnswer(ctx, committed, request)
  if (user_id === undefined) return { ...(await sendAsNobody(ctx, request)), answer }
  if (event.type === 'system_message') throw invalid('send_event', 'user_id', 'cannot go with a system_message, which is nobody’s')
  const person = await personOf(ctx, 'send_event', user_id)
  return { ...(await sendAsUser(speakingFor(ctx, person), { chat_id, event })), answer }
}

/** What the user could do, with the files of the back end besides. */
function speakingFor(ctx: Context, { type, row: { id, organization_id } }: Person): Context {
  const side = type === 'customer' ? 'customer' : 'agent'
  const bot = type === 'bot' ? ({ bot: true } as const) : {}
  const principal: Principal = { type: side, id, organization_id, ...bot, throughBackend: true }
  const { store, files, identities, reach, streams, answers } = ctx
  return {
    ...{ principal, store, files, identities, reach, streams, answers },
    ...{ online: () => ctx.online(), presence: (chat_id) => ctx.presence(chat_id), now: () => ctx.now(), id: () => ctx.id() },
    uploadAddress: (upload) => ctx.uploadAddress(upload),
  }
}

async function sendAsNobody(ctx: Context, { chat_id, event }: Sending): Promise<Pick<Plan, 'change'>> {
  if (event.type === 'message' || event.type === 'file') throw invalid('send_event', 'user_id', `is missing; a ${event.type} is somebody’s`)
  checkEvent(ctx, 'send_event', event, 'event')
  const entered = await enter(ctx, 'send_event', chat_id)
  const { chat } = entered
  const references = await referencesOf(ctx, 'send_event', entered, event)
  const { thread_id, opening } = threadFor(ctx, chat, references.audience, false)
  const write: Write = { ...addEvent(ctx, chat_id, thread_id, event, references), author_id: null, waiting: 'same' }
  return {
    change: {
      at: ctx.now(),
      expect: [{ holds: 'active_thread', chat_id, thread_id: chat.active_thread_id }],
      writes: [...opening.map((open) => ({ ...open, by: null })), write],
      idempotency: namedByNobody(chat_id, event),
    },
  }
}

/** An author's own ids are known for ever, those of nobody as long as a request's key. */
function namedByNobody(chat_id: string, event: BackendEvent): Idempotency[] {
  const { custom_id } = event
  return custom_id === undefined ? [] : [{ by: 'request', principal: `chat:${chat_id}`, key: custom_id, fingerprint: fingerprint(event) }]
}

/** IDM1, whoever of the chat it was sent for. */
export async function sentAs(ctx: Context, { chat_id, user_id, event }: Sending): Promise<Idempotency[]> {
  if (user_id === undefined) return namedByNobody(chat_id, event)
  const person = event.type === 'system_message' ? null : await findPerson(ctx, user_id)
  return person && event.type !== 'system_message' ? sentByUser(speakingFor(ctx, person), { chat_id, event }) : []
}

export async function sentAnswer(ctx: Context, { entries }: Committed, { event: { custom_id } }: Sending): Promise<object> {
  const sent = entries.findLast(({ kind, event }) => kind === 'event_added' && event?.custom_id === (custom_id ?? null)) as LogEntry
  const { chat_id, thread_id, seq_agents: seq, event } = sent
  return { chat_id, thread_id, seq, event: event && presentEvent(event, readerOf(ctx)) }
}

type Listing = ServerRequestOf<'list_events'>

const readSeq = ([seq]: unknown[]): number | null => (typeof seq === 'number' && Number.isSafeInteger(seq) ? seq : null)

export async function listEvents(ctx: Context, request: Listing): Promise<Reply> {
  const chat = await chatOf(ctx, 'list_events', request.chat_id)
  const wanted = wantedOf('list_events', request, readSeq)
  const newestFirst = request.order !== 'asc'
  const limit = wanted.limit + 1
  const found = wanted.count
    ? await ctx.store.eventsAt(chat.id, { offset: wanted.offset, limit }, newestFirst)
    : { events: await behind(ctx, chat, wanted.cursor, limit, newestFirst), total: null }
  const shown = found.events.map((row) => presentEvent(row, readerOf(ctx)))
  return { answer: answered(request, found.events, shown, ({ seq_agents }) => [seq_agents], found.total) }
}

async function behind(ctx: Context, chat: ChatRow, cursor: number | null, limit: number, newestFirst: boolean): Promise<EventRow[]> {
  const [before, after] = newestFirst ? [cursor, null] : [null, cursor ?? 0]
  const page = { chat_id: chat.id, view: 'agents', thread_id: null, before, after, from: 1, to: null, limit, replies: 'among' } as const
  const { events } = await ctx.store.events(page)
  return newestFirst ? events.reverse() : events
}

type Named = ServerRequestOf<'get_event'>

const eventOf = async (ctx: Context, action: ActionName, { chat_id, event_id }: Named): Promise<EventRow> =>
  eventIn(ctx, action, await enter(ctx, action, chat_id), event_id)

export async function getEvent(ctx: Context, request: Named): Promise<Reply> {
  return { answer: { event: presentEvent(await eventOf(ctx, 'get_event', request), readerOf(ctx)) } }
}

export async function editEvent(ctx: Context, request: ServerRequestOf<'edit_event'>): Promise<Plan> {
  const event = await standing(ctx, 'edit_event', request)
  requireWritten(event)
  const { text, content, properties } = request
  checkProperties('edit_event', properties, 'properties')
  const set = { ...contentFor(event, { text, content }), ...(properties !== undefined && { properties }) }
  if (Object.keys(set).length === 0) throw invalid('edit_event', 'text', 'is missing, as are content and properties')
  const { chat_id, thread_id, id: event_id } = event
  return altering(ctx, request, event, { write: 'edit_event', chat_id, thread_id, event_id, set, by: null })
}

export async function deleteEvent(ctx: Context, request: ServerRequestOf<'delete_event'>): Promise<Plan> {
  const event = await eventOf(ctx, 'delete_event', request)
  const { chat_id, thread_id, id: event_id, deleted_at } = event
  if (deleted_at !== null) throw eventDeleted('delete_event')
  return altering(ctx, request, event, { write: 'delete_event', chat_id, thread_id, event_id, by: null })
}

async function standing(ctx: Context, action: ActionName, named: Named): Promise<EventRow> {
  const event = await eventOf(ctx, action, named)
  if (event.deleted_at !== null) throw eventDeleted(action)
  return event
}

const altering = (ctx: Context, request: Named, { chat_id, thread_id, id: event_id }: EventRow, write: Write): Plan => ({
  change: { at: ctx.now(), expect: [{ holds: 'event', chat_id, thread_id, event_id }], writes: [write], idempotency: [] },
  answer: (committed) => alteredAnswer(ctx, committed, request),
})

export const alteredAnswer = async (ctx: Context, _committed: Committed, request: Named): Promise<object> => ({
  event: presentEvent(await eventOf(ctx, 'get_event', request), readerOf(ctx)),
})

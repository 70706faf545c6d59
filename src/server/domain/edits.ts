/** Events as those who are in the chat edit and delete them: each their own, and agents what the organization lets them. */
import type { ActionName, RequestOf } from '../../protocol/actions.ts'
import type { Committed, EventContent, Precondition, Write } from '../store/change.ts'
import type { EventRow } from '../store/rows.ts'
import { type Entered, enter } from './access.ts'
import { type Context, type Plan, type Reply, readerOf } from './context.ts'
import { entriesAnswer } from './entries.ts'
import { checkContent, checkText } from './events.ts'
import { policiesOf } from './organizations.ts'
import { presentEvent } from './present.ts'
import { eventIn, mentioning } from './references.ts'
import { eventDeleted, invalid, Refusal } from './refusal.ts'
import { requireWritten } from './streams.ts'

type Named = RequestOf<'get_event'>

export async function getEvent(ctx: Context, request: Named): Promise<Reply> {
  return { answer: { event: await shown(ctx, 'get_event', request) } }
}

async function shown(ctx: Context, action: ActionName, { chat_id, event_id }: Named): Promise<object> {
  const entered = await enter(ctx, action, chat_id)
  return presentEvent(await eventIn(ctx, action, entered, event_id), readerOf(ctx, entered.part.from))
}

export async function editEvent(ctx: Context, request: RequestOf<'edit_event'>): Promise<Plan> {
  const { chat_id, text, content, mentions } = request
  const { entered, event } = await altered(ctx, 'edit_event', request)
  const set = changesIn(event, contentFor(event, { text, content }))
  const { chat } = entered
  const named = mentions && (await mentioning(ctx, 'edit_event', chat, mentions, event.audience, 'mentions'))
  if (text === undefined && content === undefined && !named) throw invalid('edit_event', 'text', 'is missing, as are content and mentions')
  const original = set.text === undefined ? {} : await originalOf(ctx, event)
  const whole = { ...set, ...original, ...changesIn(event, named ? { mentions: named.mentions } : {}) }
  const { thread_id, id: event_id } = event
  const tells = named?.tells.filter((id) => !event.mentions?.includes(id)) ?? []
  const write: Write = { write: 'edit_event', chat_id, thread_id, event_id, set: whole, tells, by: ctx.principal.id }
  return altering(ctx, entered, event, Object.keys(whole).length > 0 ? [write] : [])
}

export async function deleteEvent(ctx: Context, request: RequestOf<'delete_event'>): Promise<Plan> {
  const { entered, event } = await altered(ctx, 'delete_event', request)
  const { chat_id, thread_id, id: event_id } = event
  return altering(ctx, entered, event, [{ write: 'delete_event', chat_id, thread_id, event_id, by: ctx.principal.id }])
}

/** EDT5: one's own, and others' where the organization lets agents do it. */
async function altered(ctx: Context, action: 'edit_event' | 'delete_event', { chat_id, event_id }: Named) {
  const entered = await enter(ctx, action, chat_id)
  const event = await eventIn(ctx, action, entered, event_id)
  if (event.deleted_at !== null) throw eventDeleted(action)
  if (action === 'edit_event') requireWritten(event)
  const { id, type, organization_id } = ctx.principal
  const policy = action === 'edit_event' ? 'agents_edit' : 'agents_delete'
  const mine = event.author_id === id
  const may = mine || (type === 'agent' && (await policiesOf(ctx.store, organization_id))[policy] === 'all')
  if (!may) throw new Refusal('authorization', `unable to ${action}; the event is another's`)
  return { entered, event }
}

/** What of an event can be put in the place of what it said. */
export function contentFor(event: EventRow, { text, content }: { text: string | undefined; content: Record<string, unknown> | undefined }) {
  const { type } = event
  const hasText = event.text !== null || type === 'message'
  if (text !== undefined && !hasText) throw invalid('edit_event', 'text', `is nothing that a ${type} has`)
  if (content !== undefined && type !== 'custom') throw invalid('edit_event', 'content', `is nothing that a ${type} has`)
  if (text !== undefined && (text !== '' || event.files.length === 0)) checkText('edit_event', text, 'text')
  if (content !== undefined) checkContent('edit_event', content, 'content')
  return { ...(text !== undefined && { text: text || null }), ...(content !== undefined && { content }) }
}

/** What is said anew as it was is no change. */
const changesIn = (event: EventRow, set: EventContent): EventContent =>
  Object.fromEntries(
    Object.entries(set).filter(([name, value]) => JSON.stringify(event[name as keyof EventContent]) !== JSON.stringify(value)),
  )

/** EDT6: a customer's first words, which agents see where the organization wants it. */
async function originalOf({ principal, store }: Context, { original, text }: EventRow): Promise<EventContent> {
  if (principal.type !== 'customer' || original !== null || text === null) return {}
  const { originals } = await policiesOf(store, principal.organization_id)
  return originals === 'shown' ? { original: text } : {}
}

function altering(ctx: Context, { chat, present }: Entered, { thread_id, id: event_id }: EventRow, writes: Write[]): Plan {
  const named = { chat_id: chat.id, event_id }
  const expect: Precondition[] = [
    { holds: 'event', ...named, thread_id },
    { holds: 'present', chat_id: chat.id, user_id: ctx.principal.id, present },
  ]
  return { change: { at: ctx.now(), expect, writes, idempotency: [] }, answer: (committed) => alteredAnswer(ctx, committed, named) }
}

export const alteredAnswer = async (ctx: Context, committed: Committed, request: Named): Promise<object> => ({
  event: await shown(ctx, 'get_event', request),
  ...(await entriesAnswer(ctx, committed)),
})

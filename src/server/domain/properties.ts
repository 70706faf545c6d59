/** Properties: data of the site's own on a chat, a thread or an event. They travel with every copy of it, so they are kept small. */
import type { AgentRequestOf } from '../../protocol/actions.ts'
import { MAX_PROPERTIES_BYTES } from '../../protocol/limits.ts'
import type { Properties, PropertyNames } from '../../protocol/properties.ts'
import type { Change, Holder, Precondition } from '../store/change.ts'
import type { ChatRow } from '../store/rows.ts'
import { type Entered, enter } from './access.ts'
import type { Context, Plan } from './context.ts'
import { entriesAnswer } from './entries.ts'
import { ruleFor } from './policies.ts'
import { eventDeleted, Refusal, tooLarge } from './refusal.ts'

/** Refuses what the schema cannot: the size in bytes of the whole. */
export function checkProperties(action: string, properties: Properties | undefined, path: string): void {
  if (properties === undefined || Buffer.byteLength(JSON.stringify(properties)) <= MAX_PROPERTIES_BYTES) return
  throw tooLarge(action, path, MAX_PROPERTIES_BYTES)
}

/** PRO1: what becomes of properties, and which of them are not as they were. */
interface Edited {
  readonly kind: 'updated' | 'deleted'
  readonly properties: Properties
  readonly names: PropertyNames
}

type Edit = (old: Properties) => Edited

const merging =
  (said: Properties): Edit =>
  (old) => {
    const news = filled(said, (namespace, fields) =>
      Object.keys(fields).filter((name) => own(own(old, namespace), name) !== own(fields, name)),
    )
    const namespaces = Object.keys({ ...old, ...news })
    const merged = namespaces.map((namespace) => [namespace, { ...own(old, namespace), ...own(said, namespace) }])
    return { kind: 'updated', names: news, properties: Object.fromEntries(merged) }
  }

export const deleting =
  (said: PropertyNames): Edit =>
  (old) => {
    const names = filled(said, (namespace, wanted) => {
      const there = Object.keys(own(old, namespace) ?? {})
      return there.filter((name) => wanted.includes(name))
    })
    const left = filled(old, (namespace, fields) => Object.entries(fields).filter(([name]) => !own(names, namespace)?.includes(name)))
    const properties = Object.entries(left).map(([namespace, fields]) => [namespace, Object.fromEntries(fields)])
    return { kind: 'deleted', names, properties: Object.fromEntries(properties) }
  }

/** By namespace, without those of which nothing is left. Names come from outside, so none that objects bring along counts. */
function filled<A, B>(by: Readonly<Record<string, A>>, keep: (namespace: string, value: A) => B[]): Record<string, B[]> {
  const kept = Object.entries(by).map(([namespace, value]) => [namespace, keep(namespace, value)] as const)
  return Object.fromEntries(kept.filter(([, items]) => items.length > 0))
}

const own = <T>(of: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  of !== undefined && Object.hasOwn(of, name) ? of[name] : undefined

/** PRO2: writes nothing when everything is so already. */
export function edited(by: string | null, holder: Holder, old: Properties, edit: Edit): Pick<Change, 'expect' | 'writes'> & Edited {
  const after = edit(old)
  const write = { write: 'set_properties', ...holder, ...after, by } as const
  return {
    ...after,
    expect: [{ holds: 'properties', ...holder, properties: old }],
    writes: Object.keys(after.names).length > 0 ? [write] : [],
  }
}

/** What a back end does is nobody's. */
const byOf = ({ principal: { type, id } }: Context) => (type === 'backend' ? null : id)

/** `path`: where they stand in the request. */
export const mergedIntoChat = (ctx: Context, action: string, chat: ChatRow, said: Properties | undefined, path: string) => {
  const holder = { chat_id: chat.id, thread_id: null, event_id: null }
  const after = edited(byOf(ctx), holder, chat.properties, merging(said ?? {}))
  checkProperties(action, after.properties, path)
  return after
}

type Action = `${'update' | 'delete'}_${'chat' | 'thread' | 'event'}_properties`

interface Place {
  readonly chat_id: string
  readonly thread_id?: string
  readonly event_id?: string
}

async function change(ctx: Context, action: Action, place: Place, edit: Edit): Promise<Plan> {
  const entered = await enter(ctx, action, place.chat_id)
  const holder = { chat_id: place.chat_id, thread_id: place.thread_id ?? null, event_id: place.event_id ?? null }
  const after = edited(byOf(ctx), holder, await heldAt(ctx, action, entered, holder), edit)
  checkProperties(action, after.properties, 'properties')
  const present = { holds: 'present', chat_id: place.chat_id, user_id: ctx.principal.id, present: entered.present } as const
  return {
    change: { at: ctx.now(), expect: [present, ...standing(holder), ...after.expect], writes: after.writes, idempotency: [] },
    answer: (committed) => entriesAnswer(ctx, committed),
  }
}

/** EDT2 */
const standing = ({ chat_id, thread_id, event_id }: Holder): Precondition[] =>
  thread_id !== null && event_id !== null ? [{ holds: 'event', chat_id, thread_id, event_id }] : []

/** What the principal may not see is answered like what is not there. */
async function heldAt(ctx: Context, action: Action, { chat, part }: Entered, { thread_id, event_id }: Holder): Promise<Properties> {
  if (thread_id === null) return chat.properties
  const [thread] = await ctx.store.threads(chat.id, part, [thread_id])
  if (!thread) throw new Refusal('not_found', `unable to ${action}; there is no such thread`)
  if (event_id === null) return thread.properties
  const event = await ctx.store.event(chat.id, thread_id, event_id)
  const seen = event && event.seq_agents >= part.from && event.seq_agents <= (part.to ?? chat.seq_agents)
  const shown = ctx.principal.type === 'agent' || event?.audience === 'all'
  if (!seen || !shown) throw new Refusal('not_found', `unable to ${action}; there is no such event`)
  if (event.deleted_at !== null) throw eventDeleted(action)
  if (ruleFor(ctx.principal, action) === 'authors' && event.author_id !== ctx.principal.id) {
    throw new Refusal('authorization', `unable to ${action}; the event is another's`)
  }
  return event.properties ?? {}
}

/** An action on properties; `placeOf` says where they are. */
const changing =
  <A extends Action>(action: A, placeOf: (request: AgentRequestOf<A>) => Place) =>
  (ctx: Context, request: AgentRequestOf<A>): Promise<Plan> => {
    const { properties } = request
    const edit = action.startsWith('update') ? merging(properties as Properties) : deleting(properties as PropertyNames)
    return change(ctx, action, placeOf(request), edit)
  }

export const propertyHandlers = {
  update_chat_properties: changing('update_chat_properties', ({ id }) => ({ chat_id: id })),
  delete_chat_properties: changing('delete_chat_properties', ({ id }) => ({ chat_id: id })),
  update_thread_properties: changing('update_thread_properties', (place) => place),
  delete_thread_properties: changing('delete_thread_properties', (place) => place),
  update_event_properties: changing('update_event_properties', (place) => place),
  delete_event_properties: changing('delete_event_properties', (place) => place),
}

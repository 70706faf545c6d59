/** What an event says of others: the event it is a reply to, the one it quotes, and the users it names. */
import type { BackendEvent } from '../../protocol/events.ts'
import type { EventRef, Write } from '../store/change.ts'
import type { Audience, ChatRow, EventRow } from '../store/rows.ts'
import type { Entered } from './access.ts'
import type { Context } from './context.ts'
import { findPerson } from './people.ts'
import { invalid, Refusal } from './refusal.ts'

export type References = Pick<Extract<Write, { write: 'add_event' }>, 'reply_to' | 'quotes' | 'mentions' | 'tells' | 'audience'>

type Referring = Pick<BackendEvent, 'reply_to_id' | 'quoted_event_id' | 'mentions' | 'visibility'>

/** Of an event whose chat nothing has been said in. */
export const noReferences = ({ visibility = 'all' }: Referring): References => ({ audience: visibility })

/** An event's id says which thread it is in. */
export const threadOf = (event_id: string): string | undefined => /^(.+)_a?\d+$/.exec(event_id)?.[1]

const refOf = (event_id: string): EventRef => ({ thread_id: threadOf(event_id) ?? '', event_id })

/** What the principal may not see is answered like what is not there. */
export async function eventIn(ctx: Context, action: string, entered: Entered, event_id: string, path = 'event_id'): Promise<EventRow> {
  const { thread_id } = refOf(event_id)
  const event = await ctx.store.event(entered.chat.id, thread_id, event_id)
  if (!event || !sees(ctx, entered, event)) throw new Refusal('not_found', `unable to ${action}; there is no such event`, { path })
  return event
}

export const sees = ({ principal }: Context, { chat, part }: Entered, { seq_agents, audience }: EventRow): boolean =>
  seq_agents >= part.from && seq_agents <= (part.to ?? chat.seq_agents) && (principal.type !== 'customer' || audience === 'all')

export async function referencesOf(ctx: Context, action: string, entered: Entered, event: BackendEvent): Promise<References> {
  const { reply_to_id, quoted_event_id, mentions } = event
  const parent = reply_to_id === undefined ? null : await eventIn(ctx, action, entered, reply_to_id, 'event.reply_to_id')
  const audience = audienceOf(action, event, parent)
  const quoted = quoted_event_id === undefined ? null : await eventIn(ctx, action, entered, quoted_event_id, 'event.quoted_event_id')
  if (quoted?.audience === 'agents' && audience === 'all') throw invalid(action, 'event.quoted_event_id', 'is a private note')
  return {
    // RPL1: replies to a reply stand beside it.
    reply_to: parent && refOf(parent.parent?.id ?? parent.id),
    quotes: quoted && refOf(quoted.id),
    ...(await mentioning(ctx, action, entered.chat, mentions, audience, 'event.mentions')),
    audience,
  }
}

/** RPL2: as many may see a reply as see what it replies to, for that says how many there are. */
function audienceOf(action: string, { visibility }: Referring, parent: EventRow | null): Audience {
  if (parent && visibility !== undefined && visibility !== parent.audience) {
    throw invalid(action, 'event.visibility', 'is not that of the event it replies to')
  }
  return visibility ?? parent?.audience ?? 'all'
}

/** MEN1, MEN2: who is or was in the chat can be named, and in a support chat every agent; who may see the event now is told. */
export async function mentioning(
  ctx: Context,
  action: string,
  { id: chat_id, kind }: ChatRow,
  mentions: readonly string[] | undefined,
  audience: Audience,
  path: string,
): Promise<{ mentions: string[] | null; tells: string[] }> {
  const present = new Map((await ctx.store.present(chat_id)).map(({ user_id, user_type }) => [user_id, user_type]))
  const named = new Map<string, boolean>()
  for (const [at, ref] of (mentions ?? []).entries()) {
    const person = await findPerson(ctx, ref)
    const id = person?.row.id ?? ref
    const colleague = kind === 'support' && person?.type !== 'customer' && person !== null
    const known = colleague || present.has(id) || (await ctx.store.stays(chat_id, id)).length > 0
    if (!known) throw new Refusal('not_found', `unable to ${action}; ${path}.${at} names nobody in the chat`, { path: `${path}.${at}` })
    named.set(id, colleague || (present.has(id) && (audience === 'all' || present.get(id) !== 'customer')))
  }
  const ids = [...named.keys()]
  return { mentions: ids.length > 0 ? ids : null, tells: ids.filter((id) => named.get(id) && id !== ctx.principal.id) }
}

/** Mentions: what names a user, and that they have not read. */
import { MAX_UNREAD_MENTIONS } from '../../protocol/limits.ts'
import type { Mention } from '../../protocol/users.ts'
import { type Entered, enter } from './access.ts'
import { type Context, type Reply, readerOf } from './context.ts'
import { threadOf } from './references.ts'
import { Refusal } from './refusal.ts'

/** MEN3: as far as the user may read it, in chats they are in or see. */
export async function listMentions(ctx: Context): Promise<Reply> {
  const marks = new Map<string, number | null>()
  const unread: Mention[] = []
  for (const { chat_id, event_id, author_id, seq_agents } of await ctx.store.mentions(ctx.principal.id, MAX_UNREAD_MENTIONS)) {
    if (chat_id === null || event_id === null) continue
    if (!marks.has(chat_id)) marks.set(chat_id, await readTo(ctx, chat_id))
    const read = marks.get(chat_id) ?? null
    if (read === null || seq_agents <= read || !(await stillNames(ctx, chat_id, event_id))) continue
    unread.push({ chat_id, event_id, ...(author_id === null ? {} : { author_id }) })
  }
  return { answer: { mentions: unread } }
}

/** An edit may have taken it back, and a deletion took it along. */
async function stillNames({ store, principal }: Context, chat_id: string, event_id: string): Promise<boolean> {
  const event = await store.event(chat_id, threadOf(event_id) ?? '', event_id)
  return event?.mentions?.includes(principal.id) ?? false
}

/** The place of the read mark, or of the beginning of the stay if that is later; null for a chat that is not theirs any more. */
async function readTo(ctx: Context, chat_id: string): Promise<number | null> {
  const entered = await enter(ctx, 'get_event', chat_id).catch(gone)
  if (!entered || entered.range.to !== null) return null
  const { marks } = await ctx.store.summary(entered.chat, readerOf(ctx))
  const mark = marks.find(({ user_id }) => user_id === ctx.principal.id)
  return Math.max(mark?.seq_agents ?? 0, entered.part.from - 1)
}

function gone(error: unknown): Entered | null {
  if (error instanceof Refusal) return null
  throw error
}

/** Read marks: how far a user has seen a chat. */
import type { RequestOf } from '../../protocol/actions.ts'
import type { Committed } from '../store/change.ts'
import type { ChatRow } from '../store/rows.ts'
import { enter } from './access.ts'
import { type Context, type Plan, type Reply, readerOf, viewOf } from './context.ts'
import { shapeEntries } from './entries.ts'
import { time } from './present.ts'
import { invalid } from './refusal.ts'

export async function markEventsAsSeen(ctx: Context, request: RequestOf<'mark_events_as_seen'>): Promise<Plan> {
  const { chat } = await enter(ctx, 'mark_events_as_seen', request.chat_id)
  const seq_agents = await placeOf(ctx, chat, request)
  return {
    change: {
      at: ctx.now(),
      expect: [],
      writes: [{ write: 'mark_seen', chat_id: chat.id, user_id: ctx.principal.id, seq_agents }],
      idempotency: [],
    },
    answer: (committed) => markedAnswer(ctx, chat, committed),
  }
}

/** SEE7 */
export async function getUnreadCount({ principal, store }: Context): Promise<Reply> {
  return { answer: { unread: await store.unread(principal.organization_id, principal.id) } }
}

/** SEE2: by number, by the last event within a millisecond, or with neither to the end. In the agents' sequence. */
async function placeOf(ctx: Context, chat: ChatRow, request: RequestOf<'mark_events_as_seen'>): Promise<number> {
  const view = viewOf(ctx.principal)
  const head = view === 'agents' ? chat.seq_agents : chat.seq_public
  if (request.seq !== undefined && request.seen_up_to !== undefined) {
    throw invalid('mark_events_as_seen', 'seen_up_to', 'cannot go with seq')
  }
  if (request.seen_up_to !== undefined) {
    const at = Date.parse(request.seen_up_to)
    if (Number.isNaN(at)) throw invalid('mark_events_as_seen', 'seen_up_to', 'is no time')
    const event = await ctx.store.eventAt(chat.id, view, at)
    return event?.seq_agents ?? 0
  }
  const seq = request.seq ?? head
  if (seq > head) throw invalid('mark_events_as_seen', 'seq', 'is ahead of the log')
  return lastEventAt(ctx, chat.id, seq)
}

/** SEE1: a mark stands on an event; standing on any entry, it would be behind again by the entry that it makes. */
async function lastEventAt(ctx: Context, chat_id: string, seq: number): Promise<number> {
  const page = { chat_id, view: viewOf(ctx.principal), thread_id: null, before: seq + 1, after: null } as const
  const { events } = await ctx.store.events({ ...page, from: 1, to: null, limit: 1, replies: 'among' })
  return events[0]?.seq_agents ?? 0
}

async function markedAnswer(ctx: Context, chat: ChatRow, committed: Committed): Promise<object> {
  const reader = readerOf(ctx)
  const { marks } = await ctx.store.summary(chat, reader)
  const mark = marks.find((row) => row.user_id === reader.user_id)
  return {
    seen_seq: mark ? (reader.view === 'agents' ? mark.seq_agents : mark.seq_public) : 0,
    ...(mark?.seen_up_to ? { seen_up_to: time(mark.seen_up_to) } : {}),
    entries: await shapeEntries(ctx.store, ctx.principal.organization_id, committed.entries, reader),
  }
}

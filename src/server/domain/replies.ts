/** The replies to an event, in a feed of their own. */
import type { RequestOf } from '../../protocol/actions.ts'
import { MAX_PAGE_REPLIES } from '../../protocol/limits.ts'
import { enter } from './access.ts'
import { type Context, type Reply, readerOf } from './context.ts'
import { headOf, presentEvent, presentReplies } from './present.ts'
import { eventIn, threadOf } from './references.ts'

export async function listReplies(ctx: Context, request: RequestOf<'list_replies'>): Promise<Reply> {
  const { limit = MAX_PAGE_REPLIES, after = 0 } = request
  const entered = await enter(ctx, 'list_replies', request.chat_id)
  const { chat, part, range } = entered
  const named = await eventIn(ctx, 'list_replies', entered, request.event_id)
  const { id, replies } = named.parent ?? named
  const reader = readerOf(ctx, part.from)
  const place = reader.view === 'agents' ? after : await ctx.store.agentsSeq(chat.id, after)
  const page = { chat_id: chat.id, thread_id: threadOf(id) ?? '', event_id: id, after: place, ...part, limit: limit + 1 }
  const events = await ctx.store.replies(page)
  return {
    answer: {
      parent: { id, replies: replies && presentReplies(replies) },
      events: events.slice(0, limit).map((row) => presentEvent(row, reader)),
      seq: range.to ?? headOf(chat, reader.view),
      has_more: events.length > limit,
    },
  }
}

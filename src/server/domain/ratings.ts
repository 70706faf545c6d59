/** Ratings: what a customer thinks of a thread. It stands in the thread's row, and can be changed and withdrawn. */
import type { RequestOf } from '../../protocol/actions.ts'
import type { Rating } from '../../protocol/ratings.ts'
import { type Entered, enter } from './access.ts'
import type { Context, Plan } from './context.ts'
import { entriesAnswer } from './entries.ts'
import { Refusal } from './refusal.ts'

export async function rateChat(ctx: Context, request: RequestOf<'rate_chat'>): Promise<Plan> {
  const entered = await enter(ctx, 'rate_chat', request.chat_id)
  const thread_id = await threadOf(ctx, entered, request.thread_id)
  const { id: by } = ctx.principal
  const rating = tidy(request.rating)
  return {
    change: {
      at: ctx.now(),
      expect: [{ holds: 'present', chat_id: entered.chat.id, user_id: by, present: entered.present }],
      writes: [{ write: 'rate_thread', chat_id: entered.chat.id, thread_id, rating, by }],
      idempotency: [],
    },
    answer: async (committed) => ({ thread_id, rating, ...(await entriesAnswer(ctx, committed)) }),
  }
}

/** The last one, unless another is named. */
async function threadOf(ctx: Context, { chat, part }: Entered, named: string | undefined): Promise<string> {
  const thread_id = named ?? chat.last_thread_id
  const [thread] = thread_id === null ? [] : await ctx.store.threads(chat.id, part, [thread_id])
  if (!thread) throw new Refusal('not_found', `unable to rate_chat; the chat has no ${named === undefined ? 'thread yet' : 'such thread'}`)
  return thread.id
}

/** A blank comment is none. */
function tidy(rating: RequestOf<'rate_chat'>['rating']): Rating | null {
  if (rating === null) return null
  const comment = rating.comment?.trim()
  return { value: rating.value, ...(comment ? { comment } : {}) }
}

/** Listing the threads of a chat, without their events: those that reach into one's stay. */
import type { RequestOf } from '../../protocol/actions.ts'
import { enter } from './access.ts'
import { type Context, type Reply, viewOf } from './context.ts'
import { presentThread } from './present.ts'

export async function listThreads(ctx: Context, request: RequestOf<'list_threads'>): Promise<Reply> {
  const { chat, part } = await enter(ctx, 'list_threads', request.chat_id)
  const page = { offset: request.offset ?? 0, limit: request.limit ?? 25 }
  const { threads, total } = request.thread_ids
    ? named(await ctx.store.threads(chat.id, part, request.thread_ids))
    : await ctx.store.threadPage(chat.id, part, page, request.sort_order !== 'asc')
  return { answer: { threads: threads.map((row) => presentThread(row, viewOf(ctx.principal))), found_threads: total } }
}

const named = <T>(threads: T[]) => ({ threads, total: threads.length })

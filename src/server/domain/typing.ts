/** What is typed and not yet sent, told to those in the chat and forgotten. */
import type { RequestOf } from '../../protocol/actions.ts'
import type { BusMessage } from '../bus/bus.ts'
import type { ChatRow } from '../store/rows.ts'
import { asEntered, enter } from './access.ts'
import type { Context, Course, Reply } from './context.ts'
import { joining } from './events.ts'
import { Refusal } from './refusal.ts'

/** TYP1: to agents only, and into an active chat only. */
export async function sendSneakPeek(ctx: Context, request: RequestOf<'send_sneak_peek'>): Promise<Reply> {
  const { chat } = await enter(ctx, 'send_sneak_peek', request.chat_id)
  if (chat.active_thread_id === null) throw new Refusal('chat_inactive', 'unable to send_sneak_peek; the chat has no active thread')
  const sneak_peek = { author_id: ctx.principal.id, text: request.sneak_peek_text, timestamp: ctx.now() }
  return { answer: {}, signal: await signal(ctx, chat, 'agents', 'incoming_sneak_peek', { chat_id: chat.id, sneak_peek }) }
}

export async function sendTypingIndicator(ctx: Context, request: RequestOf<'send_typing_indicator'>): Promise<Reply | Course> {
  const { principal } = ctx
  const { is_typing } = request
  const entered = await enter(ctx, 'send_typing_indicator', request.chat_id)
  const { chat, present } = entered
  const typing_indicator = { author_id: principal.id, is_typing, timestamp: ctx.now() }
  const told = await signal(ctx, chat, 'all', 'incoming_typing_indicator', { chat_id: chat.id, typing_indicator })
  const comes = principal.bot && is_typing && !present && chat.active_thread_id !== null
  if (!comes) return { answer: {}, signal: told }
  // BOT10: nobody can be told by name of a user whom they have not met.
  const coming = { at: ctx.now(), expect: asEntered(ctx, entered), writes: joining(ctx, entered, true), idempotency: [] }
  return {
    async run(commit) {
      // Where it came in meanwhile it has something to say already.
      await commit(coming, [told])
      return {}
    },
  }
}

async function signal(ctx: Context, chat: ChatRow, to: 'agents' | 'all', action: string, payload: object): Promise<BusMessage> {
  const members = await ctx.store.present(chat.id)
  return {
    kind: 'signal',
    audience: { organization_id: chat.organization_id, chat_id: chat.id, kind: chat.kind, members },
    to,
    author_id: ctx.principal.id,
    push: { action, payload },
  }
}

/** What is typed and not yet sent, told to those in the chat and forgotten. */
import type { RequestOf } from '../../protocol/actions.ts'
import type { BusMessage } from '../bus/bus.ts'
import type { ChatRow } from '../store/rows.ts'
import { enter } from './access.ts'
import type { Context, Reply } from './context.ts'
import { Refusal } from './refusal.ts'

/** TYP1: to agents only, and into an active chat only. */
export async function sendSneakPeek(ctx: Context, request: RequestOf<'send_sneak_peek'>): Promise<Reply> {
  const { chat } = await enter(ctx, 'send_sneak_peek', request.chat_id)
  if (chat.active_thread_id === null) throw new Refusal('chat_inactive', 'unable to send_sneak_peek; the chat has no active thread')
  return signal(ctx, chat, 'agents', 'incoming_sneak_peek', {
    chat_id: chat.id,
    sneak_peek: { author_id: ctx.principal.id, text: request.sneak_peek_text, timestamp: ctx.now() },
  })
}

export async function sendTypingIndicator(ctx: Context, request: RequestOf<'send_typing_indicator'>): Promise<Reply> {
  const { chat } = await enter(ctx, 'send_typing_indicator', request.chat_id)
  return signal(ctx, chat, 'all', 'incoming_typing_indicator', {
    chat_id: chat.id,
    typing_indicator: { author_id: ctx.principal.id, is_typing: request.is_typing, timestamp: ctx.now() },
  })
}

async function signal(ctx: Context, chat: ChatRow, to: 'agents' | 'all', action: string, payload: object): Promise<Reply> {
  const members = await ctx.store.present(chat.id)
  const message: BusMessage = {
    kind: 'signal',
    audience: { organization_id: chat.organization_id, chat_id: chat.id, kind: chat.kind, members },
    to,
    author_id: ctx.principal.id,
    push: { action, payload },
  }
  return { answer: {}, signal: message }
}

/** Handing over: a bot leaves a support chat to people, with a note of what it is about (BOT7). */
import type { AgentRequestOf } from '../../protocol/actions.ts'
import type { NewMessage } from '../../protocol/events.ts'
import type { Idempotency } from '../store/change.ts'
import { asEntered, enter } from './access.ts'
import type { Context, Plan } from './context.ts'
import { entriesAnswer } from './entries.ts'
import { addEvent, checkText, joining, sentAs, threadFor } from './events.ts'
import { Refusal } from './refusal.ts'
import { ending } from './streams.ts'

type HandingOver = AgentRequestOf<'hand_over_chat'>

export async function handOverChat(ctx: Context, request: HandingOver): Promise<Plan> {
  const entered = await enter(ctx, 'hand_over_chat', request.chat_id)
  const { chat } = entered
  if (chat.kind !== 'support') throw new Refusal('conflict', 'unable to hand_over_chat; people answer in support chats only')
  checkText('hand_over_chat', request.summary, 'summary')
  const { id } = ctx.principal
  const { thread_id } = threadFor(ctx, chat, 'agents', true)
  const said = await ending(ctx, chat, id, ({ author_id }) => author_id === id)
  return {
    change: {
      at: ctx.now(),
      expect: [...asEntered(ctx, entered), ...said.expect],
      writes: [
        ...said.writes,
        // Who was never in it could come in by an answer.
        ...joining(ctx, entered, true),
        addEvent(ctx, chat.id, thread_id, noteOf(request), { audience: 'agents' }),
        { write: 'remove_user', chat_id: chat.id, user_id: id, by: id, waiting: 'starts' },
      ],
      idempotency: handedOverAs(ctx, request),
    },
    answer: (committed) => entriesAnswer(ctx, committed),
  }
}

const noteOf = ({ summary, custom_id }: HandingOver): NewMessage => ({
  ...{ type: 'message', text: summary, visibility: 'agents' },
  ...(custom_id !== undefined && { custom_id }),
})

export const handedOverAs = (ctx: Context, request: HandingOver): Idempotency[] =>
  sentAs(ctx, { chat_id: request.chat_id, event: noteOf(request) })

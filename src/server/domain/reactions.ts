/** Reactions to events, and what counts as an emoji. */
import type { RequestOf } from '../../protocol/actions.ts'
import { MAX_EMOJI, MAX_REACTIONS } from '../../protocol/limits.ts'
import type { Committed } from '../store/change.ts'
import type { EventRow } from '../store/rows.ts'
import { enter } from './access.ts'
import type { Context, Plan } from './context.ts'
import { entriesAnswer } from './entries.ts'
import { presentReactions } from './present.ts'
import { eventIn } from './references.ts'
import { eventDeleted, invalid, Refusal } from './refusal.ts'

type Request = RequestOf<'add_reaction'>

export const addReaction = (ctx: Context, request: Request): Promise<Plan> => react(ctx, 'add_reaction', 'added', request)

export const removeReaction = (ctx: Context, request: Request): Promise<Plan> => react(ctx, 'remove_reaction', 'removed', request)

async function react(ctx: Context, action: 'add_reaction' | 'remove_reaction', kind: 'added' | 'removed', request: Request): Promise<Plan> {
  const { chat_id, event_id } = request
  const emoji = emojiOf(action, request.emoji)
  const entered = await enter(ctx, action, chat_id)
  const event = await eventIn(ctx, action, entered, event_id)
  if (event.deleted_at !== null) throw eventDeleted(action)
  const { id: user_id } = ctx.principal
  if (kind === 'added') checkRoom(action, event, emoji, user_id)
  const { thread_id } = event
  return {
    change: {
      at: ctx.now(),
      expect: [
        { holds: 'event', chat_id, thread_id, event_id },
        { holds: 'present', chat_id, user_id, present: entered.present },
      ],
      writes: [{ write: 'react', chat_id, thread_id, event_id, kind, emoji, user_id }],
      idempotency: [],
    },
    answer: (committed) => reactedAnswer(ctx, committed, request),
  }
}

export async function reactedAnswer(ctx: Context, committed: Committed, { chat_id, event_id }: Request): Promise<object> {
  const entered = await enter(ctx, 'add_reaction', chat_id)
  const event = await eventIn(ctx, 'answer', entered, event_id)
  return { reactions: presentReactions(event), ...(await entriesAnswer(ctx, committed)) }
}

/** REA3: what an event can have of them is bounded, as all of it is told each time. */
function checkRoom(action: string, { reactions }: EventRow, emoji: string, user_id: string): void {
  const here = reactions?.[emoji]
  const all = Object.values(reactions ?? {})
  const full = all.flat().length >= MAX_REACTIONS || (!here && all.length >= MAX_EMOJI)
  if (!full || here?.includes(user_id)) return
  throw new Refusal('conflict', `unable to ${action}; the event has as many reactions as it can have`, { limit: MAX_REACTIONS })
}

/** The sign that asks for a picture where a text would do: one emoji is not counted under two names. */
const AS_PICTURE = '\ufe0f'
const KNOWN = /^\p{RGI_Emoji}$/v
const PICTURE = /^[\p{Extended_Pictographic}\p{Regional_Indicator}]/v
const characters = new Intl.Segmenter()

/** REA2: one emoji, also one that is newer than what this server knows. */
function emojiOf(action: string, given: string): string {
  const bare = given.replaceAll(AS_PICTURE, '')
  for (const emoji of [given, bare, bare + AS_PICTURE]) if (KNOWN.test(emoji)) return emoji
  if (PICTURE.test(given) && [...characters.segment(given)].length === 1) return given
  throw invalid(action, 'emoji', 'is no emoji')
}

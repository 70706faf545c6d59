/** Messages that bots write piece by piece: the pieces, how such a message ends, and people who take over meanwhile. */
import type { AgentRequestOf } from '../../protocol/actions.ts'
import { MAX_TEXT_BYTES } from '../../protocol/limits.ts'
import type { Change, Committed, Precondition, Write } from '../store/change.ts'
import type { Audience, ChatRow, EventRow } from '../store/rows.ts'
import { enter } from './access.ts'
import type { Context, Outcome, Plan, Stream } from './context.ts'
import { entriesAnswer } from './entries.ts'
import type { Part } from './members.ts'
import { textOf } from './present.ts'
import { checkQuickReplies } from './quick-replies.ts'
import { eventIn } from './references.ts'
import { eventDeleted, invalid, Refusal, tooLarge } from './refusal.ts'

type Piece = AgentRequestOf<'stream_event'>

/** BOT1: nobody but bots, who say the rest of it themselves. */
export function checkStreaming({ principal }: Context, action: string, text: string, path: string): void {
  if (!principal.bot || principal.throughBackend) {
    throw new Refusal('authorization', `unable to ${action}; ${path}.streaming is for bots that are logged in`, {
      path: `${path}.streaming`,
    })
  }
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) throw tooLarge(action, `${path}.text`, MAX_TEXT_BYTES)
}

/** The pieces of what a bot has begun here come here. */
export function carrying({ streams }: Context, { entries, chat }: Committed): void {
  for (const { kind, event } of entries)
    if (chat && kind === 'event_added' && event && event.streaming_at !== null) streams.carry(chat, event)
}

/** BOT2: more of a message, or its end. */
export async function streamEvent(ctx: Context, request: Piece): Promise<Outcome> {
  const { done = false, quick_replies, event_id } = request
  if (quick_replies && !done) throw invalid('stream_event', 'quick_replies', 'come with the last piece')
  checkQuickReplies(ctx, 'stream_event', quick_replies, 'quick_replies')
  const carried = carriedBy(ctx, request)
  const { event, text: before, at } = carried ?? (await written(ctx, request))
  if (event.streaming_at === null) return repeated(event, request)
  const text = grown(before, request)
  const expect = [{ holds: 'streaming', ...placeOf(event), at } as const]
  if (done) {
    return changed(ctx, expect, endOf(event, text, ctx.principal.id, quick_replies), async (committed) => ({
      offset: text.length,
      ...(await entriesAnswer(ctx, committed)),
    }))
  }
  const answer = { offset: text.length }
  if (!carried) return taken(ctx, { event, text: before, at }, text)
  ctx.streams.grow(event_id, text)
  return { answer }
}

function carriedBy({ streams, principal }: Context, { chat_id, event_id }: Piece): Stream | null {
  const stream = streams.of(event_id)
  return stream && stream.event.chat_id === chat_id && stream.event.author_id === principal.id ? stream : null
}

/** As far as it was stored. */
async function written(ctx: Context, { chat_id, event_id }: Piece): Promise<Stream> {
  const event = await eventIn(ctx, 'stream_event', await enter(ctx, 'stream_event', chat_id), event_id)
  if (event.author_id !== ctx.principal.id) throw new Refusal('authorization', 'unable to stream_event; the event is another’s')
  if (event.deleted_at !== null) throw eventDeleted('stream_event')
  return { event, text: event.text ?? '', at: event.streaming_at ?? 0 }
}

/** BOT4: its bot comes to this process after it was with another, or after that has ended. The step says so to the one before. */
function taken(ctx: Context, { event, at }: Stream, text: string): Plan {
  const now = Math.max(ctx.now(), at + 1)
  const step: Write = { write: 'stream_event', ...placeOf(event), text: event.text, streaming_at: now, by: ctx.principal.id }
  return {
    ...changed(ctx, [{ holds: 'streaming', ...placeOf(event), at }], step, async () => ({ offset: text.length })),
    made({ chat }) {
      if (chat) ctx.streams.carry(chat, { ...event, streaming_at: now })
      ctx.streams.grow(event.id, text)
    },
  }
}

const changed = (ctx: Context, expect: Precondition[], write: Write, answer: Plan['answer']): Plan => ({
  change: { at: ctx.now(), expect, writes: [write], idempotency: [] },
  answer,
})

/** What there is with the piece: the same where it was there already. */
function grown(before: string, { offset, text }: Piece): string {
  if (offset > before.length) {
    throw new Refusal('conflict', 'unable to stream_event; there is a hole before it', { path: 'offset', offset: before.length })
  }
  const there = before.slice(offset, offset + text.length)
  if (!text.startsWith(there)) {
    throw new Refusal('idempotency_mismatch', 'unable to stream_event; something else stands there', { path: 'text' })
  }
  const whole = before + text.slice(there.length)
  if (whole.length > before.length && Buffer.byteLength(whole) > MAX_TEXT_BYTES) throw tooLarge('stream_event', 'text', MAX_TEXT_BYTES)
  return whole
}

/** The last piece once more is answered as it was; any other comes too late. */
function repeated({ text, cut_by }: EventRow, piece: Piece): Outcome {
  const offset = text?.length ?? 0
  const isLast = piece.done && cut_by === null && piece.offset + piece.text.length === offset && text?.slice(piece.offset) === piece.text
  if (isLast) return { answer: { offset } }
  const reason = cut_by === null ? 'ended' : 'taken_over'
  const why = cut_by === null ? 'the message has ended' : 'a person answers now'
  throw new Refusal('conflict', `unable to stream_event; ${why}`, { reason, offset })
}

type Place = Pick<EventRow, 'chat_id' | 'thread_id'> & { readonly event_id: string }

const placeOf = ({ chat_id, thread_id, id: event_id }: EventRow): Place => ({ chat_id, thread_id, event_id })

/** BOT5: with what there is; of one in which nothing was said nothing stays. */
export function endOf(event: EventRow, text: string, by: string | null, quick_replies?: readonly string[]): Write {
  if (text.trim() === '' && event.files.length === 0) return { write: 'delete_event', ...placeOf(event), by }
  return { write: 'stream_event', ...placeOf(event), text, ...(quick_replies && { quick_replies }), streaming_at: null, by }
}

/** A step of it, or its end where its bot has fallen silent. */
export function stepOf({ event, text, at }: Stream, now: number, ends: boolean): Change {
  const streaming_at = Math.max(now, at + 1)
  const step: Write = { write: 'stream_event', ...placeOf(event), text, streaming_at, by: event.author_id }
  const write = ends ? endOf(event, text, null) : step
  return { at: now, expect: [{ holds: 'streaming', ...placeOf(event), at }], writes: [write], idempotency: [] }
}

/** BOT6: what bots are writing ends where a person speaks to everyone. */
export async function interrupting(ctx: Context, chat: ChatRow, audience: Audience): Promise<Part> {
  const { type, bot, id } = ctx.principal
  const cuts = type === 'agent' && !bot && audience === 'all'
  return cuts ? ending(ctx, chat, id, (event) => event.audience === 'all') : { expect: [], writes: [] }
}

/** The end of those of a chat, in somebody's name. */
export async function ending({ store, streams }: Context, chat: ChatRow, by: string, which: (event: EventRow) => boolean): Promise<Part> {
  const all = await store.streams(chat.id)
  return {
    // One that begins meanwhile would be talked on with.
    expect: [{ holds: 'streams', chat_id: chat.id, at: Object.fromEntries(all.map(({ id, streaming_at }) => [id, streaming_at ?? 0])) }],
    writes: all.filter(which).map((event) => endOf(event, textOf(event, { streams }) ?? '', by)),
  }
}

export function requireWritten({ streaming_at }: EventRow): void {
  if (streaming_at !== null) throw new Refusal('conflict', 'unable to edit_event; a bot is still writing it')
}

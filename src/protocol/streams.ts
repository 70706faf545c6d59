/** Streams: messages that a bot writes piece by piece, which readers see grow. The log keeps a few steps of each, and its end. */
import { MAX_TEXT_BYTES } from './limits.ts'
import { QuickReplies } from './quick-replies.ts'
import { closed, Id, open, optional, Seq, Type } from './schema.ts'

const named = { chat_id: Id, event_id: Id }

export const streams = {
  /** More of a message that was sent with `streaming`. A piece that is there already changes nothing. */
  write: {
    request: closed({
      ...named,
      /** The length of what stands before it, in UTF-16 units. */
      offset: Seq,
      text: Type.String({ description: `With what stands before it at most ${MAX_TEXT_BYTES} bytes as UTF-8.` }),
      /** Nothing follows. */
      done: optional(Type.Boolean()),
      /** With the last piece. */
      quick_replies: optional(QuickReplies),
    }),
    response: open({
      /** The length of what is there now. */
      offset: Seq,
      /** The entries that the end became. */
      entries: optional(Type.Array(Type.Unknown())),
    }),
  },
}

/** More of an event that streams. It stands at `offset`; where less than that is held, what comes next holds all that is missing. */
export const EventPiece = open({ chat_id: Id, thread_id: Id, event_id: Id, offset: Seq, text: Type.String() })

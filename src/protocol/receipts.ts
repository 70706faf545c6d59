/** Read marks: how far each user of a chat has seen. A mark is a place in the log and only moves forward. */
import { closed, Id, open, optional, Seq, Time, Type, text } from './schema.ts'

/** `POST /v1/customer/unread`: for a page that only shows how much there is, with the token of an earlier login (LIN10). */
export const UnreadRequest = closed({ token: text(4096, 1) })

const UnreadResponse = open({ unread: Type.Integer() })

export const receipts = {
  /** By `seq`, or by time: the last event within that millisecond. With neither, to the end of the log. */
  markSeen: {
    request: closed({ chat_id: Id, seq: optional(Seq), seen_up_to: optional(Time) }),
    response: open({
      seen_seq: Seq,
      seen_up_to: optional(Time),
      /** The entry that the mark became; empty when the mark was there already. */
      entries: Type.Array(Type.Unknown()),
    }),
  },
  /** What `unread_count` counts in one chat, over all that the customer is in; counted to 100 as well. */
  unread: { request: closed({}), response: UnreadResponse },
}

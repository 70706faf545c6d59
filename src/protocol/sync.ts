/** Catching up with a chat's log, page by page, from wherever the client stopped. */
import { MAX_SYNC_ENTRIES } from './limits.ts'
import { closed, Epoch, Id, limit, open, optional, Seq, Type } from './schema.ts'

/**
 * One entry of a log: a push without its envelope. `payload.seq` counts the chat's log as the reader sees it;
 * `payload.from_seq`, when present, says that the entry stands for the range from there to `seq`.
 */
export interface Entry {
  readonly action: string
  readonly payload: { readonly chat_id: string; readonly seq: number; readonly from_seq?: number; readonly [field: string]: unknown }
}

export const sync = {
  request: closed({
    chat_id: Id,
    epoch: optional(Epoch),
    /** The last entry the client holds; 0 for none. */
    after: Seq,
    limit: optional(limit(MAX_SYNC_ENTRIES, MAX_SYNC_ENTRIES)),
  }),
  response: open({
    epoch: Epoch,
    entries: Type.Array(Type.Unknown()),
    /** The log's head at the moment of reading; a page that reaches it makes the chat live on this socket. */
    seq: Seq,
  }),
}

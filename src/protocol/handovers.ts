/** Handing over: a bot leaves a support chat to people, and tells them what it is about. */
import { MAX_TEXT_BYTES } from './limits.ts'
import { CustomId, closed, Id, open, optional, Type } from './schema.ts'

export const handovers = {
  /** The customer waits from then on, and the bot says nothing more there until somebody lets it in again. */
  handOver: {
    request: closed({
      chat_id: Id,
      /** What agents read of it, as a private note. */
      summary: Type.String({ minLength: 1, description: `At most ${MAX_TEXT_BYTES} bytes as UTF-8.` }),
      /** The note's. */
      custom_id: optional(CustomId),
    }),
    response: open({ entries: Type.Array(Type.Unknown()) }),
  },
}

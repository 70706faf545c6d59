/** Reactions: an emoji that a user leaves on an event. */
import { MAX_EMOJI_CHARS } from './limits.ts'
import { closed, Id, open, type Static, Type, text } from './schema.ts'

/** One emoji, with who left it, the first first. */
export const Reaction = open({ emoji: Type.String(), user_ids: Type.Array(Id) })
export type Reaction = Static<typeof Reaction>

const request = closed({ chat_id: Id, event_id: Id, emoji: text(MAX_EMOJI_CHARS, 1) })
/** The reactions as they are now, and the entry that it became; none when it was so already. */
const response = open({ reactions: Type.Array(Reaction), entries: Type.Array(Type.Unknown()) })

export const reactions = {
  add: { request, response },
  remove: { request, response },
}

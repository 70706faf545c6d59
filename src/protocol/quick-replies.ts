/** Quick replies: answers that a message suggests. Pressing one sends its text, as if it had been typed. */
import { MAX_QUICK_REPLIES, MAX_QUICK_REPLY_CHARS } from './limits.ts'
import { Type, text } from './schema.ts'

export const QuickReplies = Type.Array(text(MAX_QUICK_REPLY_CHARS, 1), { minItems: 1, maxItems: MAX_QUICK_REPLIES })

/** What is typed and not yet sent: the customer's sneak peek and everyone's typing indicator. Never in the log. */
import { MAX_SNEAK_PEEK_CHARS } from './limits.ts'
import { closed, Id, open, Type, text } from './schema.ts'

const done = open({})

export const typing = {
  /** Only into a chat with an active thread; otherwise `chat_inactive`. An empty text ends it. */
  sneakPeek: {
    request: closed({ chat_id: Id, sneak_peek_text: text(MAX_SNEAK_PEEK_CHARS) }),
    response: done,
  },
  indicator: {
    request: closed({ chat_id: Id, is_typing: Type.Boolean() }),
    response: done,
  },
}

export const SneakPeek = open({
  chat_id: Id,
  sneak_peek: open({ author_id: Id, text: Type.String(), timestamp: Type.Integer({ description: 'Unix time in ms.' }) }),
})

export const TypingIndicator = open({
  chat_id: Id,
  typing_indicator: open({ author_id: Id, is_typing: Type.Boolean(), timestamp: Type.Integer({ description: 'Unix time in ms.' }) }),
})

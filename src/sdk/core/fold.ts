/** A chat is the fold of its log: what each kind of entry does to the summary. Kinds that are not known change nothing. */
import type { Chat } from '../../protocol/chats.ts'
import type { LogPushName, PushPayload } from '../../protocol/pushes.ts'
import { described } from './chats.ts'
import { type Amending, eventAdded, eventAmended } from './events.ts'
import { markMoved } from './receipts.ts'
import type { Fold } from './replica.ts'
import { threadClosed, threadOpened, threadRated } from './threads.ts'
import { userAdded, userRemoved } from './users.ts'

type FoldOf<N extends LogPushName> = (chat: Chat, payload: PushPayload<N>, me: string) => Chat

/** Properties are not among them: no face shows any. */
const FOLDS: { readonly [N in LogPushName]?: FoldOf<N> } = {
  incoming_chat: threadOpened,
  incoming_event: eventAdded,
  chat_deactivated: threadClosed,
  user_added_to_chat: userAdded,
  user_removed_from_chat: userRemoved,
  events_marked_as_seen: markMoved,
  chat_rated: threadRated,
  chat_updated: described,
}

/** Whatever comes may change events that are there. */
export const fold: Fold = (before, { action, payload }, me) => {
  const chat = eventAmended(before, payload as Amending)
  return (FOLDS[action] as FoldOf<LogPushName> | undefined)?.(chat, payload as never, me) ?? chat
}

/** What a client without faces follows of a chat: whether it is active, and who is in it. */
export const foldBriefly: Fold = (chat, { action, payload }) => {
  if (action === 'incoming_chat') return payload.chat
  if (action === 'user_added_to_chat') return { ...chat, users: [...chat.users.filter(({ id }) => id !== payload.user.id), payload.user] }
  return action === 'chat_deactivated' ? { ...chat, active: false } : chat
}

/** A chat is the fold of its log: what each kind of entry does to the summary. Kinds that are not known change nothing. */
import type { Chat } from '../../protocol/chats.ts'
import type { LogPush, LogPushName, PushPayload } from '../../protocol/pushes.ts'
import { eventAdded } from './events.ts'
import { markMoved } from './receipts.ts'
import { threadClosed, threadOpened } from './threads.ts'
import { userAdded, userRemoved } from './users.ts'

type Fold<N extends LogPushName> = (chat: Chat, payload: PushPayload<N>, me: string) => Chat

const FOLDS: { readonly [N in LogPushName]: Fold<N> } = {
  incoming_chat: threadOpened,
  incoming_event: eventAdded,
  chat_deactivated: threadClosed,
  user_added_to_chat: userAdded,
  user_removed_from_chat: userRemoved,
  events_marked_as_seen: markMoved,
}

/** `me` is the reader. What the summary contains already is not counted again. */
export function fold(chat: Chat, { action, payload }: LogPush, me: string): Chat {
  if (payload.seq <= chat.seq) return chat
  const next = (FOLDS[action] as Fold<LogPushName> | undefined)?.(chat, payload as never, me) ?? chat
  return { ...next, seq: Math.max(next.seq, payload.seq) }
}

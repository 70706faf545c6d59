/** The words of the pieces that both faces use, in English. Plain data: what draws without Preact reads them too. */

import type { ChatUser } from '../protocol/users.ts'

/** What a user is named by. */
export type Named = Pick<ChatUser, 'id' | 'name' | 'type'> & { readonly email?: string }

export const pieceWords = {
  messages: 'Messages',
  message: 'Message',
  send: 'Send',
  sending: 'Sending',
  waiting: 'Waiting for a connection',
  sent: 'Sent',
  seen: 'Seen',
  notSent: 'Message not sent.',
  retry: 'Retry',
  discard: 'Discard',
  jumpToLatest: 'Jump to latest',
  newMessages: 'New messages',
  loadingOlder: 'Loading earlier messages',
  olderFailed: 'Earlier messages could not be loaded.',
  chatClosed: 'Chat ended',
  you: 'You',
  /** In a language that runs the other way than the name, with signs around it that keep it apart. */
  nameOf: (user: Named | undefined) => user?.name || 'Someone',
  noteBy: (name: string) => `${name} · Private note`,
  joined: (name: string) => `${name} joined`,
  left: (name: string) => `${name} left`,
  /** As the one says it who rates. */
  rated: (value: 'good' | 'bad' | null, _name: string) =>
    `You rated this chat: ${value ? { good: 'Good', bad: 'Bad' }[value] : 'withdrawn'}`,
  isTyping: (name: string) => `${name} is typing`,
  areTyping: (names: string) => `${names} are typing`,
  tooLong: 'This message is too long. Send it in parts.',
}

export type PieceWords = typeof pieceWords

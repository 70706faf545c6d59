/** Every word of the inbox, in one place and one type, so that another language is another file of this form. */
import { type PieceWords, pieceWords } from '../ui/words.ts'

const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

export const words = {
  language: 'en',
  product: 'Porchlight',
  inbox: 'Inbox',

  signIn: {
    title: 'Sign in to your inbox',
    email: 'Email',
    password: 'Password',
    submit: 'Sign in',
    working: 'Signing in…',
    withLink: 'Signing you in…',
    wrong: 'That email and password do not match. Check both and try again.',
    tooMany: (seconds: number) => `Too many attempts. Wait ${plural(seconds, 'second', 'seconds')} and try again.`,
    offline: 'The server cannot be reached. Check your connection and try again.',
    linkUsed: 'This sign-in link was used already or is too old. Sign in with your password.',
    failed: 'Signing in did not work. Try again in a moment.',
  },

  /** Where the inbox says it otherwise than the pieces that it shares with the widget. */
  pieces: { ...pieceWords, chatClosed: 'Chat closed', someone: 'Visitor' } satisfies PieceWords,

  chats: {
    label: 'Chats',
    filter: 'Show',
    open: 'Open',
    all: 'All',
    search: 'Search chats',
    loading: 'Loading chats',
    empty: 'No chats yet',
    emptyHint: 'When a customer writes, the chat appears here by itself.',
    emptyOpen: 'All chats are closed',
    emptyOpenHint: 'New ones appear here by themselves.',
    showAll: 'Show all chats',
    noMatch: (query: string) => `No chat matches “${query}”`,
    noMatchHint: 'Only the latest chats were searched.',
    clearSearch: 'Clear search',
    you: 'You',
    note: 'Note',
    noMessages: 'No messages yet',
    activity: 'Activity',
    draft: 'Draft',
    closed: 'Closed',
    waiting: (time: string) => `Waiting ${time}`,
    waitingNow: 'Waiting',
    unread: (count: string) => `${count} unread`,
    someone: 'Someone',
    visitor: (tail: string) => `Visitor ${tail}`,
  },

  conversation: {
    label: 'Conversation',
    none: 'No chat is open',
    noneHint: (key: string | null) => (key ? `Choose one from the list, or press ${key}.` : 'Choose one from the list.'),
    loading: 'Loading messages',
    gone: 'This chat cannot be shown',
    goneHint: 'It may have been removed, or the link is not complete.',
    back: 'Back to chats',
    details: 'Customer details',
    close: 'Close chat',
    closing: 'Closing',
    closeFailed: 'The chat could not be closed. Try again.',
    reply: 'Reply',
    replyHint: 'Write a reply',
    noteHint: 'Write a note that only agents see',
    reopenHint: 'A reply opens the chat again',
    note: 'Private note',
    noteOnly: 'Only agents see this',
    peek: (name: string) => `${name} is typing, not sent yet`,
    closedState: 'Closed',
    agent: 'Agent',
  },

  details: {
    label: 'Customer details',
    close: 'Close details',
    email: 'Email',
    noEmail: 'Not given',
    page: 'Page',
    noPage: 'Not known',
    firstSeen: 'First seen',
    started: 'Chat started',
    chat: 'Chat',
    openState: 'Open',
    closedState: 'Closed',
  },

  status: {
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting. Replies go out when you are back.',
    disconnected: 'Disconnected. Reload the page to come back.',
    signOut: 'Sign out',
    signOutFailed: 'Signing out did not work. Check your connection and try again.',
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    use: 'Single-key shortcuts',
    commands: {
      next: 'Next chat',
      previous: 'Previous chat',
      reply: 'Write a reply',
      note: 'Write a private note',
      close: 'Close the chat',
      details: 'Show customer details',
      search: 'Search chats',
      shortcuts: 'Show this list',
    },
    enter: 'Answer the chat, send what is written',
    line: 'Start a new line',
    escape: 'Leave the field, close what is open',
  },
} as const

export type Words = typeof words

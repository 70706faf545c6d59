/** Every word of the inbox, in one place and one type, so that another language is another file of this form. */
import { type LateWords, lateWords } from '../ui/late-words.ts'
import { type PieceWords, pieceWords } from '../ui/words.ts'

const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

/** What a customer can think of a chat. */
export const ratings = { good: 'Good', bad: 'Bad' } as const

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
  pieces: {
    ...pieceWords,
    ...lateWords,
    chatClosed: 'Chat closed',
    rated: (value: keyof typeof ratings | null, name: string) =>
      value ? `${name} rated this chat: ${ratings[value]}` : `${name} withdrew the rating`,
  } satisfies PieceWords & LateWords,

  chats: {
    label: 'Chats',
    filter: 'Show',
    open: 'Open',
    all: 'All',
    search: 'Search names and last messages',
    loading: 'Loading chats',
    empty: 'No chats yet',
    emptyHint: 'When a customer writes, the chat appears here by itself.',
    emptyOpen: 'No open conversations',
    emptyOpenHint: 'New ones appear here by themselves.',
    showAll: 'Show all chats',
    noMatch: (query: string) => `No name or last message has “${query}”`,
    noMatchHint: 'Only the latest chats were searched.',
    clearSearch: 'Clear search',
    you: 'You',
    note: 'Note',
    noMessages: 'No messages yet',
    activity: 'Activity',
    draft: 'Draft',
    typing: 'Typing',
    closed: 'Closed',
    waiting: (time: string) => `Waiting ${time}`,
    waitingNow: 'Waiting',
    unread: (count: string) => `${count} unread`,
    someone: 'Someone',
    visitor: (tail: string) => `Visitor ${tail}`,
  },

  mentions: {
    by: (name: string) => `${name} mentioned you`,
    missed: (count: number) => `You were mentioned ${plural(count, 'time', 'times')}`,
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
    closingSoon: (name: string) => `Closing the chat with ${name}`,
    undo: 'Undo',
    closeFailed: 'The chat could not be closed. Try again.',
    reply: 'Reply',
    replyHint: 'Write a reply',
    replyToMessage: 'Reply to this message',
    noteHint: 'Write a note that only agents see',
    reopenHint: 'A reply opens the chat again',
    note: 'Private note',
    noteOnly: 'Only agents see this',
    peek: (name: string) => `${name} is typing, not sent yet`,
    paused: (name: string) => `${name} typed this, not sent yet`,
    closedState: 'Closed',
    agent: 'Agent',
    original: 'Show what it said first',
  },

  details: {
    label: 'Customer details',
    close: 'Close details',
    email: 'Email',
    noEmail: 'Not given',
    page: 'Page',
    noPage: 'Not known',
    referrer: 'Came from',
    rating: 'Rating',
    firstSeen: 'First seen',
    started: 'Chat started',
    activity: {
      label: 'Activity',
      viewed: 'Viewed',
      all: (count: number) => `Show all ${count}`,
    },
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
      reply: 'Go to the reply field',
      note: 'Write a private note',
      close: 'Close the chat',
      undo: 'Keep it open after all',
      details: 'Show customer details',
      search: 'Search names and last messages',
      shortcuts: 'Show this list',
    },
    enter: 'Answer the chat, send what is written',
    line: 'Start a new line',
    escape: 'Leave the field, close what is open',
  },
} as const

export type Words = typeof words

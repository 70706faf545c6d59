/** The English words of what is loaded later; those of the first message come with the widget. */

import { lateWords } from '../../ui/late-words.ts'
import { named } from './named.ts'

const more = {
  ...lateWords,
  // What stands beside the text.
  attachFile: 'Attach file',
  dropFiles: 'Drop files here to attach them',
  remove: (name: string) => named`Remove ${name}`,
  tooLarge: (name: string) => named`${name} is larger than 10 MB.`,
  tooMany: 'At most 10 files go with one message.',
  uploading: (name: string) => named`Sending ${name}`,
  cancel: (name: string) => named`Cancel sending ${name}`,
  fileFailed: (name: string) => named`${name} was not sent.`,
  fileRefused: (name: string) => named`${name} cannot be sent here.`,
  // A chat that cannot be.
  unavailable: 'The chat is not available here right now.',
  unavailableMore: 'Nothing you wrote is lost. Come back later.',
  // What can be done with a chat.
  endFailed: 'The chat could not be ended. Try again later.',
  closed: 'This chat has ended. Write to continue it.',
  newChat: 'New chat',
  options: 'Options',
  soundOn: 'Play a sound for new messages',
  transcript: 'Download transcript',
  transcriptOf: (name: string) => named`Chat with ${name}`,
  collecting: 'Collecting messages',
  transcriptFailed: 'The transcript could not be made. Try again.',
  notHere: 'That could not be loaded. Try again.',
  // Pictures.
  close: 'Close',
  download: 'Download',
  earlierPicture: 'Earlier picture',
  laterPicture: 'Later picture',
  // The rating at the end.
  howWasIt: 'How was this chat?',
  good: 'Good',
  bad: 'Bad',
  thanks: 'Thank you. You can change this at any time.',
  comment: 'What should we know? (optional)',
  sendComment: 'Send comment',
  ratingFailed: 'Your rating did not arrive. Try again.',
  // Home.
  ended: 'Ended',
  noMessages: 'No messages yet',
  moreChats: 'Show earlier chats',
  hello: (name: string | undefined) => (name ? named`Hello, ${name}` : 'Hello'),
  online: (names: string) => `${names} can answer now`,
  away: 'Nobody is here right now. We reply as soon as we are back.',
  yourChats: 'Your chats',
  // A message that comes while the chat is closed.
  newMessage: (name: string) => `New message from ${name}`,
  dismiss: 'Dismiss',
}

export type MoreWords = typeof more

export const words = { more }

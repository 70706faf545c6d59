/** The words, in English, of pieces that a face may load later: what can be done with a message, and what hangs on one. */

/** `count` is a text, and `1` is one. */
const counted = (count: string, one: string, many: string) => `${count} ${count === '1' ? one : many}`

export const lateWords = {
  // What can be done with a message.
  messageActions: 'Message actions',
  react: 'React',
  reactWith: (emoji: string) => `React with ${emoji}`,
  moreEmoji: 'More emoji',
  reply: 'Reply',
  quote: 'Quote',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'The message could not be copied.',
  edit: 'Edit',
  delete: 'Delete',
  deleteAsk: 'Delete this message?',
  keepIt: 'Keep',
  // What hangs on it.
  reactions: (emoji: string, count: string, withYou: boolean) => (withYou ? `${emoji} ${count}, including you` : `${emoji} ${count}`),
  reacted: (emoji: string) => `You reacted with ${emoji}`,
  unreacted: (emoji: string) => `You took back ${emoji}`,
  reactFailed: 'The reaction did not arrive. Try again.',
  edited: 'Edited',
  deleted: 'Message deleted',
  deleteFailed: 'The message could not be deleted. Try again.',
  mentionsYou: 'Mentions you',
  suggestedAnswers: 'Suggested answers',
  seenBy: (names: string) => `Seen by ${names}`,
  isOnline: 'Online',
  // Replies to a message, beside the chat.
  replies: 'Replies',
  replyCount: (count: string) => counted(count, 'reply', 'replies'),
  lastReply: (when: string) => `Last reply ${when}`,
  noReplies: 'No replies yet',
  repliesFailed: 'The replies could not be loaded.',
  writeReply: 'Write a reply',
  backToChat: 'Back to the chat',
  // A message that another shows.
  quoting: (name: string) => `Quoting ${name}`,
  removeQuote: 'Remove quote',
  showQuoted: 'Show the quoted message',
  photo: 'Photo',
  quotedDeleted: 'Deleted message',
  quotedEarlier: 'A message from before you joined',
  notFound: 'The message is not here any more.',
  // Writing.
  editMessage: 'Edit message',
  cancelEdit: 'Cancel editing',
  save: 'Save',
  saved: 'Message changed',
  editFailed: 'The message could not be changed. Try again.',
  suggestions: 'People in this chat',
  // The emoji picker.
  emoji: 'Emoji',
  searchEmoji: 'Search emoji',
  noEmoji: 'No emoji of that name',
  recent: 'Recently used',
  smileys: 'Smileys',
  people: 'People',
  nature: 'Nature',
  food: 'Food',
  activities: 'Activities',
  objects: 'Things',
  symbols: 'Signs',
}

export type LateWords = typeof lateWords

/** The page's title, which counts chats with something unread, so that a background tab can be read. */
import { words } from './words.ts'

export function titleOf(unreadChats: number, more: boolean): string {
  const name = `${words.inbox} · ${words.product}`
  if (unreadChats === 0) return name
  return `(${unreadChats}${more ? '+' : ''}) ${name}`
}

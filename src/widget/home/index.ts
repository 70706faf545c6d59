/** The list of all chats, as a module that is loaded when it is first wanted. */
import css from './chats-view.css?inline'

export { ChatsView as View } from './chats-view.tsx'
export { css }

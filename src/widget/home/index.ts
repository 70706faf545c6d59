/** Where a visitor finds everything: the greeting, who is there, all chats. A module that is loaded when it is first wanted. */
import css from './home.css?inline'

export { Home } from './home.tsx'
export { css }

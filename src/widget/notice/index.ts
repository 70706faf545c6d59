/** How a visitor notices a message while the chat is closed or the page is in the back. A module that is loaded with the first such message. */
import css from './toast.css?inline'

export { notice } from './notice.tsx'
export { css }

/** What can be done with the messages of a chat, as a module that is loaded once it is open. */
import css from '../../ui/message-tools.css?inline'

export { Messages } from './messages.tsx'
export { Tools } from './tools.tsx'
export { css }

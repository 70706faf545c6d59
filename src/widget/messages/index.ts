/** What can be done with the messages of a chat, as a module that is loaded once it is open. */
import toolsCss from '../../ui/message-tools.css?inline'
import messagesCss from './messages.css?inline'

export { Messages } from './messages.tsx'
export { Tools } from './tools.tsx'
export const css = toolsCss + messagesCss

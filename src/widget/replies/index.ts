/** The replies to a message, as a module that is loaded when somebody looks at some. */
import repliesCss from '../../ui/replies.css?inline'
import placeCss from './replies-panel.css?inline'

export { Replies } from './replies-panel.tsx'
export const css = repliesCss + placeCss

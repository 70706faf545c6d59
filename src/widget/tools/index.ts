/** What a chat gains when there is time: files, emoji, what can be done with a message and with the chat. */
import liveCss from '../../ui/live.css?inline'
import toolsCss from './tools.css?inline'

export { showMessage } from '../../ui/show-message.ts'
export { Actions } from './actions.tsx'
export { doingOf } from './doing.ts'
export { End } from './end.tsx'
export { Foot } from './foot.tsx'
export { goAlong } from './go-along.ts'
export { Keys } from './keys.tsx'
export { Problem } from './problem.tsx'
export const css = liveCss + toolsCss

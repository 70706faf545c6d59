/** What a chat gains when there is time: formatted text, files, emoji, what can be done with a message and with the chat. */
import bodyCss from '../../ui/body.css?inline'
import liveCss from '../../ui/live.css?inline'
import toolsCss from './tools.css?inline'

export { Body } from '../../ui/body.tsx'
export { Actions } from './actions.tsx'
export { Foot } from './foot.tsx'
export { Keys } from './keys.tsx'
export { Problem } from './problem.tsx'
export { sendFiles } from './send-files.ts'
export { setSneakPeek } from './sneak-peeks.ts'
export { Typing } from './typing.tsx'
export const css = bodyCss + liveCss + toolsCss

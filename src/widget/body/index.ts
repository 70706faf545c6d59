/** What messages say, in all their forms, and what hangs on them. A module that is loaded once a chat is open. */
import bodyCss from '../../ui/body.css?inline'
import saidCss from '../../ui/said.css?inline'

export { Body } from './body.tsx'
export const css = bodyCss + saidCss

/** What a message refers to as it is written, and messages written anew. A module that is loaded when the first one is. */
import uiCss from '../../ui/writing.css?inline'
import css from './over.css?inline'

export { Over } from './over.tsx'

const all = uiCss + css

export { all as css }

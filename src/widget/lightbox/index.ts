/** A picture over the whole page, as a module that is loaded with the first one that is opened. */
import css from './lightbox.css?inline'

export { enlarge } from './lightbox.tsx'
export { css }

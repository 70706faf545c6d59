/** How the chat looks inside an element of the page, as a module for the pages that want it there. */
import css from './inline.css?inline'

export { css }

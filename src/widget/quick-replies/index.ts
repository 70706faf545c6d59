/** Answers to choose from, as a module that is loaded with the first message that suggests some. */
import css from '../../ui/quick-replies.css?inline'

export { QuickReplies } from '../../ui/quick-replies.tsx'
export { css }

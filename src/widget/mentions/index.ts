/** Names to choose from while one is written, as a module that is loaded with the first `@`. */
import css from '../../ui/mentions.css?inline'

export { MentionList } from '../../ui/mention-list.tsx'
export { css }

/** The emoji picker, as a module that is loaded when it is first opened. */
import css from '../../ui/emoji/emoji.css?inline'

export { Picker } from './picker.tsx'
export { css }

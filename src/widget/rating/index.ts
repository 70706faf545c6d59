/** Rating a thread that has ended, as a module that is loaded when the first one has. */
import css from './rating.css?inline'

export { Rating } from './rating.tsx'
export { css }

/** Files on their way, as a module that is loaded with the first one. */
import css from './files.css?inline'

export { send } from './sending.ts'
export { Uploads } from './uploads.tsx'
export { css }

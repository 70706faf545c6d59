/** The transcript of a chat, as a module that is loaded when somebody wants one. */
export { download } from './transcript.ts'

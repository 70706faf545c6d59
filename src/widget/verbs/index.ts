/** The verbs that a first message does not need, as a module that is loaded when one of them is first called. */
export { attend } from './attend.ts'
export { hear, identify, leave, logout } from './identity.ts'
export { track } from './track.ts'
export { wipe, withdraw } from './withdraw.ts'

/** Which wire this code speaks, and which release it belongs to. */

/** Answered by `login`. */
export const PROTOCOL_VERSION = '1.0'

/** As in `package.json`, which no browser can read. */
export const VERSION = '0.1.0'

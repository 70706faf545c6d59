/** The version of the wire that this code speaks, answered by `login`. */
export const PROTOCOL_VERSION = '1.0'

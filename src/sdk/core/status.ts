/** The connection's state in the words of a face. */
import type { ConnectionState } from '../wire/connection.ts'
import type { ConnectionStatus } from './views.ts'

const WORDS: Readonly<Record<ConnectionState, ConnectionStatus>> = {
  idle: 'idle',
  opening: 'connecting',
  logging_in: 'connecting',
  live: 'connected',
  waiting: 'reconnecting',
  closed: 'disconnected',
  destroyed: 'destroyed',
}

/** `again`: there was a try before. */
export const statusOf = (state: ConnectionState, again: boolean): ConnectionStatus => {
  const word = WORDS[state]
  return again && word === 'connecting' ? 'reconnecting' : word
}

/** The server's end of one socket, apart from the library that carries it, so that a test can hold it still. */

/** What the gateway needs of a socket. */
export interface Wire {
  send(frame: string): void
  close(code: number, reason: string): void
  /** Ends without a farewell, for sockets that no longer answer. */
  terminate(): void
  /** A control ping; the answer arrives as `SocketSession.pong`. */
  ping(): void
  /** Bytes accepted by `send` that the reader has not taken. */
  backlog(): number
}

/** What is known of a socket before its first frame. */
export interface Handshake {
  readonly side: 'customer' | 'agent'
  readonly license: string | null
  readonly client_id: string | null
  readonly origin: string | null
  readonly host: string | null
  readonly address: string
  readonly cookie: string | null
  readonly user_agent: string | null
}

/** What a socket tells the gateway. */
export interface SocketSession {
  /** A frame whose size is already known to be within bounds of the socket library. */
  receive(frame: string): void
  pong(): void
  closed(): void
}

/** Real sockets: the only file that knows ws. Everything it learns is told to a session, and what a session says it sends. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { MAX_FRAME_BYTES } from '../../protocol/limits.ts'
import { addressOf, type Trust } from './address.ts'
import type { Gateway } from './gateway.ts'
import type { Handshake, SocketSession, Wire } from './wire.ts'

/** Frames up to here are read and answered `entity_too_large`; beyond it the library ends the socket unread. */
const HARD_LIMIT_BYTES = 4 * MAX_FRAME_BYTES

const PATHS: ReadonlyMap<string, Handshake['side']> = new Map([
  ['/v1/customer/rtm', 'customer'],
  ['/v1/agent/rtm', 'agent'],
])

/** Lets sockets in through a server's upgrade requests. Returns the way to end those that are left. */
export function attachSockets(server: Server, gateway: Gateway, trust: Trust): () => void {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: HARD_LIMIT_BYTES, clientTracking: true })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const handshake = handshakeOf(request, trust)
    if (!handshake) return refuse(socket, 404)
    if (gateway.draining) return refuse(socket, 503)
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      listen(webSocket, gateway.acceptSocket(new SocketWire(webSocket, socket), handshake))
    })
  })
  return () => {
    for (const webSocket of sockets.clients) webSocket.terminate()
  }
}

function handshakeOf(request: IncomingMessage, trust: Trust): Handshake | null {
  const [path = '', query] = (request.url ?? '').split('?', 2)
  const side = PATHS.get(path)
  if (!side) return null
  const parameters = new URLSearchParams(query)
  const { origin, host, cookie, 'user-agent': agent, 'x-forwarded-for': forwarded } = request.headers
  return {
    side,
    license: parameters.get('license'),
    client_id: parameters.get('client_id'),
    origin: origin ?? null,
    host: host ?? null,
    address: addressOf(request.socket.remoteAddress ?? '', String(forwarded ?? ''), trust),
    cookie: cookie ?? null,
    user_agent: agent ?? null,
  }
}

function refuse(socket: Duplex, status: 404 | 503): void {
  const reason = status === 404 ? 'Not Found' : 'Service Unavailable'
  // Nobody else listens to a socket that was to be upgraded: a reset would end the process, and a peer that stays would keep it open.
  socket.on('error', ignore).once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function listen(webSocket: WebSocket, session: SocketSession): void {
  // A binary frame is no request: it is read as one that holds nothing.
  webSocket.on('message', (data, isBinary) => session.receive(isBinary ? '' : String(data)))
  webSocket.on('pong', () => session.pong())
  webSocket.on('close', () => session.closed())
  webSocket.on('error', ignore)
}

/** Errors of the protocol and of the network end in `close`, which tells all there is to tell. */
const ignore = () => {}

/** There are many of these and most of them idle, so each is one small object. */
class SocketWire implements Wire {
  readonly #webSocket: WebSocket
  readonly #socket: Duplex
  #corked = false

  constructor(webSocket: WebSocket, socket: Duplex) {
    this.#webSocket = webSocket
    this.#socket = socket
  }

  send(frame: string): void {
    // What is sent in one go leaves in one write: a system call costs more than a frame.
    if (!this.#corked) {
      this.#corked = true
      this.#socket.cork()
      process.nextTick(uncork, this)
    }
    this.#webSocket.send(frame)
  }

  close(code: number, reason: string): void {
    this.#webSocket.close(code, reason)
  }

  terminate(): void {
    this.#webSocket.terminate()
  }

  ping(): void {
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#webSocket.ping()
  }

  backlog(): number {
    // A burst that nobody was given the chance to take yet is no slow reader.
    if (this.#corked && this.#webSocket.bufferedAmount > MAX_FRAME_BYTES) this.uncork()
    return this.#webSocket.bufferedAmount
  }

  uncork(): void {
    this.#corked = false
    this.#socket.uncork()
  }
}

const uncork = (wire: SocketWire) => wire.uncork()

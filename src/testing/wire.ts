/** One socket in memory: a client's end and a server's end, joined by two pipes that a test can hold, cut and stir. */
import type { Clock } from '../sdk/kit/environment.ts'
import type { Link, LinkEvents } from '../sdk/kit/link.ts'
import type { Handshake, SocketSession, Wire } from '../server/gateway/wire.ts'
import { Pipe } from './pipe.ts'

/** What travels: frames, and what the platform does around them. */
export type Packet =
  | { readonly kind: 'connect' | 'open' | 'ping' | 'pong' }
  | { readonly kind: 'frame'; readonly text: string }
  | { readonly kind: 'close'; readonly code: number; readonly reason: string }

/** Takes a socket on the server's side; null refuses it. */
export type Accept = (wire: Wire, handshake: Handshake) => SocketSession | null

export interface LineOptions {
  readonly clock: Clock
  readonly handshake: Handshake
  readonly events: LinkEvents
  readonly accept: Accept
  /** Hears of every packet that moves. */
  readonly moved?: () => void
  /** Both pipes are held from the start. */
  readonly held?: boolean
}

/** A server that closed waits this long for the other side to agree, as `ws` does. */
const CLOSE_TIMEOUT_MS = 30_000
const ABNORMAL: Packet = { kind: 'close', code: 1006, reason: '' }

type End = 'waiting' | 'open' | 'closing' | 'ended'

export class Line {
  readonly up: Pipe<Packet>
  readonly down: Pipe<Packet>
  readonly handshake: Handshake
  readonly link: Link
  /** Every frame that came out at the client, oldest first. */
  readonly received: string[] = []
  #client: End = 'waiting'
  #server: End = 'waiting'
  #session: SocketSession | null = null
  #unanswered = 0
  readonly #options: LineOptions
  readonly #wire: Wire

  constructor(options: LineOptions) {
    const { clock, held, moved } = options
    this.#options = options
    this.handshake = options.handshake
    const heard = (deliver: (packet: Packet) => void) => (packet: Packet) => {
      moved?.()
      deliver(packet)
    }
    this.up = new Pipe(
      clock,
      heard((packet) => this.#atServer(packet)),
    )
    this.down = new Pipe(
      clock,
      heard((packet) => this.#atClient(packet)),
    )
    this.link = { send: (text) => this.#clientSends(text), close: (code, reason) => this.#clientCloses(code, reason) }
    this.#wire = {
      send: (text) => this.#serverSends(text),
      close: (code, reason) => this.#serverCloses(code, reason),
      terminate: () => this.#serverTerminates(),
      ping: () => this.#sendDown({ kind: 'ping' }),
      backlog: () => this.backlog,
    }
    if (held) this.hold()
    this.up.put({ kind: 'connect' })
  }

  /** Neither end knows of it any more. */
  get over(): boolean {
    return this.#client === 'ended' && this.#server === 'ended'
  }

  /** Whether the server has taken a frame and not answered it. */
  get busy(): boolean {
    return this.#unanswered > 0
  }

  /** Bytes that wait for the client. */
  get backlog(): number {
    return this.down.waiting.reduce((sum, packet) => sum + (packet.kind === 'frame' ? packet.text.length : 0), 0)
  }

  hold(): void {
    this.up.hold()
    this.down.hold()
  }

  release(): void {
    this.up.release()
    this.down.release()
  }

  /** Breaks the line, losing what is under way. The side that does not learn of it holds a half-open socket. */
  cut(who: 'both' | 'client' | 'server' = 'both'): void {
    this.up.clear()
    this.down.clear()
    if (who !== 'server') this.#endClient(1006, '')
    if (who !== 'client') this.#endServer()
  }

  /** The server's process is gone: its end falls silent, and the client learns of it after what had left the process, if that still arrives. */
  die(delivered: boolean): void {
    if (this.#server === 'ended') return
    this.#server = 'ended'
    this.#session = null
    this.#unanswered = 0
    if (!delivered) this.down.clear()
    this.down.put(ABNORMAL)
  }

  #clientSends(text: string): void {
    if (this.#client === 'waiting') throw new Error('unable to send; the socket is not open yet')
    if (this.#client === 'open') this.up.put({ kind: 'frame', text })
  }

  #clientCloses(code = 1005, reason = ''): void {
    if (this.#client === 'open') this.up.put({ kind: 'close', code, reason })
    else if (this.#client === 'waiting') queueMicrotask(() => this.cut())
    if (this.#client !== 'ended') this.#client = 'closing'
  }

  #atClient(packet: Packet): void {
    if (packet.kind === 'ping' && this.#client !== 'ended') this.up.put({ kind: 'pong' })
    if (packet.kind === 'open' && this.#client === 'waiting') {
      this.#client = 'open'
      this.#options.events.open()
    }
    if (packet.kind === 'frame' && this.#client === 'open') {
      this.received.push(packet.text)
      this.#options.events.frame(packet.text)
    }
    if (packet.kind === 'close') {
      if (this.#server !== 'ended') this.up.put(packet)
      this.#endClient(packet.code, packet.reason)
    }
  }

  #endClient(code: number, reason: string): void {
    if (this.#client === 'ended') return
    this.#client = 'ended'
    this.#options.events.closed(code, reason)
  }

  #atServer(packet: Packet): void {
    if (packet.kind === 'connect') this.#connect()
    if (this.#server === 'ended') return
    if (packet.kind === 'pong') this.#session?.pong()
    if (packet.kind === 'frame') {
      if (this.#server === 'open') this.#unanswered++
      this.#session?.receive(packet.text)
    }
    if (packet.kind === 'close') {
      if (this.#server === 'open') this.#sendDown(packet)
      this.#endServer()
    }
  }

  #connect(): void {
    if (this.#server !== 'waiting') return
    this.#server = 'open'
    this.down.put({ kind: 'open' })
    this.#session = this.#options.accept(this.#wire, this.handshake)
    if (this.#session) return
    this.#server = 'ended'
    this.down.clear()
    this.down.put(ABNORMAL)
  }

  #sendDown(packet: Packet): void {
    if (this.#server === 'open') this.down.put(packet)
  }

  #serverSends(text: string): void {
    if (this.#server === 'open' && isResponse(text)) this.#unanswered--
    this.#sendDown({ kind: 'frame', text })
  }

  #serverCloses(code: number, reason: string): void {
    this.#sendDown({ kind: 'close', code, reason })
    if (this.#server !== 'open') return
    this.#server = 'closing'
    this.#unanswered = 0
    this.#options.clock.after(CLOSE_TIMEOUT_MS, () => this.#endServer())
  }

  #serverTerminates(): void {
    this.#sendDown(ABNORMAL)
    queueMicrotask(() => this.#endServer())
  }

  #endServer(): void {
    if (this.#server === 'ended') return
    this.#server = 'ended'
    this.#unanswered = 0
    this.#session?.closed()
    this.#session = null
  }
}

const isResponse = (text: string): boolean => (JSON.parse(text) as { type?: string }).type === 'response'

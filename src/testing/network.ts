/** Everything between clients and one server, in memory: their sockets and requests, and the server's comings and goings. */
import type { Clock, HttpRequest, HttpResponse } from '../sdk/kit/environment.ts'
import type { LinkEvents } from '../sdk/kit/link.ts'
import type { Incoming } from '../server/gateway/routes.ts'
import type { Handshake } from '../server/gateway/wire.ts'
import { Call } from './call.ts'
import type { Activity } from './turns.ts'
import { type Accept, Line } from './wire.ts'

/** Who calls, as the platform tells the server. */
export interface Caller {
  readonly origin: string | null
  readonly address: string
  readonly cookie: string | null
}

/** A request as it arrives: what is no text comes as bytes. */
export interface FarRequest extends HttpRequest {
  readonly bytes?: Uint8Array
  /** The same as the server reads them. */
  readonly incoming?: Incoming
  /** Hears how much of the bytes has gone out. */
  readonly onProgress?: (part: number) => void
}

/** What a browser reads of an answer before it hands it over. */
export interface HttpAnswer extends HttpResponse {
  header(name: string): string | null
}

/** The server as the network sees it. */
export interface FarEnd {
  readonly accept: Accept
  fetch(request: FarRequest, caller: Caller): Promise<HttpAnswer>
}

function handshakeOf(url: string, { origin, address, cookie }: Caller): Handshake {
  const { pathname, searchParams, host } = new URL(url)
  return {
    side: pathname.includes('/agent/') ? 'agent' : 'customer',
    license: searchParams.get('license'),
    client_id: searchParams.get('client_id'),
    origin,
    host,
    address,
    cookie,
    user_agent: 'test',
  }
}

export class Network implements Activity {
  readonly #clock: Clock
  /** Every socket there ever was, oldest first. */
  readonly opened: Line[] = []
  readonly #lines = new Set<Line>()
  readonly #calls = new Set<Call>()
  #far: FarEnd | null = null
  #total = 0
  #attended = 0
  /** Whether new sockets are held from their first packet, and requests at every place. */
  held = false
  /** So many answers to requests over HTTP get lost on their way back. */
  answersToLose = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Sockets that at least one end still holds, oldest first. */
  get lines(): readonly Line[] {
    for (const line of this.#lines) if (line.over) this.#lines.delete(line)
    return [...this.#lines]
  }

  /** Requests that are not over, oldest first. */
  get calls(): readonly Call[] {
    for (const call of this.#calls) if (call.over) this.#calls.delete(call)
    return [...this.#calls]
  }

  total(): number {
    return this.#total
  }

  busy(): boolean {
    return this.#attended > 0 || this.calls.some((call) => call.busy) || this.lines.some((line) => line.busy)
  }

  /** Is busy until the promise has settled. */
  async attend<T>(promise: Promise<T>): Promise<T> {
    this.#attended++
    return promise.finally(() => this.#attended--)
  }

  /** From now on this server answers. */
  listen(far: FarEnd): void {
    this.#far = far
  }

  /** The server's process is gone. Whether what had left it still arrives is for `delivered` to say. */
  sever(delivered: (line: Line) => boolean = () => false): void {
    this.#far = null
    for (const line of this.#lines) line.die(delivered(line))
    for (const call of this.calls) call.die()
  }

  /** From now on everything moves by itself, at once, and nothing is lost. */
  release(): void {
    this.held = false
    this.answersToLose = 0
    for (const { up, down } of this.lines)
      for (const pipe of [up, down]) {
        pipe.delay(0)
        pipe.release()
      }
    for (const call of this.calls) call.flow()
  }

  openLink(url: string, events: LinkEvents, caller: Caller): Line {
    const line = new Line({
      clock: this.#clock,
      events,
      handshake: handshakeOf(url, caller),
      accept: (wire, handshake) => this.#far?.accept(wire, handshake) ?? null,
      moved: () => void this.#total++,
      held: this.held,
    })
    this.opened.push(line)
    this.#lines.add(line)
    return line
  }

  call(request: FarRequest, caller: Caller): Call {
    const call = new Call({
      request,
      serve: async (sent) => {
        if (!this.#far) throw new Error('nobody listens')
        return this.#far.fetch(sent, caller)
      },
      held: () => this.held,
      loses: () => this.answersToLose > 0 && this.answersToLose-- > 0,
      moved: () => void this.#total++,
    })
    this.#calls.add(call)
    return call
  }

  fetch(request: FarRequest, caller: Caller): Promise<HttpAnswer> {
    return this.call(request, caller).answer
  }
}

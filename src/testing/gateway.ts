/** A gateway with an organization behind it, and people who speak to it frame by frame over the wire in memory. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ActionName, ResponseOf } from '../protocol/actions.ts'
import type { ErrorBody } from '../protocol/errors.ts'
import type { TokenResponse } from '../protocol/tokens.ts'
import { openDiskFiles } from '../server/files/disk.ts'
import type { Parts } from '../server/gateway/parts.ts'
import { openSqliteStore } from '../server/store/sqlite/store.ts'
import type { Store } from '../server/store/store.ts'
import { createClock, type FakeClock } from './clock.ts'
import { type Founded, type FoundOptions, found } from './factories.ts'
import { createFarEnd, type TestServer } from './far-end.ts'
import { type Caller, type FarRequest, type HttpAnswer, Network } from './network.ts'
import { createRandom } from './random.ts'
import { quiet, turns } from './turns.ts'
import type { Line } from './wire.ts'

export interface Frame {
  readonly action: string
  readonly type: 'response' | 'push'
  readonly request_id?: string
  readonly success?: boolean
  readonly payload: Readonly<Record<string, unknown>>
}

const SERVER = 'http://chat.test'
/** A page on this machine, which the client of the factories allows. */
const PAGE: Caller = { origin: 'http://localhost', address: '203.0.113.1', cookie: null }

/** One socket, with all that came out of it. */
export class Peer {
  readonly frames: Frame[] = []
  readonly line: Line
  closedWith: number | null = null
  #asked = 0
  readonly #waiting = new Map<string, (frame: Frame) => void>()

  constructor(network: Network, side: 'customer' | 'agent', caller: Partial<Caller>, query: string) {
    this.line = network.openLink(
      `${SERVER}/v1/${side}/rtm${query}`,
      {
        open: () => {},
        frame: (text) => this.#receive(JSON.parse(text) as Frame),
        closed: (code) => {
          this.closedWith = code
        },
      },
      { ...PAGE, ...caller },
    )
  }

  get pushes(): readonly Frame[] {
    return this.frames.filter(({ type }) => type === 'push')
  }

  /** The numbers that the pushes of a chat carried, as they came. */
  seqs(chat_id: string): number[] {
    return this.pushes
      .filter(({ payload }) => payload['chat_id'] === chat_id && 'seq' in payload)
      .map(({ payload }) => Number(payload['seq']))
  }

  send(text: string): void {
    this.line.link.send(text)
  }

  request(action: string, payload: object = {}): Promise<Frame> {
    const request_id = `r${++this.#asked}`
    const answered = new Promise<Frame>((resolve) => this.#waiting.set(request_id, resolve))
    this.send(JSON.stringify({ request_id, action, payload }))
    return answered
  }

  /** What a request was answered with; throws when it was refused. */
  async ask<A extends ActionName>(action: A, payload: object = {}): Promise<ResponseOf<A>> {
    const frame = await this.request(action, payload)
    if (!frame.success) throw new Error(JSON.stringify(frame.payload))
    return frame.payload as ResponseOf<A>
  }

  /** How a request was refused; throws when it was not. */
  async refusal(action: string, payload: object = {}): Promise<ErrorBody> {
    const frame = await this.request(action, payload)
    if (frame.success) throw new Error(`${action} was not refused`)
    return frame.payload['error'] as ErrorBody
  }

  #receive(frame: Frame): void {
    this.frames.push(frame)
    this.#waiting.get(frame.request_id ?? '')?.(frame)
  }
}

/** A server process, and how people reach it. */
export interface Reached extends TestServer {
  readonly network: Network
  http(request: Omit<FarRequest, 'url'> & { path: string }, caller?: Partial<Caller>): Promise<HttpAnswer>
  token(visitor_key?: string): Promise<TokenResponse>
  /** A socket that is open and has said nothing. */
  connect(side: 'customer' | 'agent', caller?: Partial<Caller>, query?: string): Promise<Peer>
  /** A customer who has logged in; the same visitor key is the same customer. */
  customer(visitor_key?: string, login?: object): Promise<Peer>
  agent(at?: number, login?: object): Promise<Peer>
}

export interface Scene extends Reached {
  readonly store: Store
  readonly clock: FakeClock
  readonly founded: Founded
  /** One more process on the same store. */
  another(parts: Partial<Parts>): Reached
  close(): Promise<void>
}

export interface SceneOptions extends FoundOptions {
  readonly parts?: Partial<Parts>
  wrapStore?(store: Store): Store
  /** Whether the clock stands until every request is answered; without, a request may be left hanging. */
  readonly patient?: boolean
}

const QUERY = '?license=1&client_id=demo'

export async function openScene({ parts, wrapStore = (store) => store, patient, ...options }: SceneOptions = {}): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-gateway-'))
  const clock = createClock(patient ? { settle: () => quiet(network) } : {})
  const network = new Network(clock)
  const networks = [network]
  const store = openSqliteStore({ path: join(folder, 'porchlight.db'), onFatal: () => {} })
  const founded = await found(store, options)
  const kept = { store: wrapStore(store), files: openDiskFiles(join(folder, 'files')), clock }
  const server = createFarEnd({ ...kept, random: createRandom('gateway'), ...(parts ? { parts } : {}) })
  return {
    ...reached(network, server, founded),
    store,
    clock,
    founded,
    another(parts) {
      const own = new Network(clock)
      const random = createRandom(`process ${networks.push(own)}`)
      return reached(own, createFarEnd({ ...kept, random, parts }), founded)
    },
    async close() {
      for (const one of networks) one.sever()
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function reached(network: Network, server: TestServer, founded: Founded): Reached {
  network.listen(server)
  let visitors = 0
  const key = (visitor_key = `visitor ${++visitors}`) => visitor_key.padEnd(22, '.')
  const http: Reached['http'] = ({ path, ...request }, caller) => server.fetch({ ...request, url: SERVER + path }, { ...PAGE, ...caller })
  const token: Reached['token'] = async (visitor_key) => {
    const body = JSON.stringify({ grant_type: 'anonymous', visitor_key: key(visitor_key) })
    const response = await http({ method: 'POST', path: `/v1/customer/token${QUERY}`, body })
    return JSON.parse(response.body) as TokenResponse
  }
  const connect: Reached['connect'] = async (side, caller = {}, query = QUERY) => {
    const peer = new Peer(network, side, caller, query)
    await turns()
    return peer
  }
  return {
    ...server,
    network,
    http,
    token,
    connect,
    async customer(visitor_key, login) {
      const { access_token } = await token(visitor_key)
      const peer = await connect('customer')
      await peer.ask('login', { token: access_token, ...login })
      return peer
    },
    async agent(at = 0, login) {
      const { name, value } = founded.agents[at]?.cookie ?? { name: '', value: '' }
      const peer = await connect('agent', { origin: SERVER, cookie: `${name}=${value}` }, '')
      await peer.ask('login', { ...login })
      return peer
    },
  }
}

/** Endpoints of webhooks over real sockets, good ones and bad ones, that note what reaches them and in which order. */
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { Random } from '../../src/testing/random.ts'

export type Vice = 'fails' | 'hangs' | 'is slow' | 'closes'

/** How often a bad one is bad, and how long a slow one takes. */
const BAD = 0.05
const SLOW_MS = 40

interface Told {
  readonly type: string
  readonly data: { readonly chat_id: string; readonly seq: number }
}

export class Endpoint {
  readonly name: string
  /** What it suffers from; null once it is well. */
  vice: Vice | null
  /** Nothing gets through at all. */
  dead = false
  /** How far it is in each chat, by what it has answered well. */
  readonly heads = new Map<string, number>()
  /** What came out of order. */
  readonly wrong: string[] = []
  posts = 0
  repeated = 0
  readonly #random: Random
  readonly #server: Server
  readonly #ids = new Map<string, string>()

  constructor(name: string, vice: Vice | null, random: Random) {
    this.name = name
    this.vice = vice
    this.#random = random
    this.#server = createServer((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
      })
      request.on('end', () => void this.#take(String(request.headers['webhook-id']), JSON.parse(body) as Told, request.socket, response))
    })
    this.#server.keepAliveTimeout = 60_000
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #take(id: string, { data: { chat_id, seq } }: Told, socket: Socket, response: ServerResponse): Promise<void> {
    this.posts++
    const head = this.heads.get(chat_id) ?? 0
    // The next one; or the last once more, of which whoever sent it did not live to hear the answer.
    if (seq !== head + 1 && seq !== head) this.wrong.push(`${this.name}: ${seq} of ${chat_id} comes after ${head}`)
    const known = this.#ids.get(`${chat_id} ${seq}`)
    if (known !== undefined && known !== id) this.wrong.push(`${this.name}: ${seq} of ${chat_id} has another id`)
    this.#ids.set(`${chat_id} ${seq}`, id)
    const bad = this.dead || (this.vice !== null && this.#random.chance(BAD))
    if (bad && this.vice === 'fails') return void response.writeHead(500).end('no')
    if (bad && this.vice === 'closes') return void socket.destroy()
    if (bad && this.vice === 'hangs') return
    if (this.vice === 'is slow' && this.#random.chance(BAD)) await setTimeout(this.#random.int(1, SLOW_MS))
    if (seq === head) this.repeated++
    this.heads.set(chat_id, Math.max(seq, this.heads.get(chat_id) ?? 0))
    response.writeHead(204).end()
  }
}

/** One end of a real socket that asks and counts the answers, as lean as can be: the load must not be what is measured. */
import { WebSocket } from 'ws'
import { MAX_PENDING_REQUESTS } from '../../src/protocol/limits.ts'

type Answer = { readonly success: boolean; readonly payload: Record<string, unknown> }

export class Talker {
  readonly #socket: WebSocket
  /** Under way, by request id. */
  readonly #waiting = new Map<string, (frame: string) => void>()
  /** What may not go yet: a socket has only so many requests under way. */
  readonly #queue: (() => void)[] = []
  #asked = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data) => this.#hear(data.toString()))
  }

  static open(url: string, headers: Record<string, string>, localAddress: string): Promise<Talker> {
    const socket = new WebSocket(url, { headers, localAddress, perMessageDeflate: false })
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(new Talker(socket)))
      socket.once('error', reject)
    })
  }

  /** Calls back with the raw answer. */
  send(action: string, payload: object, answered: (frame: string) => void): void {
    if (this.#waiting.size >= MAX_PENDING_REQUESTS) {
      this.#queue.push(() => this.send(action, payload, answered))
      return
    }
    const id = String(++this.#asked)
    this.#waiting.set(id, answered)
    this.#socket.send(JSON.stringify({ request_id: id, action, payload }))
  }

  async ask(action: string, payload: object): Promise<Record<string, unknown>> {
    const frame = await new Promise<string>((resolve) => this.send(action, payload, resolve))
    const answer = JSON.parse(frame) as Answer
    if (!answer.success) throw new Error(`unable to ${action}; ${frame}`)
    return answer.payload
  }

  close(): void {
    this.#socket.terminate()
  }

  /** The request id stands first in every answer, so the rest need not be parsed. */
  #hear(frame: string): void {
    const id = /^\{"request_id":"(\d+)"/.exec(frame)?.[1]
    if (id === undefined) return
    const answered = this.#waiting.get(id)
    this.#waiting.delete(id)
    this.#queue.shift()?.()
    answered?.(frame)
  }
}

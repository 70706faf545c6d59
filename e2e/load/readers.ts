/** Sockets by the thousand that read one chat, as lean as can be: what came, when, and the text that they hold of what a bot writes. */
import { WebSocket } from 'ws'
import type { Porchlight } from '../../src/server-sdk/index.ts'

/** As many as one user may have. */
const PER_AGENT = 20
const AT_ONCE = 20

interface Push {
  readonly action: string
  readonly payload: {
    readonly event?: { readonly id: string; readonly text?: string; readonly streaming?: boolean }
    readonly event_id?: string
    readonly offset?: number
    readonly text?: string
  }
}

type Heard = (reader: Reader, push: Push, bytes: number) => void

export class Reader {
  readonly #socket: WebSocket
  /** What it holds of the message that was begun last. */
  text = ''
  ended = false
  #id = ''

  constructor(socket: WebSocket, heard: Heard) {
    this.#socket = socket
    socket.on('message', (data: Buffer) => {
      const frame = data.toString()
      if (!frame.startsWith('{"action":')) return
      const push = JSON.parse(frame) as Push
      this.#hold(push)
      heard(this, push, data.length)
    })
  }

  close(): void {
    this.#socket.terminate()
  }

  /** As clients do it. */
  #hold({ action, payload: { event, event_id, offset = 0, text = '' } }: Push): void {
    if (action === 'incoming_event' && event) {
      this.#id = event.id
      this.text = event.text ?? ''
      this.ended = !event.streaming
    } else if (action === 'event_updated' && event?.id === this.#id) {
      this.text = event.text ?? ''
      this.ended = !event.streaming
    } else if (event_id === this.#id && !this.ended && this.text.length >= offset && this.text.length < offset + text.length) {
      this.text = this.text.slice(0, offset) + text
    }
  }
}

async function arrive(url: string, token: string, heard: Heard): Promise<Reader> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/agent/rtm?license=1`, { perMessageDeflate: false })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const answered = new Promise<string>((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())))
  socket.send(JSON.stringify({ request_id: '1', action: 'login', payload: { token } }))
  const answer = await answered
  if (!answer.includes('"success":true')) throw new Error(`unable to log a reader in; ${answer}`)
  return new Reader(socket, heard)
}

/** So many sockets of as few agents as can have them, a few at a time. */
export async function gatherReaders(url: string, porchlight: Porchlight, count: number, heard: Heard): Promise<Reader[]> {
  const readers: Reader[] = []
  for (let at = 0; at < count; at += AT_ONCE) {
    const { token } = await porchlight.auth.createToken({ user_id: `reader-${Math.floor(at / PER_AGENT)}`, role: 'agent' })
    const next = Array.from({ length: Math.min(AT_ONCE, count - at) }, () => arrive(url, token, heard))
    readers.push(...(await Promise.all(next)))
  }
  return readers
}

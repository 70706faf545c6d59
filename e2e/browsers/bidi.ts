/** WebDriver BiDi, as much as a visitor needs: commands over a socket, each with its answer. */
import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { Place, Remote } from './remote.ts'

interface Answer {
  readonly id?: number
  readonly type: 'success' | 'error' | 'event'
  readonly result?: unknown
  readonly error?: string
  readonly message?: string
}

export class BidiSession {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #asked = 0
  version = ''

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data) => {
      const answer = JSON.parse(data.toString()) as Answer
      if (answer.id === undefined) return
      this.#waiting.get(answer.id)?.(answer)
      this.#waiting.delete(answer.id)
    })
  }

  static async open(url: string): Promise<BidiSession> {
    const socket = new WebSocket(`${url}/session`)
    await once(socket, 'open')
    const session = new BidiSession(socket)
    const { capabilities } = await session.ask<{ capabilities: { browserVersion: string } }>('session.new', { capabilities: {} })
    session.version = capabilities.browserVersion
    return session
  }

  async ask<T>(method: string, params: object): Promise<T> {
    const id = ++this.#asked
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve))
    this.#socket.send(JSON.stringify({ id, method, params }))
    const { type, result, error, message } = await answered
    if (type === 'error') throw new Error(`unable to ${method}; ${error}: ${message}`)
    return result as T
  }
}

/** The kinds of values that a page's expression can come to, as the protocol has them. */
interface Evaluated {
  readonly result?: { readonly value?: string; readonly sharedId?: string }
  readonly exceptionDetails?: { readonly text: string }
}

const press = (value: string) => [
  { type: 'keyDown', value },
  { type: 'keyUp', value },
]

export class BidiTab implements Remote {
  readonly #session: BidiSession
  readonly #context: string

  private constructor(session: BidiSession, context: string) {
    this.#session = session
    this.#context = context
  }

  static async open(session: BidiSession): Promise<BidiTab> {
    const { context } = await session.ask<{ context: string }>('browsingContext.create', { type: 'tab' })
    return new BidiTab(session, context)
  }

  async goto(url: string): Promise<void> {
    await this.#ask('browsingContext.navigate', { url, wait: 'complete' })
  }

  async read<T>(expression: string): Promise<T> {
    const { value } = await this.#evaluate(`JSON.stringify(${expression}) ?? 'null'`)
    return JSON.parse(value ?? 'null') as T
  }

  async click(place: Place): Promise<void> {
    const origin = { type: 'element', element: await this.#node(place) }
    const actions = [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]
    await this.#ask('input.performActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] })
  }

  async type(place: Place, text: string): Promise<void> {
    await this.#evaluate(`${place}.focus()`)
    await this.#ask('input.performActions', { actions: [{ type: 'key', id: 'keys', actions: [...text].flatMap(press) }] })
  }

  async choose(place: Place, path: string): Promise<void> {
    await this.#ask('input.setFiles', { element: await this.#node(place), files: [path] })
  }

  async reload(): Promise<void> {
    await this.#ask('browsingContext.reload', { wait: 'complete' })
  }

  another(): Promise<BidiTab> {
    return BidiTab.open(this.#session)
  }

  async leave(): Promise<void> {
    await this.#ask('browsingContext.close', {})
  }

  async setOffline(offline: boolean): Promise<void> {
    const networkConditions = offline ? { type: 'offline' } : null
    await this.#session.ask('emulation.setNetworkConditions', { networkConditions, userContexts: ['default'] })
  }

  #ask<T>(method: string, params: object): Promise<T> {
    return this.#session.ask(method, { context: this.#context, ...params })
  }

  async #evaluate(expression: string): Promise<NonNullable<Evaluated['result']>> {
    const params = { expression, target: { context: this.#context }, awaitPromise: true }
    const { result, exceptionDetails } = await this.#session.ask<Evaluated>('script.evaluate', params)
    if (exceptionDetails || !result) throw new Error(`unable to read ${expression}; ${exceptionDetails?.text}`)
    return result
  }

  async #node(place: Place): Promise<{ sharedId: string }> {
    const { sharedId } = await this.#evaluate(place)
    if (!sharedId) throw new Error(`unable to find ${place} on the page`)
    return { sharedId }
  }
}

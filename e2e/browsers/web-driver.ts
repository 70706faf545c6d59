/** WebDriver, as much as a visitor needs: commands over HTTP to one session, whose tabs take turns at being the current one. */
import type { Place, Remote } from './remote.ts'

/** The name under which the protocol sends elements. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
const ANSWERED_WITHIN_MS = 30_000

interface Opened {
  readonly sessionId: string
  readonly capabilities: { readonly browserVersion: string }
}

export class WebDriverSession {
  readonly #url: string
  readonly version: string
  /** The tab that commands go to. */
  current = ''

  private constructor(url: string, version: string) {
    this.#url = url
    this.version = version
  }

  static async open(driver: string, wanted: object): Promise<WebDriverSession> {
    const { sessionId, capabilities } = await send<Opened>('POST', `${driver}/session`, { capabilities: { alwaysMatch: wanted } })
    const session = new WebDriverSession(`${driver}/session/${sessionId}`, capabilities.browserVersion)
    session.current = await session.ask<string>('GET', 'window')
    return session
  }

  ask<T>(method: string, path: string, body?: object): Promise<T> {
    return send(method, `${this.#url}/${path}`, body)
  }

  async close(): Promise<void> {
    await send('DELETE', this.#url)
  }
}

async function send<T>(method: string, url: string, body?: object): Promise<T> {
  const signal = AbortSignal.timeout(ANSWERED_WITHIN_MS)
  const answer = await fetch(url, { method, signal, ...(body && { body: JSON.stringify(body) }) })
  const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } }
  if (!answer.ok) throw new Error(`unable to ${method} ${new URL(url).pathname}; ${value.error}: ${value.message}`)
  return value
}

export class WebDriverTab implements Remote {
  readonly #session: WebDriverSession
  readonly #handle: string

  constructor(session: WebDriverSession, handle: string) {
    this.#session = session
    this.#handle = handle
  }

  async goto(url: string): Promise<void> {
    await this.#ask('POST', 'url', { url })
  }

  async read<T>(expression: string): Promise<T> {
    return JSON.parse(
      await this.#ask<string>('POST', 'execute/sync', { script: `return JSON.stringify(${expression}) ?? 'null'`, args: [] }),
    )
  }

  async click(place: Place): Promise<void> {
    await this.#ask('POST', `element/${await this.#element(place)}/click`, {})
  }

  async type(place: Place, text: string): Promise<void> {
    await this.#ask('POST', `element/${await this.#element(place)}/value`, { text })
  }

  choose(place: Place, path: string): Promise<void> {
    return this.type(place, path)
  }

  async reload(): Promise<void> {
    await this.#ask('POST', 'refresh', {})
  }

  async another(): Promise<WebDriverTab> {
    const { handle } = await this.#ask<{ handle: string }>('POST', 'window/new', { type: 'tab' })
    return new WebDriverTab(this.#session, handle)
  }

  async leave(): Promise<void> {
    await this.#ask('DELETE', 'window')
    this.#session.current = ''
  }

  async #ask<T>(method: string, path: string, body?: object): Promise<T> {
    if (this.#session.current !== this.#handle) {
      await this.#session.ask('POST', 'window', { handle: this.#handle })
      this.#session.current = this.#handle
    }
    return this.#session.ask(method, path, body)
  }

  async #element(place: Place): Promise<string> {
    const found = await this.#ask<Record<string, string> | null>('POST', 'execute/sync', { script: `return ${place}`, args: [] })
    const id = found?.[ELEMENT]
    if (!id) throw new Error(`unable to find ${place} on the page`)
    return id
  }
}

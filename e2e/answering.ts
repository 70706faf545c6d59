/** An agent without a browser: answers over HTTP, as a script of the site's owner would. */
import type { ServerProcess } from './server.ts'

interface Summary {
  readonly id: string
  readonly last_event?: { readonly text?: string }
}

export class AnsweringAgent {
  readonly #url: string
  readonly #cookie: string

  private constructor(url: string, cookie: string) {
    this.#url = url
    this.#cookie = cookie
  }

  /** Robin, unless told otherwise. */
  static async signIn({ url }: ServerProcess, credentials = { email: 'agent@demo.test', password: 'porchlight' }): Promise<AnsweringAgent> {
    const answer = await fetch(`${url}/v1/agent/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(credentials),
    })
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
    if (!answer.ok || !cookie) throw new Error(`unable to sign in; ${answer.status} ${await answer.text()}`)
    return new AnsweringAgent(url, cookie)
  }

  async ask<T>(action: string, payload: object): Promise<T> {
    const answer = await fetch(`${this.#url}/v1/agent/action/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.#url, cookie: this.#cookie },
      body: JSON.stringify(payload),
    })
    if (!answer.ok) throw new Error(`unable to ${action}; ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }

  /** The most recent chat, if its last event says this. */
  async chatSaying(text: string): Promise<string | null> {
    const { chats_summary } = await this.ask<{ chats_summary: Summary[] }>('list_chats', { limit: 1 })
    const [chat] = chats_summary
    return chat?.last_event?.text === text ? chat.id : null
  }

  async say(chat_id: string, text: string): Promise<void> {
    await this.ask('send_event', { chat_id, event: { type: 'message', text } })
  }
}

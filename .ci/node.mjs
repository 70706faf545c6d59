// Finds a Node new enough for the server and runs what it is told with it: `node .ci/node.mjs <tool or script> [arguments]`.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** The first version whose `node:sqlite` needs no flag. */
const oldest = { major: 22, minor: 13 }

/** Whether the Node that runs this is new enough for everything. */
export function isGood() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor)
}

/** Whether this Node also runs everything without a flag and without a word: `node:sqlite` is announced as experimental before 24. */
export const isQuiet = () => Number.parseInt(process.versions.node, 10) >= 24

/** The machine's own Node if it is new enough, otherwise the pinned one that the installation brought. */
export function goodNode() {
  if (isGood()) return process.execPath
  const pinned = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
  if (existsSync(pinned)) return pinned
  throw new Error(
    `Porchlight needs Node ${oldest.major}.${oldest.minor} or newer and this is ${process.version}; run \`npm ci\` or install a newer one.`,
  )
}

/** Flags that let a Node run TypeScript as it stands and keep quiet about what it calls experimental. @param {string} node */
function flags(node) {
  const own = node === process.execPath
  const strips = !own || Boolean(Reflect.get(process.features, 'typescript'))
  return ['--disable-warning=ExperimentalWarning', ...(strips ? [] : ['--experimental-strip-types'])]
}

/** A tool's own script, so that it runs on the good Node whatever its first line asks for. @param {string} tool */
function scriptOf(tool) {
  if (/\.[cm]?[jt]s$/.test(tool)) return tool
  const link = join(root, 'node_modules', '.bin', tool)
  if (!existsSync(link)) throw new Error(`"${tool}" is not installed; run \`npm ci\`.`)
  return realpathSync(link)
}

/**
 * Runs a command to its end and resolves with its exit code. Signals are handed on, except an interrupt from a terminal, which
 * the terminal has already sent to both.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function execute(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
  /** @param {NodeJS.Signals} signal */
  const handOn = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, handOn)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const name of signals) process.off(name, handOn)
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/**
 * Runs one of the project's tools, or a script, on the good Node; `node` means that one for its children as well.
 *
 * @param {string} tool
 * @param {readonly string[]} [args]
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function run(tool, args = [], options = {}) {
  const node = goodNode()
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter)
  const env = { ...process.env, ...options.env, PATH: path }
  return execute(node, [...flags(node), scriptOf(tool), ...args], { ...options, env })
}

/** Whether a script is what was started, and not imported by another. @param {string} url */
export const isStarted = (url) => process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url)

if (isStarted(import.meta.url)) {
  const [tool = '', ...args] = process.argv.slice(2)
  process.exitCode = await run(tool, args)
}

// Finds a Node new enough for the server and runs what it is told with it: `node .ci/node.mjs <tool or script> [arguments]`.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** The first version whose `node:sqlite` needs no flag. */
const oldest = [22, 13]

/** Whether a version such as `v22.13.0` is new enough. */
export function newEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}

/** The machine's own Node if it is new enough, otherwise the pinned one that `npm ci` brought. */
export function goodNode() {
  if (newEnough(process.version)) return process.execPath
  const pinned = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
  if (existsSync(pinned)) return pinned
  throw new Error(
    `Porchlight needs Node ${oldest.join('.')} or newer; this is ${process.version}, and no pinned Node fits ${process.platform} ${process.arch}. ` +
      'Run `npm ci`, or install a newer Node.',
  )
}

/** The environment in which `node` means the good one and the project's tools are on the path, for children too. */
export function goodEnvironment(node = goodNode()) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter)
  return { ...process.env, PATH: path }
}

/** Where a tool's JavaScript starts, so that it runs on the good Node whatever its first line says. */
function entryOf(tool) {
  if (/\.[cm]?[jt]s$/.test(tool)) return tool
  const shortcut = join(root, 'node_modules', '.bin', tool)
  if (!existsSync(shortcut)) throw new Error(`"${tool}" is not installed; run \`npm ci\`.`)
  return shortcut
}

/** Runs a tool to its end, handing on signals; resolves with its exit code. */
export function run(tool, args = [], options = {}) {
  const node = goodNode()
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', entryOf(tool), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: goodEnvironment(node),
    ...options,
  })
  const forward = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward)
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

/** Goes on with the calling script on the good Node; returns only when this already is one. */
export function continueOnGoodNode() {
  if (newEnough(process.version)) return
  const node = goodNode()
  const { status, signal } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit', env: goodEnvironment(node) })
  process.exit(status ?? 128 + (constants.signals[signal] ?? 0))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [tool, ...args] = process.argv.slice(2)
  process.exit(await run(tool, args))
}

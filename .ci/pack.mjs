// `node .ci/pack.mjs open|close`, before and after packing: a release's manifest says nothing of how it was made.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm } from './install.mjs'
import { isStarted, root, run } from './node.mjs'

const manifest = join(root, 'package.json')
const kept = join(root, '.cache', 'package.json')

/** Everything is built in, and the pinned Node is for a clone only. */
const onlyForAClone = ['devDependencies', 'optionalDependencies', 'scripts']

/** What a release says of itself. @param {Record<string, unknown>} whole the clone's manifest */
const released = (whole) => Object.fromEntries(Object.entries(whole).filter(([key]) => !onlyForAClone.includes(key)))

/** Puts the clone's manifest back, if a packing has taken it away. */
function close() {
  if (existsSync(kept)) renameSync(kept, manifest)
}

/**
 * What `npm pack` makes of the last build, without building again: writes the tarball into a folder and returns its path.
 *
 * @param {string} folder
 */
export async function packInto(folder) {
  const staged = join(folder, 'staged')
  const whole = JSON.parse(readFileSync(manifest, 'utf8'))
  /** @type {string[]} */
  const files = [...whole.files, 'README.md', 'LICENSE']
  const left = files.filter((file) => file.startsWith('!')).map((file) => join(root, file.slice(1)))
  const filter = (/** @type {string} */ path) => !left.includes(path)
  for (const file of files) if (!file.startsWith('!')) cpSync(join(root, file), join(staged, file), { recursive: true, filter })
  writeFileSync(join(staged, 'package.json'), JSON.stringify(released(whole)))
  await npm(staged, ['pack', '--ignore-scripts', '--pack-destination', folder])
  return join(folder, `${whole.name}-${whole.version}.tgz`)
}

async function open() {
  close()
  const code = await run('.ci/build.mjs', [], { stdio: ['ignore', 2, 2] })
  if (code !== 0) return code
  mkdirSync(join(root, '.cache'), { recursive: true })
  copyFileSync(manifest, kept)
  const whole = JSON.parse(readFileSync(manifest, 'utf8'))
  writeFileSync(manifest, `${JSON.stringify(released(whole), null, 2)}\n`)
  return 0
}

if (isStarted(import.meta.url)) {
  if (process.argv[2] === 'open') process.exitCode = await open()
  else close()
}

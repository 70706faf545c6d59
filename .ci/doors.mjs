// Gathers the declarations that the package's doors show, and sees that they ask for no package of their own.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'vite'
import { root } from './node.mjs'

const declarations = join(root, '.cache', 'types')

/** Every module that a declaration file names, `import('…')` types included. @param {string} code */
export function namesIn(code) {
  const { module } = parseSync('door.d.ts', code)
  const listed = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value)),
  ].filter((name) => name !== undefined)
  const inline = [...code.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g)].map(([, name = '']) => name)
  return [...new Set([...listed, ...inline])]
}

/**
 * Follows the declarations from a file; returns what is reached, and each package that is asked for on the way.
 *
 * @param {string} start
 * @param {(file: string) => string} read
 */
export function follow(start, read) {
  const files = new Set([start])
  /** @type {{ file: string, name: string }[]} */
  const packages = []
  for (const file of files) {
    for (const name of namesIn(read(file))) {
      if (!name.startsWith('.')) packages.push({ file, name })
      else files.add(join(dirname(file), name).replace(/(\.d)?\.tsx?$/, '.d.ts'))
    }
  }
  return { files: [...files], packages }
}

/** Whether a door may name a package: Node's own modules in the server's, and what the manifest calls an optional peer. */
function isAllowed(/** @type {string} */ door, /** @type {string} */ name, /** @type {Record<string, string>} */ peers) {
  const isNode = name.startsWith('node:') || builtinModules.includes(name)
  return isNode ? door.startsWith('./server') : Object.keys(peers).some((peer) => name === peer || name.startsWith(`${peer}/`))
}

/**
 * The declarations that a door shows, one for each way of coming in, as paths below `dist/types`.
 *
 * @param {any} door
 * @returns {string[]}
 */
const shownBy = (door) => (door.types ? [relative('dist/types', door.types)] : Object.values(door).flatMap(shownBy))

/** The folder of the same words for `require`: a compiler reads a declaration as a CommonJS one by the manifest beside it. */
const forRequire = 'required/'

/** The doors of the manifest with each declaration they show, as a path below `dist/types` and one below `.cache/types`. */
export function doors() {
  const { exports, peerDependencies: peers = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const withTypes = Object.entries(exports).filter(([, door]) => typeof door !== 'string')
  return withTypes.flatMap(([name, door]) =>
    shownBy(door).map((shown) => ({ name, peers, shown, types: join('src', shown.replace(forRequire, '')) })),
  )
}

const declared = (/** @type {string} */ file) => readFileSync(join(declarations, file), 'utf8')
const isDeclared = (/** @type {{ types: string }} */ { types }) => existsSync(join(declarations, types))

/** Where the doors' declarations, as the compiler last made them, ask for a package that their user may not have. */
export function leaks() {
  return doors()
    .filter(isDeclared)
    .flatMap(({ name, types, peers }) => {
      const found = follow(types, declared).packages.filter((found) => !isAllowed(name, found.name, peers))
      return found.map(({ name: asked, file }) => `the types of the door "${name}" ask for the package "${asked}" in ${file}`)
    })
}

/** Copies the declarations that the doors reach below `dist/types`; returns what is wrong. @param {string} dist */
export function copyDoorTypes(dist) {
  const missing = doors().filter((door) => !isDeclared(door))
  const problems = [...missing.map(({ name, types }) => `the door "${name}" has no types: ${types} is missing`), ...leaks()]
  for (const { shown, types } of doors().filter(isDeclared)) {
    const folder = join(dist, 'types', shown.startsWith(forRequire) ? forRequire : '')
    for (const file of follow(types, declared).files) {
      const target = join(folder, relative('src', file))
      mkdirSync(dirname(target), { recursive: true })
      cpSync(join(declarations, file), target)
    }
    if (shown.startsWith(forRequire)) writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n')
  }
  return problems
}

// Modules that a script loads when it first needs them: files of their own, which are given what the script has already.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packed } from './packed.mjs'

const ROW = /'?([\w-]+)'?: \(\) => import\('(.+)'\)/g
/** All rows, and how one of them is loaded. */
const TABLE = /const modules = \{[^}]*\}/
const LOAD = /modules(?:\[name\]|\.(\w+))\(\)/
/** As long as any, and in no script for another reason. */
const ANY_TRY = 7391

/** @param {string} table the file that lists them, as `name: () => import('./path')` in `modules` @returns {{ name: string, entry: string }[]} */
export const modulesOf = (table) =>
  [...readFileSync(table, 'utf8').matchAll(ROW)].map(([, name = '', path = '']) => ({ name, entry: join(dirname(table), path) }))

/** Names by the module that they come from, as a file imports them. @param {string} file */
const importsOf = (file) =>
  new Map(
    [...readFileSync(file, 'utf8').matchAll(/import \{([^}]+)\} from '(.+)'/g)].map(([, names = '', from = '']) => [
      from.startsWith('.') ? join(dirname(file), from) : from,
      names,
    ]),
  )

/**
 * Loads what the table lists from the server, each by the address of its version. A page remembers the addresses of
 * modules that failed to load, so that every try has another; they begin elsewhere for each state of the sources, as a
 * browser may have kept for a year what it had from a clone of the same version.
 *
 * @param {{ table: string, kit?: string, address(name: string): string, firstTry: number }} options
 * @returns {import('vite').Plugin}
 */
export const fromServer = ({ table, kit, address, firstTry }) => ({
  name: 'porchlight:from-server',
  enforce: 'pre',
  // At the very end, or another number would have another way of writing be the lightest.
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') chunk.code = begun(chunk.code, firstTry)
    },
  },
  transform(code, id) {
    if (id !== table) return undefined
    const before = `${kit ? `import { kit } from '${kit}'\n` : ''}let tries = ${ANY_TRY}\n`
    const given = kit ? '.then((module) => module.default(kit))' : ''
    const fetched = (name = "' + name + '") => `import(_server + '${address(name)}?' + tries++)${given}`
    return before + code.replace(TABLE, '').replace(LOAD, (_, name) => fetched(name))
  },
})

/** A digit moves the weight of a whole script by chance, so of several numbers the lightest is taken. */
const CANDIDATES = 6

/** @param {string} code @param {number} firstTry */
function begun(code, firstTry) {
  if (!code.includes(`=${ANY_TRY}`)) return code
  const ways = Array.from({ length: CANDIDATES }, (_, at) => code.replace(`=${ANY_TRY}`, `=${1000 + ((firstTry + at * 541) % 9000)}`))
  const weighed = ways.map((way) => ({ way, weight: packed(way).length }))
  return weighed.reduce((best, one) => (one.weight < best.weight ? one : best)).way
}

/**
 * Loads what the table lists from the files beside this one.
 *
 * @param {{ table: string, address(name: string): string }} options
 * @returns {import('vite').Plugin}
 */
export const fromBeside = ({ table, address }) => ({
  name: 'porchlight:from-beside',
  enforce: 'pre',
  resolveId: (id) => (modulesOf(table).some(({ name }) => id === address(name)) ? { id, external: true } : undefined),
  transform: (code, id) => (id === table ? code.replace(ROW, (_, name) => `'${name}': () => import('${address(name)}')`) : undefined),
})

/**
 * Puts the kit in the place of the modules that it is made of.
 *
 * @param {string} kit
 * @returns {import('vite').Plugin}
 */
export function fromKit(kit) {
  const given = importsOf(kit)
  return {
    name: 'porchlight:from-kit',
    enforce: 'pre',
    resolveId(id, importer) {
      const path = id.startsWith('.') && importer ? join(dirname(importer), id) : id
      return given.has(path) ? `\0kit:${path}` : undefined
    },
    load(id) {
      return id.startsWith('\0kit:') ? `export const { ${given.get(id.slice(5))} } = kit` : undefined
    },
    moduleParsed({ id }) {
      if (/node_modules.preact/.test(id) && existsSync(id)) this.error(`${id} is there twice; the kit has to bring what is asked of it`)
    },
  }
}

/** A module as a function of the kit. It is not marked as a module: a page may have given `Object.prototype` a `get`, at which `defineProperty` throws. */
export const asFunction = /** @type {const} */ ({
  format: 'iife',
  generatedCode: { symbols: false },
  name: 'door',
  exports: 'named',
  postBanner: 'export default function(kit){',
  postFooter: 'return door}',
})

// Weighs the scripts against their budgets as the server sends them, and writes down their hashes for pages that check what they load.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { packed } from './packed.mjs'

const kB = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(2).padStart(9)

/**
 * Prints the table, puts each script's packed form beside it, writes `integrity.json`, and returns what is too heavy.
 *
 * @param {readonly import('../vite.config.ts').Bundle[]} bundles
 * @param {string} dist
 */
export function weigh(bundles, dist) {
  const scripts = bundles.filter(({ budget, output }) => budget !== undefined && existsSync(join(dist, output)))
  const problems = []
  /** @type {Record<string, string>} */
  const integrity = {}
  console.log('script (kB)             raw     gzip   brotli   budget')
  for (const { output, budget = 0 } of scripts) {
    const bytes = readFileSync(join(dist, output))
    const sent = packed(bytes)
    writeFileSync(join(dist, `${output}.br`), sent)
    const weight = sent.length
    const name = basename(output)
    console.log(name.padEnd(18) + kB(bytes.length) + kB(gzipSync(bytes, { level: 9 }).length) + kB(weight) + kB(budget))
    if (weight > budget) problems.push(`${name} weighs ${weight} bytes after brotli, over its budget of ${budget}`)
    integrity[name] = `sha384-${createHash('sha384').update(bytes).digest('base64')}`
  }
  writeFileSync(join(dist, 'public', 'integrity.json'), `${JSON.stringify(integrity, null, 2)}\n`)
  return problems
}

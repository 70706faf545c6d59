// Knows whether `dist` was made from the sources as they are now.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node.mjs'

const record = join(root, '.cache', 'built')
const inputs = ['src', 'demo', 'public', '.ci', 'vite.config.ts', 'tsconfig.base.json', 'package.json', 'package-lock.json']
/** Tests and prose change nothing in a build. */
const isBeside = /\.(test\.tsx?|contract\.ts|md)$/

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .filter((name) => name !== 'node_modules')
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

/** One hash of everything a build reads: names and contents, no dates, so a fresh clone of the same commit agrees. */
export function fingerprint() {
  const hash = createHash('sha256')
  for (const path of inputs.flatMap(filesUnder)) {
    if (isBeside.test(path)) continue
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Whether the last good build was made from these very sources. */
export function isFresh() {
  if (!existsSync(join(root, 'dist')) || !existsSync(record)) return false
  return readFileSync(record, 'utf8') === fingerprint()
}

/** Remembers what a build was made from. @param {string} made */
export function remember(made) {
  mkdirSync(join(root, '.cache'), { recursive: true })
  writeFileSync(record, made)
}

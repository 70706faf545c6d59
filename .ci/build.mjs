// Makes `dist/`: bundles, static pages, the doors' types, and a table of what it all weighs.
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { bundles } from '../vite.config.ts'
import { copyDoorTypes } from './doors.mjs'
import { fingerprint, remember } from './freshness.mjs'
import { root, run } from './node.mjs'
import { weigh } from './weigh.mjs'

const dist = join(root, 'dist')

/** Builds every row of the table into a folder, going on after one that fails; returns what went wrong. @param {string} outDir */
async function bundle(outDir) {
  const problems = []
  for (const { entry, output, vite } of bundles) {
    if (!existsSync(join(root, entry))) {
      problems.push(`missing source: ${entry}`)
      continue
    }
    const into = join(outDir, vite.build?.outDir ?? '')
    await build({ ...vite, build: { ...vite.build, outDir: into } }).catch((error) => problems.push(`${output}: ${error.message}`))
  }
  return problems
}

/** Copies what needs no building: icons and sounds, and those demo pages that are pages (a folder with a package is a program). */
function copyPages(/** @type {string} */ outDir) {
  const isProgram = (/** @type {string} */ path) => existsSync(join(path, 'package.json'))
  if (existsSync(join(root, 'public'))) cpSync(join(root, 'public'), join(outDir, 'public'), { recursive: true })
  const demo = join(root, 'demo')
  if (existsSync(demo)) cpSync(demo, join(outDir, 'public', 'demo'), { recursive: true, filter: (path) => !isProgram(path) })
}

/** Puts a finished folder in the place of `dist` in one step, so that nobody meets a half-made one. @param {string} made */
function replaceDist(made) {
  const old = `${made}.old`
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(made, dist)
  rmSync(old, { recursive: true, force: true })
}

/** @param {{ types: boolean }} options @returns {Promise<number>} an exit code */
async function main({ types }) {
  const madeFrom = fingerprint()
  const outDir = join(root, '.cache', `dist-${process.pid}`)
  mkdirSync(outDir, { recursive: true })
  try {
    const problems = await bundle(outDir)
    copyPages(outDir)
    problems.push(...weigh(bundles, outDir))
    if (types) {
      if ((await run('tsc', ['-b'])) !== 0) problems.push('the types do not hold')
      problems.push(...copyDoorTypes(outDir))
    }
    replaceDist(outDir)
    for (const problem of problems) console.error(`✗ ${problem}`)
    if (problems.length > 0) return 1
    remember(madeFrom)
    return 0
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}

process.exitCode = await main({ types: !process.argv.includes('--no-types') })

// `node .ci/test.mjs [--all]`: brings what it needs, runs every test there is, and ends with one line that adds them up.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runChecks, standing } from './check.mjs'
import { installBrowser, installPackages } from './install.mjs'
import { root, run } from './node.mjs'

const reports = join(root, '.cache', 'reports')

/** @typedef {{ passed: number, failed: number }} Sum */

/** Reads a runner's report; a runner that left none, or that failed without naming a test, counts as one failure. */
function readReport(/** @type {string} */ file, /** @type {number} */ code, /** @type {(report: any) => Sum} */ sum) {
  const path = join(reports, file)
  const { passed, failed } = existsSync(path) ? sum(JSON.parse(readFileSync(path, 'utf8'))) : { passed: 0, failed: 0 }
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed }
}

/** Unit tests beside the code, and the storm. */
async function vitest() {
  const output = `--outputFile.json=${join(reports, 'vitest.json')}`
  const code = await run('vitest', ['run', '--reporter=default', '--reporter=json', output])
  return readReport('vitest.json', code, ({ numPassedTests, numFailedTests, testResults }) => {
    const unloadable = testResults.filter((/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0)
    return { passed: numPassedTests, failed: numFailedTests + unloadable.length }
  })
}

/** Journeys in a real browser, against what a release would be. */
async function playwright() {
  const env = { CHROMIUM_PATH: await installBrowser() }
  const code = await run('playwright', ['test', '--pass-with-no-tests'], { env: { ...process.env, ...env } })
  return readReport('playwright.json', code, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
  }))
}

/** Checks without tests of their own, each counted as one. @param {typeof standing} checks @returns {Promise<Sum>} */
async function counted(checks) {
  const failed = (await runChecks(checks)).length
  return { passed: checks.length - failed, failed }
}

/** Something that could not even begin is a failure as well. @param {() => Promise<Sum>} runner @returns {Promise<Sum>} */
async function attempt(runner) {
  try {
    return await runner()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  }
}

const build = [{ name: 'build', check: () => run('.ci/build.mjs') }]
const packing = [
  { name: 'package', check: () => run('publint', ['--strict']) },
  { name: 'unused', check: () => run('knip') },
  { name: 'example', check: () => run('.ci/example.mjs') },
  { name: 'reference', check: () => run('.ci/reference.mjs', ['--check']) },
]

const all = process.argv.includes('--all')
const runners = [
  ...(all ? [() => counted(standing)] : []),
  vitest,
  () => counted(build),
  ...(all ? [() => counted(packing)] : []),
  playwright,
]

const total = { passed: 0, failed: 0 }
try {
  await installPackages()
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  for (const runner of runners) {
    const { passed, failed } = await attempt(runner)
    total.passed += passed
    total.failed += failed
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  total.failed += 1
}
process.exitCode = total.failed === 0 ? 0 : 1
console.log(`${total.passed} passed, ${total.failed} failed`)

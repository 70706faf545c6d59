// The fast loop: style, types, walls, unit tests and weights, all of them even when one fails.
import { installPackages } from './install.mjs'
import { isStarted, run } from './node.mjs'

/** What can be checked without running the product; the whole test run counts each as one test. */
export const standing = [
  { name: 'style', check: () => run('biome', ['check']) },
  { name: 'types', check: () => run('tsc', ['-b']) },
]

const fast = [
  ...standing,
  { name: 'unit tests and walls', check: () => run('vitest', ['run', '--project', 'unit', '--reporter', 'dot']) },
  { name: 'weights', check: () => run('.ci/build.mjs', ['--no-types']) },
]

/** Runs checks one after another; resolves with the names of those that failed. @param {typeof standing} checks */
export async function runChecks(checks) {
  const failed = []
  for (const { name, check } of checks) {
    if ((await check()) === 0) continue
    failed.push(name)
    console.error(`✗ ${name}`)
  }
  return failed
}

if (isStarted(import.meta.url)) {
  await installPackages()
  const failed = await runChecks(fast)
  console.log(failed.length === 0 ? 'All is well.' : `Not well: ${failed.join(', ')}.`)
  process.exitCode = failed.length === 0 ? 0 : 1
}

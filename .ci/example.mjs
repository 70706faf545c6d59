// Type-checks the React Native example as its user would have it: the packed package, and the real packages beside it.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm } from './install.mjs'
import { root, run } from './node.mjs'
import { packInto } from './pack.mjs'

const source = join(root, 'demo', 'react-native')
const place = join(root, '.cache', 'example')

/** All that its types ask for: Expo itself, which only runs it, is by far the largest, and the compiler is ours. */
const onlyToRun = ['expo', 'porchlight', 'typescript']

/** @param {Record<string, string>} packages */
const needed = (packages) => Object.fromEntries(Object.entries(packages).filter(([name]) => !onlyToRun.includes(name)))

/** Copies the example and brings its packages, unless those that it names now are there. */
async function prepare() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  const manifest = JSON.stringify({ private: true, dependencies: needed(dependencies), devDependencies: needed(devDependencies) })
  const kept = join(place, 'installed.json')
  mkdirSync(place, { recursive: true })
  if (!existsSync(kept) || readFileSync(kept, 'utf8') !== manifest) {
    console.error('Porchlight: installing what the React Native example is written for …')
    writeFileSync(join(place, 'package.json'), manifest)
    await npm(place, ['install', '--ignore-scripts', '--no-package-lock'])
    writeFileSync(kept, manifest)
  }
  for (const file of ['App.tsx', 'use-chat.ts', 'tsconfig.json']) cpSync(join(source, file), join(place, file))
}

/** The package itself, as it is now. */
async function unpack() {
  const packed = join(place, 'packed')
  rmSync(packed, { recursive: true, force: true })
  await packInto(packed)
  rmSync(join(place, 'node_modules', 'porchlight'), { recursive: true, force: true })
  cpSync(join(packed, 'staged'), join(place, 'node_modules', 'porchlight'), { recursive: true })
}

await prepare()
await unpack()
process.exitCode = await run('tsc', ['-p', place])

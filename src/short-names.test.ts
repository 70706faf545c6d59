/** What the scripts shorten among their own parts is nobody else's name: not the wire's, the public API's, the page's, nor that of anything stored or told. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ofClients, ofFaces } from '../.ci/smallest.mjs'
import * as more from './sdk/customer/more.ts'
import { later } from './widget/later.ts'
import { languageFor } from './widget/words.ts'

const root = import.meta.dirname
const listed = (names: string) => names.trim().split(/\s+/)
const protocol = readdirSync(join(root, 'protocol'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !['disconnects.ts', 'version.ts'].includes(file))
  .map((file) => `protocol/${file}`)

/** Where names stand that others know: everybody, or those who use the SDK by itself. */
const OUTSIDE = [...protocol, 'sdk/core/outbox-entry.ts', 'widget/api.ts', 'widget/queue.ts', 'widget/settings.ts']
const OUTSIDE_THE_SDK = ['api', 'types', 'takes'].map((file) => `sdk/customer/${file}.ts`)

/** Keys and members, with or without quotes. */
function namesIn(file: string): Set<string> {
  const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
  return new Set([...code.matchAll(/(?:^|[\s{,(|])(?:readonly )?['"]?([A-Za-z_]\w*)['"]?\??(?=[:(<])/gm)].map(([, name = '']) => name))
}

it.each([...OUTSIDE.map((file) => [file, ofClients + ofFaces] as const), ...OUTSIDE_THE_SDK.map((file) => [file, ofClients] as const)])(
  '%s',
  (file, short) => {
    const known = namesIn(file)
    expect(known.size).toBeGreaterThan(0)
    expect(listed(short).filter((name) => known.has(name))).toEqual([])
  },
)

it('a site says its own words by the names of ours', async () => {
  const { words } = languageFor('de', undefined, (await later('de', '')).words)
  const known = Object.values(words).flatMap((group) => Object.keys(group))
  expect(listed(ofClients + ofFaces).filter((name) => known.includes(name))).toEqual([])
})

it('what a module exports keeps its name', () => {
  expect(listed(ofClients).filter((name) => name in more)).toEqual([])
})

it('none is listed twice', () => {
  const names = listed(ofClients + ofFaces)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

/** The page on errors tells of every code that a call may be rejected with, and of every reason that a connection may end for. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DISCONNECT_REASONS } from '../../protocol/disconnects.ts'
import { ERRORS } from '../../protocol/errors.ts'

const page = readFileSync('docs/errors.md', 'utf8')
const isTold = (name: string) => page.includes(`\`${name}\``)

/** The codes that the client finds by itself, as they stand in its sources. */
function ownCodes(): string[] {
  const sources = ['kit', 'wire', 'core', 'customer'].flatMap((folder) =>
    readdirSync(join('src/sdk', folder))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join('src/sdk', folder, file), 'utf8')),
  )
  return sources.flatMap((source) => [...source.matchAll(/\b(?:stopped|failed)\('([A-Z_]+)'/g)].map(([, code = '']) => code))
}

it('every code', () => {
  const codes = [...ownCodes(), ...Object.keys(ERRORS).map((type) => type.toUpperCase())]
  expect(codes.length).toBeGreaterThan(25)
  expect(codes.filter((code) => !isTold(code))).toEqual([])
})

it('every reason', () => {
  expect(DISCONNECT_REASONS.filter((reason) => !isTold(reason))).toEqual([])
})

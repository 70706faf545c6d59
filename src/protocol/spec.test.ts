/** Proves that every rule of SPEC.md stands in the title of a test, and that no test names a rule that is not there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const ID = /\b[A-Z]{3}\d{1,2}\b/g

const rules = [...readFileSync(join(import.meta.dirname, 'SPEC.md'), 'utf8').matchAll(/^- \*\*([A-Z]{3}\d{1,2})\*\*/gm)].map(([, id]) => id)

const isTest = (file: string) => /\.(test|contract|spec)\.tsx?$/.test(file)
const tests = ['src', 'e2e'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(isTest)
    .map((file) => join(ROOT, folder, file)),
)
const tested = new Set(
  tests.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\[((?:[A-Z]{3}\d{1,2}[, ]*)+)\]/g)].flatMap(([, ids = '']) => ids.match(ID) ?? []),
  ),
)

describe('the protocol', () => {
  it('has every rule once', () => {
    expect(rules.length).toBeGreaterThan(50)
    expect(new Set(rules).size).toBe(rules.length)
  })

  it('has every rule in the title of a test', () => {
    expect(rules.filter((id) => id !== undefined && !tested.has(id))).toEqual([])
  })

  it('has every rule that a test names', () => {
    expect([...tested].filter((id) => !rules.includes(id))).toEqual([])
  })
})

/** The README keeps its word: what it links to comes along when packed, and it names every command and setting there is. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COMMANDS, SETTINGS } from './server/commands/table.ts'
import { readConfig } from './server/config.ts'

const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const readme = read('README.md')

test('what it links to is there, in the repository and in the package', () => {
  const { files } = JSON.parse(read('package.json')) as { files: string[] }
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path)
  expect(links.length).toBeGreaterThan(1)
  for (const path of links) {
    expect(existsSync(join(root, path)), path).toBe(true)
    expect(
      ['LICENSE', ...files].some((kept) => path === kept || path.startsWith(`${kept}/`)),
      path,
    ).toBe(true)
  }
})

test('it names every setting that is read', () => {
  const asked = new Set<string>()
  readConfig(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }))
  const later = /^(DATABASE_URL|REDIS_URL|S3_)/
  const names = [...asked].filter((name) => !later.test(name))
  expect([...names].sort()).toEqual([...SETTINGS].sort())
  for (const name of names) expect(readme).toContain(`\`${name}\``)
})

test('its commands are commands', () => {
  const used = [...readme.matchAll(/porchlight -- ([a-z]+(?: [a-z]+)?)/g)].map(([, name = '']) => name)
  expect(used).toContain('agent link')
  const names = COMMANDS.map(({ name }) => name)
  for (const name of used) expect(names.includes(name) || names.includes(name.split(' ')[0] ?? ''), name).toBe(true)
})

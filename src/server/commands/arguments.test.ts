/** What is typed is understood, or said to be wrong. */
import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'
import { COMMANDS, help, LATER } from './table.ts'

const read = (line: string) => readArguments(line.split(' ').filter(Boolean))

test.each(['', 'help', '--help', 'org create --help', '--json'])('"%s" asks for help', (line) => {
  expect(read(line)).toBeNull()
})

test('words, flags and repeated flags', () => {
  const typed = read('--json client create shop --origin https://a.test --kind web --origin https://b.test')
  expect(typed?.command.name).toBe('client create')
  expect(typed?.input).toEqual({ id: 'shop', kind: 'web', origin: ['https://a.test', 'https://b.test'] })
})

test.each<readonly [string, string]>([
  ['nothing', 'no command "nothing"'],
  ['org', 'no command "org"'],
  ['org destroy', 'no command "org destroy"'],
  ['org create', 'takes one name'],
  ['org create A B', 'takes one name'],
  ['org list A', 'takes no "A"'],
  ['org list --colour', '--colour'],
  ['client create shop --kind', '--kind'],
  ...LATER.map((word) => [word, 'later version'] as const),
])('"%s" is wrong', (line, why) => {
  expect(() => read(line)).toThrow(why)
})

test('help names every command and flag', () => {
  for (const { name, options } of COMMANDS) for (const word of [name, ...Object.keys(options)]) expect(help()).toContain(word)
})

/** What is typed is understood, or said to be wrong. */
import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'
import { COMMANDS, help, LATER } from './table.ts'

const read = (line: string) => readArguments(line.split(' ').filter(Boolean))

const aboutOf = (line: string) => {
  const asked = read(line)
  return 'about' in asked && asked.about !== 'version' ? asked.about.map(({ name }) => name) : []
}

test.each(['', 'help', '--help', '-h', '--json'])('"%s" asks for help', (line) => {
  expect(aboutOf(line)).toEqual(COMMANDS.map(({ name }) => name))
})

test('help is about what is named with it', () => {
  expect(aboutOf('org create --help')).toEqual(['org create'])
  expect(aboutOf('help org create')).toEqual(['org create'])
  expect(aboutOf('serve -h')).toEqual(['serve'])
  expect(aboutOf('org destroy --help')).toEqual(['org create', 'org update', 'org list'])
})

test.each(['org', 'client', 'agent'])('"%s" alone asks what there is of it', (noun) => {
  expect(aboutOf(noun)).toEqual(COMMANDS.map(({ name }) => name).filter((name) => name.startsWith(`${noun} `)))
})

test('the version is asked for', () => {
  expect([read('--version'), read('-v --json')]).toEqual([{ about: 'version' }, { about: 'version' }])
})

test('words, flags and repeated flags', () => {
  const typed = read('--json client create shop --origin https://a.test --kind web --origin https://b.test')
  expect(typed).toMatchObject({
    command: { name: 'client create' },
    input: { id: 'shop', kind: 'web', origin: ['https://a.test', 'https://b.test'] },
  })
})

test.each<readonly [string, string]>([
  ['nothing', 'no command "nothing"'],
  ['org destroy', 'no command "org destroy"'],
  ['org create', 'takes one name'],
  ['org create A B', 'takes one name'],
  ['org list A', 'takes no "A"'],
  ['org list --colour', '"org list" takes no --colour; see porchlight org list --help.'],
  ['org list --__proto__ x', 'takes no --__proto__'],
  ['client create shop --kind', '"client create" takes --kind with a value'],
  ['client create shop --kind --name Shop', '"client create" takes --kind with a value'],
  ['agent create a@b --password-stdin=x', '"agent create" takes --password-stdin without a value'],
  ...LATER.map((word) => [word, 'later version'] as const),
])('"%s" is wrong', (line, why) => {
  expect(() => read(line)).toThrow(why)
})

test('help names every command and flag', () => {
  for (const command of COMMANDS) {
    for (const word of [command.name, ...Object.keys(command.options)]) {
      for (const text of [help(COMMANDS), help([command])]) expect(text).toContain(word)
    }
  }
})

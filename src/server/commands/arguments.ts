/** What was typed: a command with its input, or a question about commands. */
import { parseArgs } from 'node:util'
import type { Input } from './office.ts'
import { COMMANDS, type Command, LATER } from './table.ts'

/** Typed wrong: the message is for whoever typed it. */
export class UsageError extends Error {}

export interface Typed {
  readonly command: Command
  readonly input: Input
}

/** What somebody wants to know before anything is done. */
export interface Asked {
  readonly about: 'version' | readonly Command[]
}

const HELP = ['--help', '-h']

/** `--json` says how to answer, not what, and may stand anywhere; so may `--help`. */
export function readArguments(typed: readonly string[]): Typed | Asked {
  const words = typed.filter((word) => word !== '--json')
  const named = words.filter((word, at) => !HELP.includes(word) && !(at === 0 && word === 'help'))
  const [first, second] = named
  if (first === undefined) return { about: COMMANDS }
  if (first === '--version' || first === '-v') return { about: 'version' }
  if ((LATER as readonly string[]).includes(first)) throw new UsageError(`"${first}" comes in a later version of Porchlight.`)
  const command = COMMANDS.find(({ name }) => name === first || name === `${first} ${second}`)
  const helps = named.length < words.length
  if (command) return helps ? { about: [command] } : { command, input: inputOf(command, named.slice(command.name.split(' ').length)) }
  const about = COMMANDS.filter(({ name }) => name.startsWith(`${first} `))
  if (about.length === 0) throw new UsageError(`There is no command "${first}"; see porchlight --help.`)
  if (second === undefined || helps) return { about }
  throw new UsageError(`There is no command "${first} ${second}"; see porchlight ${first} --help.`)
}

function inputOf(command: Command, words: readonly string[]): Input {
  const { positional } = command
  const { values, positionals } = parse(command, words)
  if (positional === undefined && positionals.length > 0) throw wrong(command, `takes no "${positionals[0]}"`)
  if (positional !== undefined && positionals.length !== 1) throw wrong(command, `takes one ${positional}`)
  return { ...(values as Input), ...(positional === undefined ? {} : { [positional]: positionals[0] }) }
}

/** Not strict: what is wrong is said in our words. */
function parse(command: Command, words: readonly string[]) {
  const known = Object.entries(command.options).map(([flag, { type, multiple }]) => [flag, { type, multiple: multiple ?? false }] as const)
  const parsed = parseArgs({ args: [...words], options: Object.fromEntries(known), allowPositionals: true, strict: false, tokens: true })
  for (const token of parsed.tokens) {
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const option = Object.hasOwn(command.options, name) ? command.options[name] : undefined
    if (!option) throw wrong(command, `takes no ${rawName}`)
    if (option.type === 'boolean' && value !== undefined) throw wrong(command, `takes ${rawName} without a value`)
    const given = value !== undefined && (inlineValue || !value.startsWith('-'))
    if (option.type === 'string' && !given) throw wrong(command, `takes ${rawName} with a value`)
  }
  return parsed
}

const wrong = ({ name }: Command, why: string) => new UsageError(`"${name}" ${why}; see porchlight ${name} --help.`)

/** What was typed, as a command with its input. */
import { parseArgs } from 'node:util'
import type { Input } from './office.ts'
import { COMMANDS, type Command, LATER } from './table.ts'

/** Typed wrong: the message is for whoever typed it. */
export class UsageError extends Error {}

export interface Typed {
  readonly command: Command
  readonly input: Input
}

/** Null when nothing but help was asked for. `--json` says how to answer, not what, and may stand anywhere. */
export function readArguments(typed: readonly string[]): Typed | null {
  const words = typed.filter((word) => word !== '--json')
  const [first, second] = words
  if (first === undefined || first === 'help' || words.includes('--help')) return null
  if ((LATER as readonly string[]).includes(first)) throw new UsageError(`"${first}" comes in a later version of Porchlight.`)
  const command = COMMANDS.find(({ name }) => name === first || name === `${first} ${second}`)
  if (!command) throw new UsageError(`There is no command "${first}${second ? ` ${second}` : ''}"; see porchlight --help.`)
  return { command, input: inputOf(command, words.slice(command.name.split(' ').length)) }
}

function inputOf({ name, positional, options }: Command, words: readonly string[]): Input {
  const known = Object.entries(options).map(([flag, { type, multiple }]) => [flag, { type, multiple: multiple ?? false }] as const)
  const { values, positionals } = parse(name, words, Object.fromEntries(known))
  if (positional === undefined && positionals.length > 0) throw new UsageError(`"${name}" takes no "${positionals[0]}".`)
  if (positional !== undefined && positionals.length !== 1)
    throw new UsageError(`"${name}" takes one ${positional}; see porchlight --help.`)
  return { ...(values as Input), ...(positional === undefined ? {} : { [positional]: positionals[0] }) }
}

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly multiple: boolean }>>

function parse(name: string, words: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`"${name}": ${error instanceof Error ? error.message : error}`)
  }
}

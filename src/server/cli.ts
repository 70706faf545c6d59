/** The command `porchlight`: reads what was typed, has it done, and says what came of it. */
import { TaskError } from './admin.ts'
import { type Asked, readArguments, type Typed, UsageError } from './commands/arguments.ts'
import { readPassword } from './commands/password.ts'
import { perform } from './commands/perform.ts'
import type { Started } from './commands/run.ts'
import { show } from './commands/show.ts'
import { help } from './commands/table.ts'
import { ConfigError, readConfig } from './config.ts'
import { Unusable } from './store/sqlite/directory.ts'
import { version } from './version.ts'

// What is made here is for its owner alone, also in a data directory that others may look into.
process.umask(0o077)

const words = process.argv.slice(2)
const json = words.includes('--json')

try {
  const typed = readArguments(words)
  say('about' in typed ? told(typed) : await carryOut(typed))
} catch (error) {
  process.exitCode = fail(error)
}

function say({ result, words }: Started): void {
  console.log(json ? JSON.stringify(result) : words)
}

function told({ about }: Asked): Started {
  if (about === 'version') return { result: { version }, words: version }
  return { result: { help: help(about) }, words: help(about) }
}

async function carryOut({ command: { name, next }, input }: Typed): Promise<Started> {
  const config = readConfig()
  if (name === 'serve' || name === 'demo') {
    // The rest of the commands need no server, and start the sooner without one.
    const { serve, demo } = await import('./commands/run.ts')
    return name === 'serve' ? serve(config) : demo(config)
  }
  const { 'password-stdin': asked, ...rest } = input
  const result = await perform(config, name, asked ? { ...rest, password: await readPassword() } : rest)
  return { result, words: [show(result), ...(next ? ['', next(result)] : [])].join('\n') }
}

/** One sentence for what the user can mend; everything for what is our fault. Returns the exit code. */
function fail(error: unknown): number {
  const known = [UsageError, ConfigError, TaskError, Unusable].some((kind) => error instanceof kind)
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  if (json) console.log(JSON.stringify({ error: { message } }))
  console.error(`porchlight: ${known ? message : stack}`)
  return error instanceof UsageError ? 2 : 1
}

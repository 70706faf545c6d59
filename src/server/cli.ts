/** The command `porchlight`: reads what was typed, has it done, and says what came of it. */
import { TaskError } from './admin.ts'
import { readArguments, type Typed, UsageError } from './commands/arguments.ts'
import { readPassword } from './commands/password.ts'
import { perform } from './commands/perform.ts'
import { demo, type Started, serve } from './commands/run.ts'
import { show } from './commands/show.ts'
import { help } from './commands/table.ts'
import { ConfigError, readConfig } from './config.ts'

const words = process.argv.slice(2)
const json = words.includes('--json')

try {
  const typed = readArguments(words)
  if (typed) say(await carryOut(typed))
  else say({ result: { help: help() }, words: help() })
} catch (error) {
  process.exitCode = fail(error)
}

function say({ result, words }: Started): void {
  console.log(json ? JSON.stringify(result) : words)
}

async function carryOut({ command: { name }, input }: Typed): Promise<Started> {
  const config = readConfig()
  if (name === 'serve') return serve(config)
  if (name === 'demo') return demo(config)
  const { json: _, 'password-stdin': asked, ...rest } = input
  const result = await perform(config.data, name, asked ? { ...rest, password: await readPassword() } : rest)
  return { result, words: show(result) }
}

/** One sentence for what the user can mend; everything for what is our fault. Returns the exit code. */
function fail(error: unknown): number {
  const known = error instanceof UsageError || error instanceof ConfigError || error instanceof TaskError
  const message = known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (json) console.log(JSON.stringify({ error: { message } }))
  console.error(`porchlight: ${message}`)
  return error instanceof UsageError ? 2 : 1
}

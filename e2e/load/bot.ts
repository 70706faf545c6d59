/** `npm run bench:bot`: what it takes until thousands who read one chat see the first words of a bot's answer, and all of it; beside plain messages. */
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { Porchlight } from '../../src/server-sdk/index.ts'
import { ServerProcess } from '../server.ts'
import { leaveFirstCore, onFirstCore } from './cores.ts'
import { cpuSeconds } from './process.ts'
import { gatherReaders, type Reader } from './readers.ts'
import type { Said, Saying, Setting } from './speaker.ts'
import { gather } from './visitors.ts'

const READERS = Number(process.env['READERS'] ?? 2000)
const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const PIECES = 200
const MESSAGES = 10
/** As a quick model says it. */
const WORDS = { piece: 'a word or two of it. ', every: 20 }

interface Course {
  readonly name: string
  /** From the sending until each reader had its first words, in ms. */
  readonly first: number[]
  frames: number
  bytes: number
  cpu: number
}

const course = (name: string): Course => ({ name, first: [], frames: 0, bytes: 0, cpu: 0 })
const plain = course('plain message')
const streamed = course('streamed answer')

/** What comes just now is counted for it. */
let running: Course | null = null
/** When each reader had its first words. */
const begun = new Map<Reader, number>()
const ended = new Set<Reader>()
let whole = () => {}

function heard(reader: Reader, { action }: { readonly action: string }, bytes: number): void {
  if (!running) return
  running.frames++
  running.bytes += bytes
  if (action === 'incoming_event') begun.set(reader, performance.timeOrigin + performance.now())
  if (reader.ended && begun.has(reader) && ended.add(reader).size === READERS) whole()
}

const pinned = leaveFirstCore()
console.log(pinned ? 'The server has the first core, readers and bot the others.' : 'Server, readers and bot share all cores.')
const server = await ServerProcess.start({ wrap: onFirstCore, environment: { PORCHLIGHT_RATE_FACTOR: '10000', LOG_LEVEL: 'warn' } })
const { secret } = await server.command<{ secret: string }>('key', 'create', '--name', 'bench', '--license', '1')
const [visitor] = await gather(server.url, 1, true)
const setting: Setting = { url: server.url, apiKey: secret, chat: visitor?.chat_id ?? '' }
const speaker = new Worker(new URL('speaker.ts', import.meta.url), { workerData: setting })
await once(speaker, 'message')
const porchlight = new Porchlight({ apiKey: secret, baseUrl: server.url })
const readers = await gatherReaders(server.url, porchlight, READERS, heard)

const count = (value: number) => Math.round(value).toLocaleString('en')
const length = count(PIECES * WORDS.piece.length)
console.log(`${count(READERS)} sockets read one chat. An answer has ${PIECES} pieces, ${length} characters, one every ${WORDS.every} ms.\n`)

/** One thing that the bot says, until everybody has all of it. */
async function measure(of: Course, saying: Saying): Promise<Said> {
  begun.clear()
  ended.clear()
  const allHave = new Promise<void>((resolve) => {
    whole = resolve
  })
  const before = cpuSeconds(server.pid)
  running = of
  speaker.postMessage(saying)
  const [[said]] = (await Promise.all([once(speaker, 'message'), allHave])) as [[Said], undefined]
  // What is on its way to who has all of it belongs to it too.
  await setTimeout(300)
  running = null
  of.cpu += cpuSeconds(server.pid) - before
  for (const at of begun.values()) of.first.push(at - said.at)
  return said
}

let same = true
/** By turns, so that what else the machine does hits both alike; the first round is for warming up. */
for (let round = 0; round <= ROUNDS; round++) {
  const [told, grown] = round === 0 ? [course('warm'), course('warm')] : [plain, streamed]
  for (let message = 0; message < MESSAGES; message++) await measure(told, { ...WORDS, pieces: 1 })
  const { text } = await measure(grown, { ...WORDS, pieces: PIECES })
  same &&= text === WORDS.piece.repeat(PIECES) && readers.every((reader) => reader.text === text)
}

const share = (values: readonly number[], part: number) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? 0
const row = (name: string, ...cells: string[]) => console.log(`  ${name.padEnd(32)}${cells.map((cell) => cell.padStart(14)).join('')}`)
const ms = (value: number) => `${value.toFixed(1)} ms`
row('until the first words are there', 'half of them', '99 in 100')
for (const { name, first } of [plain, streamed]) row(name, ms(share(first, 0.5)), ms(share(first, 0.99)))
row('ratio', ...[0.5, 0.99].map((part) => (share(streamed.first, part) / share(plain.first, part)).toFixed(2)))
console.log()
const each = (of: Course, times: number) => [of.frames / READERS / times, of.bytes / READERS / times / 1024] as const
const [one, answer] = [each(plain, ROUNDS * MESSAGES), each(streamed, ROUNDS)]
row('for each reader', 'frames', 'kilobytes')
row(plain.name, ...one.map((value) => value.toFixed(2)))
row(streamed.name, ...answer.map((value) => value.toFixed(2)))
row('its pieces as plain messages', ...one.map((value) => (value * PIECES).toFixed(2)))
row('µs of a core for each frame', ...[plain, streamed].map(({ cpu, frames }) => ((cpu * 1e6) / frames).toFixed(1)))
console.log(
  same
    ? `\nAll ${count(READERS)} readers ended with the text of the bot, in each of ${ROUNDS + 1} rounds.`
    : '\nREADERS ENDED WITH OTHER TEXTS.',
)
process.exitCode = same ? 0 : 1
speaker.postMessage(null)
await speaker.terminate()
visitor?.talker.close()
for (const reader of readers) reader.close()
await server.stop()

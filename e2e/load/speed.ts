/** How many events a second are acknowledged after fsync, and how fast, beside the bare echo. */
import type { ServerProcess } from '../server.ts'
import { startEcho } from './echo-process.ts'
import { type Ask, type Measured, saturate, sustain } from './measure.ts'
import { cpuSeconds } from './process.ts'
import { Talker } from './talker.ts'
import { gather, type Visitor } from './visitors.ts'

const VISITORS = 400
const AT_ONCE = 256
const ROUND_MS = 4000
const ROUNDS = 3
const RATES = [1000, 2500, 5000]
/** Two hundred bytes of text, as the field's comparisons have it. */
const TEXT = 'x'.repeat(200)

interface Contestant {
  readonly name: string
  readonly pid: number
  readonly ask: Ask
}

/** Every visitor says something in turn. */
function saying(visitors: readonly Visitor[]): Ask {
  return (at, answered) => {
    const { talker, chat_id } = visitors[at % visitors.length] as Visitor
    const event = { type: 'message', text: TEXT, custom_id: `~${at}-${Math.random()}` }
    talker.send('send_event', { chat_id, event }, (frame) => {
      if (!frame.includes('"success":true')) throw new Error(`unable to go on; the server answered ${frame}`)
      answered()
    })
  }
}

const echoing =
  (talkers: readonly Talker[]): Ask =>
  (at, answered) =>
    (talkers[at % talkers.length] as Talker).send('send_event', { event: { type: 'message', text: TEXT } }, answered)

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const ms = (value: number) => value.toFixed(2).padStart(8)
const whole = (value: number) => Math.round(value).toLocaleString('en').padStart(9)

/** Rounds by turns, so that what else the machine does hits both alike. */
async function compare(contestants: readonly Contestant[], round: (ask: Ask) => Promise<Measured>): Promise<void> {
  const results = new Map<string, (Measured & { cpu: number })[]>()
  for (let at = 0; at < ROUNDS; at++) {
    for (const { name, pid, ask } of contestants) {
      const before = cpuSeconds(pid)
      const measured = await round(ask)
      const cpu = ((cpuSeconds(pid) - before) * 1e6) / (measured.perSecond * (ROUND_MS / 1000))
      results.set(name, [...(results.get(name) ?? []), { ...measured, cpu }])
    }
  }
  const [first, ...rest] = contestants.map(({ name }) => {
    const runs = results.get(name) ?? []
    const mid = (of: (run: Measured & { cpu: number }) => number) => median(runs.map(of))
    const row = {
      perSecond: mid((run) => run.perSecond),
      p50: mid((run) => run.p50),
      p99: mid((run) => run.p99),
      cpu: mid((run) => run.cpu),
    }
    console.log(
      `  ${name.padEnd(12)} ${whole(row.perSecond)}/s   p50 ${ms(row.p50)} ms   p99 ${ms(row.p99)} ms   ${whole(row.cpu)} µs of a core each`,
    )
    return row
  })
  for (const row of rest) {
    if (!first) continue
    const ratio = (value: number, by: number) => (value / by).toFixed(2)
    console.log(
      `  ratio        ${ratio(first.perSecond, row.perSecond).padStart(9)}     p50 ${ratio(first.p50, row.p50).padStart(8)}      p99 ${ratio(first.p99, row.p99).padStart(8)}`,
    )
  }
}

export async function measureSpeed(server: ServerProcess): Promise<void> {
  const echo = await startEcho()
  const visitors = await gather(server.url, VISITORS, true)
  const talkers = await Promise.all(visitors.map(() => Talker.open(`ws://127.0.0.1:${echo.port}`, {}, '127.0.0.1')))
  const contestants = [
    { name: 'porchlight', pid: server.pid, ask: saying(visitors) },
    { name: 'bare ws echo', pid: echo.pid, ask: echoing(talkers) },
  ]
  console.log(`\nAs fast as it goes: ${VISITORS} visitors, ${AT_ONCE} requests under way`)
  await compare(contestants, (ask) => saturate(ask, AT_ONCE, ROUND_MS))
  for (const rate of RATES) {
    console.log(`\nAt ${rate} events a second, whatever the answers do`)
    await compare(contestants, (ask) => sustain(ask, rate, ROUND_MS))
  }
  for (const talker of [...talkers, ...visitors.map((visitor) => visitor.talker)]) talker.close()
  echo.child.kill()
}

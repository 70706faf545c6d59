/** `npm run bench:page`: what the chat costs the page it is on, beside a page with nothing and beside another product, on a slow processor. */
import { loadavg } from 'node:os'
import { type Browser, chromium } from '@playwright/test'
import { launchOptions } from '../../.ci/install.mjs'
import { ServerProcess } from '../server.ts'
import { type Contestant, contestantsAt } from './contestants.ts'
import { CPU_SLOWDOWN, type Figures, visit } from './measure.ts'
import { RocketChat, VERSION } from './rocket-chat.ts'
import { median, medianOf, printPromises, printRatios, printTable, type Row } from './table.ts'

const RUNS = Number(process.env.RUNS ?? 7)
const BARE = 'a bare launcher'
const PAIRS = [
  ['loader.js', BARE],
  ['Rocket.Chat', 'loader.js'],
  ['Rocket.Chat', 'widget.js'],
  ['Rocket.Chat, opened', 'loader.js, opened'],
  ['Rocket.Chat, opened', 'widget.js, opened'],
] as const

const WHAT_PEER = `
Rocket.Chat is @rocket.chat/livechat ${VERSION} as published, under brotli as ours is, on a server that answers its configuration and
its handshake: somebody is online, no form comes first, and it is connected. Porchlight's server is its own. Nobody has said anything.`

const LAUNCHERS = ['loader.js', 'widget.js']
const IN_FULL = [BARE, ...LAUNCHERS]

/** By turns, so that what else the machine does hits all alike. The first round only warms up whoever serves. */
async function rounds(browser: Browser, contestants: readonly Contestant[]): Promise<Row[]> {
  const visits = contestants.map((): Figures[] => [])
  const inFull = contestants.map((): number[] => [])
  for (let round = 0; round <= RUNS; round++) {
    process.stderr.write(`\rround ${round} of ${RUNS} `)
    for (const [at, contestant] of contestants.entries()) {
      const figures = await visit(browser, contestant)
      const quick = IN_FULL.includes(contestant.name) && (await visit(browser, contestant, 1)).launcher
      if (round === 0) continue
      visits[at]?.push(figures)
      if (quick) inFull[at]?.push(quick)
    }
  }
  process.stderr.write('\r')
  return contestants.map(({ name }, at) => ({ name, figures: medianOf(visits[at] ?? []), launcherInFull: median(inFull[at] ?? []) }))
}

async function bench(browser: Browser, server: ServerProcess, peer: RocketChat | null): Promise<boolean> {
  console.log(`A blank page in Chromium ${browser.version()}, a quarter of the processor, medians of ${RUNS} visits`)
  const [load = 0] = loadavg()
  if (load > 1) console.log(`The machine is busy (load ${load.toFixed(1)}): times are higher than they should be.`)
  const rows = await rounds(browser, contestantsAt(server.url, peer))
  console.log('')
  printTable(rows)
  console.log('\nOver what the blank page costs by itself:')
  printRatios(rows, PAIRS)
  console.log(peer ? WHAT_PEER : 'Rocket.Chat is left out: the registry cannot be reached.')
  console.log('')
  return printPromises(rows, { launchers: LAUNCHERS, slowdown: CPU_SLOWDOWN })
}

const environment = { PORCHLIGHT_RATE_FACTOR: '1000', LOG_LEVEL: 'warn' }
const server = await ServerProcess.start({ environment })
const peer = await RocketChat.bring()
const browser = await chromium.launch(launchOptions())
try {
  process.exitCode = (await bench(browser, server, peer)) ? 0 : 1
} finally {
  await browser.close()
  await peer?.close()
  await server.stop()
}

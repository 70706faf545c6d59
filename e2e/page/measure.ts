/** One visit to a page in a new browser profile, as a rule with a quarter of the processor, and what it cost. */
import type { Browser, CDPSession, Page } from '@playwright/test'
import { HostServer } from '../hosts/host-server.ts'
import type { Contestant } from './contestants.ts'
import { CATEGORIES, scriptingOf } from './scripting.ts'
import { Traffic } from './traffic.ts'

export interface Figures {
  /** Milliseconds of processor time on the main thread, of scripts and of everything. */
  readonly script: number
  readonly task: number
  /** Of scripts, until the launcher is painted. */
  readonly launcher: number
  /** Tasks of more than 50 ms, and the milliseconds by which they are. */
  readonly longTasks: number
  readonly blocked: number
  /** The sum of all layout shifts, those after a click included. */
  readonly shift: number
  /** Bytes of scripts' memory once the garbage is gone. */
  readonly heap: number
  /** What the page asks for besides itself, sockets included. */
  readonly requests: number
  readonly bytes: number
}

export const CPU_SLOWDOWN = 4
/** A page has settled when nothing is under way and it was busy for no more than this in so long. */
const SETTLED = { withinMs: 1500, busyMs: 30 }
const SETTLES_WITHIN_MS = 60_000
const VIEWPORT = { width: 1280, height: 720 }
/** Every launcher is in the lower right corner. */
const LAUNCHER = { x: VIEWPORT.width - 46, y: VIEWPORT.height - 46 }
const LONG_MS = 50

export async function visit(browser: Browser, contestant: Contestant, rate = CPU_SLOWDOWN): Promise<Figures> {
  const site = await HostServer.serve(contestant)
  const context = await browser.newContext({ viewport: VIEWPORT })
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await page.addInitScript(observe)
    await session.send('Emulation.setCPUThrottlingRate', { rate })
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const traffic = await Traffic.watch(session, site.url)
    await browser.startTracing(page, { categories: CATEGORIES })
    await use(page, session, traffic, site.url, contestant)
    const { TaskDuration: task = 0 } = await metricsOf(session)
    const { all: script, toPaint: launcher } = scriptingOf(await browser.stopTracing(), site.url)
    const figures = { script, launcher, task: task * 1000, requests: traffic.requests, bytes: traffic.bytes, ...(await readSeen(page)) }
    await session.send('HeapProfiler.collectGarbage')
    const { JSHeapUsedSize: heap = 0 } = await metricsOf(session)
    await contestant.shows(page)
    return { ...figures, heap }
  } finally {
    await context.close()
    await site.close()
  }
}

/** Whatever Playwright asks of a page runs scripts in it; here it asks nothing. */
async function use(page: Page, session: CDPSession, traffic: Traffic, url: string, { opens }: Contestant): Promise<void> {
  await page.goto(url, { timeout: SETTLES_WITHIN_MS })
  await settle(page, session, traffic)
  if (!opens) return
  await page.mouse.click(LAUNCHER.x, LAUNCHER.y)
  await settle(page, session, traffic)
}

async function settle(page: Page, session: CDPSession, traffic: Traffic): Promise<void> {
  const busyMs = async () => ((await metricsOf(session)).TaskDuration ?? 0) * 1000
  let before = await busyMs()
  for (const started = Date.now(); Date.now() - started < SETTLES_WITHIN_MS; ) {
    await page.waitForTimeout(SETTLED.withinMs)
    const now = await busyMs()
    if (!traffic.isUnderWay && now - before < SETTLED.busyMs) return
    before = now
  }
  throw new Error(`unable to measure; ${page.url()} does not come to rest`)
}

interface Seen {
  readonly long: number[]
  shift: number
}

/** Runs in the page, before everything else. */
function observe(): void {
  const seen: Seen = { long: [], shift: 0 }
  Reflect.set(window, 'seen', seen)
  const each = (type: string, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) note(entry)
    }).observe({ type, buffered: true })
  each('longtask', ({ duration }) => seen.long.push(duration))
  each('layout-shift', (entry) => {
    seen.shift += Reflect.get(entry, 'value')
  })
}

async function readSeen(page: Page): Promise<Pick<Figures, 'longTasks' | 'blocked' | 'shift'>> {
  const { long, shift } = await page.evaluate(() => Reflect.get(window, 'seen') as Seen)
  return { longTasks: long.length, blocked: long.reduce((sum, ms) => sum + ms - LONG_MS, 0), shift }
}

async function metricsOf(session: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics')
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
}

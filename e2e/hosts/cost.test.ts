/** H-24 to H-26: devices that are slow, pages that are heavy, and what the chat itself costs a page. Times are `npm run bench:page`'s. */
import type { Page } from '@playwright/test'
import { page, withScripts } from './host-page.ts'
import { expect, test } from './test.ts'

/** Longer than any page takes to come to rest. */
const REST_MS = 1_500

/** Ten thousand elements, and a script that takes most of the time. */
const HEAVY = `
  addEventListener('DOMContentLoaded', () => {
    for (let n = 0; n < 10_000; n++) document.querySelector('#goods').append(document.createElement('span'))
  })
  setInterval(() => { for (const end = performance.now() + 300; performance.now() < end; ); }, 400)
`

test('H-24 a slow device and a page that blocks: one chats', async ({ visit, agent }) => {
  const { page: shop, chat, complaints } = await visit((given) => withScripts(given, { '/heavy.js': HEAVY }))
  await (await shop.context().newCDPSession(shop)).send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await chat.open()
  await chat.box.fill('Are you there?')
  await chat.box.press('Enter')
  await expect.poll(() => agent.chatSaying('Are you there?'), { timeout: 20_000 }).not.toBeNull()
  expect(complaints).toEqual([])
})

/** Whatever of the page's clock is wound up and has not rung. */
const TIMERS = `
  window.wound = new Set()
  for (const [start, end] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval'], ['requestAnimationFrame', 'cancelAnimationFrame']]) {
    const [native, stop] = [window[start], window[end]]
    window[start] = (run, ...rest) => {
      const id = native((...given) => { if (start !== 'setInterval') wound.delete(id); run(...given) }, ...rest)
      wound.add(id)
      return id
    }
    window[end] = (id) => { wound.delete(id); stop(id) }
  }
`

const wound = (shop: Page) => shop.evaluate(() => (Reflect.get(window, 'wound') as Set<number>).size)

for (const script of ['widget.js', 'loader.js'] as const) {
  test(`H-25 ${script} at rest: one element, no timer`, async ({ visit }) => {
    const { page: shop, chat } = await visit((given) => withScripts(given, { '/timers.js': TIMERS }), { script })
    const elements = () => shop.evaluate(() => document.querySelectorAll('*').length)
    const bare = await visit((given) => withScripts(given, { '/timers.js': TIMERS }), { script, without: true })
    await expect(chat.launcher).toBeVisible()
    await shop.waitForTimeout(REST_MS)
    expect(await wound(shop)).toBe(0)
    expect((await elements()) - (await bare.page.evaluate(() => document.querySelectorAll('*').length))).toBe(1)
  })
}

test('H-25 a hundred times opened and closed it leaves nodes and listeners as they were; H-26 nothing on the page ever moves', async ({
  visit,
}) => {
  const { page: shop, chat } = await visit(({ tag }) => ({ html: page(tag), browser: { reducedMotion: 'reduce' } }))
  await shop.evaluate(() => {
    const shifts: number[] = []
    Reflect.set(window, 'shifts', shifts)
    new PerformanceObserver((list) => {
      // What moves because the visitor did something is what they asked for.
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
        if (!entry.hadRecentInput) shifts.push(entry.value)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const browser = await shop.context().newCDPSession(shop)
  await chat.open()
  await chat.say('Hello')
  await expect(chat.log.getByText(/^(Sent|Seen)$/)).toBeVisible()
  await chat.close()
  const count = async () => {
    await browser.send('HeapProfiler.collectGarbage')
    const { nodes, jsEventListeners } = await browser.send('Memory.getDOMCounters')
    return { nodes, jsEventListeners }
  }
  const toggle = (times: number) =>
    shop.evaluate(async (rounds) => {
      const { Porchlight } = window as unknown as { Porchlight: { open(): Promise<void>; close(): Promise<void> } }
      const frame = () => new Promise((done) => requestAnimationFrame(done))
      for (let round = 0; round < rounds; round++) {
        await Porchlight.open()
        await frame()
        await Porchlight.close()
        await frame()
      }
    }, times)
  await toggle(2)
  const before = await count()
  await toggle(100)
  await shop.waitForTimeout(REST_MS)
  expect(await count()).toEqual(before)
  expect(await shop.evaluate('shifts')).toEqual([])
})

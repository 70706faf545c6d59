/** The end of a widget: nothing of it stays in the page, however often it comes and goes, nor, where that is asked for, in the browser. */
import type { CDPSession, Page } from '@playwright/test'
import { HostServer } from '../hosts/host-server.ts'
import { site, storedBy, watchTraffic } from './site.ts'
import { expect, test } from './test.ts'

/** Counts timers that are set and neither run nor cleared, from before the page's own scripts. */
const COUNT_TIMERS = `(() => {
  const pending = new Set()
  window.pendingTimers = () => pending.size
  for (const [set, clear, repeats] of [['setTimeout', 'clearTimeout', false], ['setInterval', 'clearInterval', true]]) {
    const [real, stop] = [window[set], window[clear]]
    window[set] = (act, ...rest) => {
      const timer = real((...given) => {
        if (!repeats) pending.delete(timer)
        act(...given)
      }, ...rest)
      pending.add(timer)
      return timer
    }
    window[clear] = (timer) => {
      pending.delete(timer)
      stop(timer)
    }
  }
})()`

async function measured(page: Page, browser: CDPSession) {
  // What is collected may let go of more.
  for (let round = 0; round < 3; round++) await browser.send('HeapProfiler.collectGarbage')
  const { metrics } = await browser.send('Performance.getMetrics')
  const named = new Map(metrics.map(({ name, value }) => [name, value]))
  return {
    listeners: named.get('JSEventListeners') ?? 0,
    nodes: named.get('Nodes') ?? 0,
    heap: named.get('JSHeapUsedSize') ?? 0,
    timers: await page.evaluate(() => Reflect.get(window, 'pendingTimers')() as number),
    // Not by a locator, which puts listeners and scripts of its own into the page.
    elements: await page.evaluate(() => document.querySelectorAll('porchlight-chat').length),
  }
}

/** What asks for a lock listens for the end of its patience (`LOCK_PATIENCE_MS`), and no longer. */
const LOCKS_ARE_WAITED_FOR_MS = 22_000

/** Code that runs often is compiled anew. A widget that stayed each time would be many times as much. */
const HEAP_OF_CODE = 512 * 1024

/** Comes, opens, is used, and goes. */
const comeAndGo = (page: Page, times: number) =>
  page.evaluate(async (times) => {
    for (let time = 0; time < times; time++) {
      await window.Porchlight.init()
      await window.Porchlight.open()
      if (time % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 300))
      await window.Porchlight.destroy()
    }
  }, times)

test('a hundred times destroyed and begun anew, it leaves heap, listeners, timers and DOM as they were', async ({ server, visitor }) => {
  test.setTimeout(120_000)
  const { page } = visitor
  await page.addInitScript(COUNT_TIMERS)
  const host = await site(server, 'data-load="manual"')
  const { sockets } = watchTraffic(page, server)
  const closed: string[] = []
  page.on('websocket', (socket) => socket.on('close', () => closed.push(socket.url())))
  await page.goto(host.url)
  await expect.poll(() => page.evaluate(() => typeof window.Porchlight)).toBe('function')
  const browser = await page.context().newCDPSession(page)
  await browser.send('Performance.enable')
  // Once for all that is loaded once.
  await comeAndGo(page, 20)
  await page.waitForTimeout(LOCKS_ARE_WAITED_FOR_MS)
  const before = await measured(page, browser)
  await comeAndGo(page, 100)
  await page.waitForTimeout(LOCKS_ARE_WAITED_FOR_MS)
  const after = await measured(page, browser)

  expect({ ...after, heap: 0 }).toEqual({ ...before, heap: 0 })
  expect(after.timers).toBe(0)
  expect(after.heap - before.heap).toBeLessThan(HEAP_OF_CODE)
  await expect.poll(() => closed.length).toBe(sockets.length)
  await host.close()
})

test('with its storage it leaves nothing in the browser, and the server knows this device no more', async ({ server, visitor }) => {
  const { page } = visitor
  const host = await site(server)
  await page.goto(host.url)
  await page.getByRole('button', { name: 'Open chat' }).click()
  await visitor.say('For now')
  await expect(visitor.log.getByText(/^Sent/)).toBeVisible()
  await visitor.box.fill('a draft')
  await expect.poll(() => storedBy(page)).toHaveLength(3)
  const { requests } = watchTraffic(page, server)
  await page.evaluate(() => window.Porchlight.destroy({ storage: true }))
  await page.waitForTimeout(500)
  expect(await storedBy(page)).toEqual([])
  expect(requests).toContain('DELETE /v1/customer/token')
  expect(await page.evaluate(() => window.Porchlight.state)).toBe('destroyed')
  await page.evaluate(() => window.Porchlight.init())
  await page.getByRole('button', { name: 'Open chat' }).click()
  await expect(page.getByRole('heading', { name: 'How can we help?' })).toBeVisible()
  await expect(visitor.box).toHaveValue('')
  await host.close()
})

test('what waits for a body makes no widget after the end', async ({ server, visitor }) => {
  const { page } = visitor
  const tag = `<script src="${server.url}/widget.js" data-license="1" data-client-id="demo"></script>`
  const host = await HostServer.serve({
    html: `<!doctype html><html><head><title>A shop</title>${tag}<script src="/page.js"></script></head><body><h1>A shop</h1></body></html>`,
    files: { '/page.js': 'window.over = Porchlight.destroy()' },
  })
  const complaints: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
  await page.goto(host.url)
  await page.waitForTimeout(500)
  await expect(page.locator('porchlight-chat')).toHaveCount(0)
  expect(await page.evaluate(() => window.Porchlight.state)).toBe('destroyed')
  expect(complaints.filter((text) => text.startsWith('Porchlight'))).toEqual([])
  await host.close()
})

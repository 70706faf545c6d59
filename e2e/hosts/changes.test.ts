/**
 * H-17: pages that become other pages without being loaded. Frameworks that mount twice are with `e2e/package/components.test.ts`,
 * the script twice and two projects with `e2e/journeys/embedding.test.ts`.
 */
import type { CDPSession } from '@playwright/test'
import { type Make, page } from './host-page.ts'
import { expect, rows, test } from './test.ts'

const plain: Make = ({ tag }) => ({ html: page(tag) })

/** As an application that draws its page anew once its own script is there. */
const DRAWN_ANEW = `addEventListener('load', () => document.body.replaceWith(document.body.cloneNode(true)))`

rows({ 'H-17 a body drawn anew': ({ tag }) => ({ html: page(tag, { head: `<script>${DRAWN_ANEW}</script>` }) }) })

/** How pages are swapped by those that do it. */
const SWAPS: Readonly<Record<string, () => unknown>> = {
  Turbo: () => document.documentElement.replaceChild(document.createElement('body'), document.body),
  'Turbo, from what it keeps': () => document.body.replaceWith(document.body.cloneNode(true)),
  htmx: () => {
    document.body.innerHTML = '<h1>Another page</h1>'
  },
  'a router': () => document.body.replaceChildren(document.createElement('main')),
  'a view transition': () => document.startViewTransition(() => document.body.replaceWith(document.createElement('body'))).finished,
  'a whole document': () => document.documentElement.replaceChildren(document.createElement('head'), document.createElement('body')),
}

test('H-17 a body that is swapped before anybody means to chat: the launcher stays, until the chat is taken away', async ({ visit }) => {
  const { page, chat } = await visit(plain, { script: 'loader.js' })
  await expect(chat.launcher).toBeVisible()
  for (const [name, swap] of Object.entries(SWAPS)) {
    await page.evaluate(swap)
    await expect(chat.launcher, name).toBeVisible()
  }
  await chat.open()
  await page.evaluate('Porchlight.destroy()')
  await page.evaluate(() => document.body.replaceWith(document.createElement('body')))
  await page.evaluate(() => new Promise(requestAnimationFrame))
  await expect(page.locator('porchlight-chat')).toHaveCount(0)
})

test('H-17 a body that is swapped: the same widget at once, on the same socket, and writing goes on', async ({ visit, agent }) => {
  const { page, chat, complaints } = await visit(plain)
  const sockets: string[] = []
  page.on('websocket', (socket) => {
    sockets.push('opened')
    socket.on('close', () => sockets.push('closed'))
  })
  await chat.open()
  await chat.box.fill(Array.from({ length: 60 }, (_, line) => `Line ${line}`).join('\n'))
  await chat.box.press('Enter')
  await expect(chat.log.getByText(/^(Sent|Seen)$/)).toBeVisible()
  await chat.box.fill('a draft')
  await page.mouse.move(0, 0)
  const bottom = await chat.log.evaluate((log) => log.scrollTop)
  const live = await page.evaluateHandle(() => document.querySelector('porchlight-chat') as Element)
  for (const [name, swap] of Object.entries(SWAPS)) {
    await page.evaluate(swap)
    const isThere = await live.evaluate(async (element) => {
      const { body } = document
      await new Promise(requestAnimationFrame)
      return element.parentNode === body && [...document.querySelectorAll(element.localName)].filter((one) => one.shadowRoot).length
    })
    expect(isThere, name).toBe(1)
    await expect(chat.box, name).toBeFocused()
    await expect(chat.box, name).toHaveValue('a draft')
    expect(await chat.log.evaluate((log) => log.scrollTop), name).toBe(bottom)
  }
  await chat.box.fill('')
  await chat.say('Another page')
  await expect.poll(() => agent.chatSaying('Another page')).not.toBeNull()
  expect([sockets, complaints]).toEqual([['opened'], []])
})

async function measured(browser: CDPSession): Promise<{ nodes: number; listeners: number }> {
  for (let round = 0; round < 3; round++) await browser.send('HeapProfiler.collectGarbage')
  const { metrics } = await browser.send('Performance.getMetrics')
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0
  return { nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

test('H-17 a thousand addresses and a hundred bodies: one is told of, and nothing is left of the others', async ({ visit }) => {
  const { page, chat, complaints } = await visit(plain)
  const told: string[] = []
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => void told.push(String(payload))))
  await chat.open()
  await chat.say('Going round')
  await expect(chat.log.getByText(/^(Sent|Seen)$/)).toBeVisible()
  const browser = await page.context().newCDPSession(page)
  await browser.send('Performance.enable')
  const walkRound = (addresses: number, bodies: number) =>
    page.evaluate(
      async ([addresses, bodies]) => {
        for (let at = 1; at <= addresses; at++) history.pushState(null, '', `/goods/${at}`)
        for (let at = 0; at < bodies; at++) {
          const body = document.createElement('body')
          body.append(...Array.from({ length: 20 }, () => document.createElement('p')))
          document.body.replaceWith(body)
          if (at % 10 === 0) await new Promise(requestAnimationFrame)
        }
      },
      [addresses, bodies] as const,
    )
  await walkRound(0, 2)
  const before = await measured(browser)
  const start = told.length
  await walkRound(1000, 100)
  await expect.poll(() => told.slice(start).filter((frame) => frame.includes('update_customer_page'))).toHaveLength(1)
  expect(told.at(-1)).toContain('/goods/1000')
  const after = await measured(browser)
  // A hundred bodies would be over two thousand nodes.
  expect(after.nodes - before.nodes).toBeLessThan(100)
  expect(after.listeners).toBe(before.listeners)
  expect(complaints).toEqual([])
})

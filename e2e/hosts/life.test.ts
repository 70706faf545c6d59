/** H-19 and H-20: pages that are left and come back to: kept for the way back, asleep, discarded, loaded ahead of a visitor; and pages on paper. */
import type { CDPSession } from '@playwright/test'
import { findWholeBrowser } from '../../.ci/install.mjs'
import { type Make, page } from './host-page.ts'
import { test as base, expect, type Visit } from './test.ts'

const executablePath = findWholeBrowser()

/** Playwright's browsers keep no page for the way back unless they are told to, and one without windows not even then. */
const test = base.extend({
  launchOptions: [
    ({ launchOptions }, use) =>
      use({ ...launchOptions, ...(executablePath && { executablePath }), ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    { scope: 'worker' },
  ],
})

/** Notes the sockets that are opened, and how they were when the page was left. */
const NOTES = `
  window.sockets = []
  window.WebSocket = class extends WebSocket {
    constructor(...given) { super(...given); sockets.push(this) }
  }
  addEventListener('pagehide', () => setTimeout(() => { window.left = sockets.map(({ readyState }) => readyState) }))
  addEventListener('pageshow', ({ persisted }) => { window.persisted = persisted })`

const shop: Make = ({ tag }) => ({ html: page(tag, { head: `<script>${NOTES}</script>` }), files: { '/other.html': page('') } })

/** Longer than this nobody waits for what is new. */
const FRESH = { timeout: 3_000 }

let chats = 0

/** A conversation that is under way. */
async function talk({ chat }: Visit, agent: { chatSaying(text: string): Promise<string | null> }): Promise<string> {
  const text = `Is anybody there? ${++chats}`
  await chat.open()
  await chat.say(text)
  await expect.poll(() => agent.chatSaying(text)).not.toBeNull()
  return (await agent.chatSaying(text)) ?? ''
}

async function listenersOf(browser: CDPSession): Promise<string[]> {
  const { result } = await browser.send('Runtime.evaluate', { expression: 'window' })
  const { listeners } = await browser.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' })
  return listeners.map(({ type }) => type)
}

test('H-19 the way back finds the page as it was left, the chat open in it, and what was said meanwhile', async ({ visit, agent }) => {
  const visited = await visit(shop)
  const { page, chat, complaints } = visited
  const id = await talk(visited, agent)
  await chat.box.fill('a draft')
  const browser = await page.context().newCDPSession(page)
  const listeners = await listenersOf(browser)
  expect(listeners).toEqual(expect.arrayContaining(['pagehide', 'pageshow']))
  expect(listeners).not.toEqual(expect.arrayContaining([expect.stringContaining('unload')]))
  await page.goto(new URL('/other.html', page.url()).href)
  await agent.say(id, 'Here I am')
  await page.goBack({ waitUntil: 'commit' })
  await expect(chat.log).toContainText('Here I am', FRESH)
  await expect(chat.box).toHaveValue('a draft')
  const seen = await page.evaluate(() => {
    const sockets = Reflect.get(window, 'sockets') as WebSocket[]
    const [navigation] = performance.getEntriesByType('navigation') as (PerformanceEntry & { notRestoredReasons?: unknown })[]
    const { persisted, left } = window as unknown as { persisted: boolean; left: number[] }
    const now = sockets.map(({ readyState }) => readyState)
    return { persisted, left, now: now.pop(), before: [...new Set(now)], reasons: navigation?.notRestoredReasons }
  })
  const [OPEN, CLOSING, CLOSED] = [1, 2, 3]
  // Before the browser stops its clock, a page that is left may try once more: what it opens then is closed with it.
  expect(seen).toEqual({ persisted: true, left: [CLOSING], before: [CLOSED], now: OPEN, reasons: null })
  await chat.box.fill('')
  await chat.say('So am I')
  expect(complaints).toEqual([])
})

test('H-20 a tab that was in the background for two hours, and one that was frozen, know what is new', async ({ visit, agent }) => {
  const visited = await visit(shop)
  const { page, chat, complaints } = visited
  const id = await talk(visited, agent)
  await page.clock.install()
  await page.clock.fastForward('02:00:00')
  await agent.say(id, 'Two hours later')
  await expect(chat.log).toContainText('Two hours later', FRESH)
  const browser = await page.context().newCDPSession(page)
  await browser.send('Page.setWebLifecycleState', { state: 'frozen' })
  await agent.say(id, 'To one who sleeps')
  await browser.send('Page.setWebLifecycleState', { state: 'active' })
  await expect(chat.log).toContainText('To one who sleeps', FRESH)
  await chat.say('Good morning')
  expect(complaints).toEqual([])
})

test('H-20 a tab that was discarded comes back with the chat and what was being written', async ({ visit, agent }) => {
  const visited = await visit(shop)
  const { page, chat } = visited
  const id = await talk(visited, agent)
  await chat.box.fill('not sent yet')
  await page.waitForTimeout(1_000)
  // As when a browser needs the memory: nobody in the page is told.
  const browser = await page.context().newCDPSession(page)
  void browser.send('Page.crash').catch(() => undefined)
  await page.waitForEvent('crash')
  await agent.say(id, 'To one who is gone')
  const again = await chat.another()
  await again.open()
  await expect(again.log).toContainText('To one who is gone', FRESH)
  await expect(again.box).toHaveValue('not sent yet')
})

/** Prerendering is off where a browser is automated: this is what a page that is prerendered sees. */
const AHEAD = `
  Object.defineProperty(document, 'prerendering', { value: true, configurable: true })
  window.arrive = () => { delete document.prerendering; document.dispatchEvent(new Event('prerenderingchange')) }`

for (const script of ['widget.js', 'loader.js'] as const) {
  test(`H-20 while a page is prerendered nothing is asked but the script, ${script}`, async ({ visit, server }) => {
    const ahead: Make = ({ tag }) => ({ html: page(`<script>${AHEAD}</script><a href="/later.html">Later</a>${tag}`) })
    const { page: tab, chat, complaints } = await visit(ahead, { script, attributes: ' data-load="eager" data-consent="granted"' })
    await tab.waitForTimeout(1_000)
    const loaded = async () => {
      const all = await tab.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
      return all.filter((address) => address.startsWith(server.url)).map((address) => new URL(address).pathname)
    }
    expect(await loaded()).toEqual([`/${script}`])
    await expect(chat.launcher).toHaveCount(0)
    await tab.evaluate(() => Reflect.get(window, 'arrive')())
    await expect(chat.launcher).toBeVisible()
    await expect.poll(loaded).toContain('/v1/customer/token')
    expect(complaints).toEqual([])
  })
}

test('H-20 the chat is not on paper', async ({ visit }) => {
  const { page, chat } = await visit(shop)
  await chat.open()
  await page.emulateMedia({ media: 'print' })
  await expect(chat.box).toBeHidden()
  await expect(chat.launcher).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await expect(chat.box).toBeVisible()
})

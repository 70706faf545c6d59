/** When the widget may load, connect and store: every `data-load` with every `data-consent`, counted in the browser. */
import type { Page } from '@playwright/test'
import { type ScriptName, site, storedBy, watchTraffic } from './site.ts'
import { expect, test } from './test.ts'

/** Longer than any page takes to come to rest. */
const REST_MS = 1_500

const STORED = ['database porchlight', 'database porchlight-widget-1-demo', 'local porchlight:1:demo']

const open = (page: Page) => page.getByRole('button', { name: /^Open chat/ }).click()

async function say(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Message' })
  await box.fill(text)
  await box.press('Enter')
  await expect(page.getByRole('log').getByText(/^(Sent|Seen)$/)).toBeVisible()
}

/** A database is there before anything is in it. */
const keptBy = (page: Page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('porchlight')
        opening.onsuccess = () => {
          const keys = opening.result.transaction('keyval').objectStore('keyval').getAllKeys()
          keys.onsuccess = () => {
            opening.result.close()
            resolve(keys.result)
          }
        }
      }),
  )

for (const script of ['widget.js', 'loader.js'] as const satisfies ScriptName[]) {
  test(`${script}: one request, no socket, nothing stored before a new visitor acts`, async ({ server, visitor: { page } }) => {
    for (const consent of ['none', 'required'] as const) {
      const host = await site(server, `data-load="intent" data-consent="${consent}"`, script)
      const { requests, sockets } = watchTraffic(page, server)
      await page.goto(host.url)
      await expect(page.getByRole('button', { name: 'Open chat' })).toBeVisible()
      await page.waitForTimeout(REST_MS)
      expect({ requests, sockets, stored: await storedBy(page) }).toEqual({ requests: [`GET /${script}`], sockets: [], stored: [] })
      await host.close()
    }
  })
}

for (const load of ['intent', 'idle', 'eager', 'manual'] as const) {
  for (const consent of ['none', 'required', 'granted'] as const) {
    test(`data-load="${load}" data-consent="${consent}"`, async ({ server, visitor: { page } }) => {
      const host = await site(server, `data-load="${load}" data-consent="${consent}"`)
      const { sockets } = watchTraffic(page, server)
      await page.goto(host.url)
      await page.waitForFunction('window.Porchlight')
      await page.waitForTimeout(REST_MS)
      const waits = load === 'intent' || load === 'manual'
      // What is granted is stored as soon as there is something to store.
      expect({ sockets: sockets.length, stored: await storedBy(page) }).toEqual({
        sockets: waits ? 0 : 1,
        stored: waits || consent !== 'granted' ? [] : STORED.slice(0, 1),
      })
      if (load === 'manual') await page.evaluate('Porchlight.init()')
      await open(page)
      await say(page, 'Hello')
      expect(sockets).toHaveLength(1)
      await expect.poll(() => storedBy(page)).toEqual(consent === 'required' ? [] : STORED)
      if (consent === 'required') await page.evaluate('Porchlight.update({ consent: true })')
      await expect.poll(() => storedBy(page)).toEqual(STORED)

      // Who has chatted before is known again, unless that takes a word of the site's first.
      sockets.length = 0
      await page.reload()
      await page.waitForFunction('window.Porchlight')
      if (load === 'manual') await page.evaluate('Porchlight.init()')
      await page.waitForTimeout(REST_MS)
      expect(sockets).toHaveLength(consent === 'required' && waits ? 0 : 1)
      await host.close()
    })
  }
}

test('consent that is withdrawn takes everything back, in all tabs, and the chat goes on in memory', async ({ server, visitor }) => {
  const { page } = visitor
  const host = await site(server)
  await page.goto(host.url)
  await open(page)
  await say(page, 'Remember me')
  const other = await visitor.another()
  await other.page.goto(host.url)
  await open(other.page)
  await expect(other.log).toContainText('Remember me')
  await expect.poll(() => storedBy(page)).toEqual(STORED)

  await page.evaluate('Porchlight.update({ consent: false })')
  await expect.poll(() => storedBy(page)).toEqual([])
  for (const tab of [visitor, other]) {
    await tab.say('And again')
    await expect(tab.log.getByText('And again')).toHaveCount(tab === visitor ? 1 : 2)
    await tab.page.evaluate('Porchlight.close()')
    await open(tab.page)
  }
  await page.waitForTimeout(500)
  expect(await storedBy(page)).toEqual([])

  await page.evaluate('Porchlight.update({ consent: true })')
  await expect.poll(() => storedBy(page)).toEqual(STORED)
  await expect.poll(() => keptBy(page)).toContainEqual(expect.stringContaining('/customer/token'))
  await page.reload()
  await open(page)
  await expect(visitor.log).toContainText('Remember me')
  await host.close()
})

test('a visitor who has chatted before sees what is unread by loader.js at the price of one small request', async ({
  server,
  visitor,
  agent,
}) => {
  const { page } = visitor
  const host = await site(server, '', 'loader.js')
  await page.goto(host.url)
  await open(page)
  await say(page, 'Where is my order?')
  await expect.poll(() => page.evaluate(() => localStorage.getItem('porchlight:1:demo')?.split(' ').length)).toBe(2)
  await page.goto('about:blank')
  await agent.signIn(server.url)
  await agent.openChat()
  await agent.say('On its way')
  await agent.say('Tomorrow, to be exact')
  await expect(agent.log.getByText(/^(Sent|Seen)/).first()).toBeVisible()

  const { requests, sockets } = watchTraffic(page, server)
  await page.goto(host.url)
  const launcher = page.getByRole('button', { name: 'Open chat' })
  await expect(launcher).toHaveAccessibleDescription('2 unread messages')
  await page.waitForTimeout(REST_MS)
  expect({ requests, sockets }).toEqual({ requests: ['GET /loader.js', 'POST /v1/customer/unread'], sockets: [] })
  await open(page)
  await expect(visitor.log).toContainText('Tomorrow, to be exact')
  await expect(launcher).not.toBeAttached()
  await host.close()
})

/** Users who sign in and out of the host page, without a reload and in several tabs: each sees their own chats and nothing else. */
import type { BrowserContext, Page } from '@playwright/test'
import type { CustomerSDK } from '../../src/sdk/customer/api.ts'
import { HostServer } from '../hosts/host-server.ts'
import { vouchFor } from '../vouching.ts'
import { expect, test } from './test.ts'

interface Chatting {
  readonly CustomerSDK: { init(config: object): CustomerSDK }
  sdk: CustomerSDK
  /** All that was told since the page was opened, or since it was asked last. */
  told: unknown[]
}

/** A page of the host with the SDK on it, connected. */
async function openPage(context: BrowserContext, url: string, server: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await page.evaluate(async (server) => {
    const chatting = globalThis as unknown as Chatting
    chatting.sdk = chatting.CustomerSDK.init({ license: 1, clientId: 'demo', server })
    chatting.told = []
    chatting.sdk.on('*', (name, data) => chatting.told.push([name, data]))
    await new Promise((resolve) => chatting.sdk.on('connected', resolve))
  }, server)
  return page
}

const say = (page: Page, text: string) =>
  page.evaluate(async (text) => (await (globalThis as unknown as Chatting).sdk.startChat({ events: [{ type: 'message', text }] })).id, text)

/** Who the page's customer is, and what their chats say last. */
const seenOn = (page: Page) =>
  page.evaluate(async () => {
    const { sdk } = globalThis as unknown as Chatting
    const [{ entityId }, { chatsSummary }] = await Promise.all([sdk.auth.getToken(), sdk.getChatsSummary()])
    return { id: entityId, texts: chatsSummary.map(({ lastEvent }) => lastEvent?.text).sort() }
  })

const identify = (page: Page, token: string) => page.evaluate((token) => (globalThis as unknown as Chatting).sdk.identify(token), token)
const logout = (page: Page) => page.evaluate(() => (globalThis as unknown as Chatting).sdk.logout())
const toldOn = (page: Page) => page.evaluate(() => JSON.stringify((globalThis as unknown as Chatting).told.splice(0)))

test('[IDN7] [IDN8] two users of one browser, in two tabs, see their own chats only', async ({ server, browser, errors }) => {
  const tokenFor = await vouchFor(server)
  const site = await HostServer.serve({ html: `<!doctype html><title>A shop</title><script src="${server.url}/customer-sdk.js"></script>` })
  const context = await browser.newContext()
  context.on('page', (page) => page.on('pageerror', (error) => errors.push(error.message)))
  const one = await openPage(context, site.url, server.url)
  const two = await openPage(context, site.url, server.url)

  const stranger = await seenOn(one)
  await say(one, 'before anybody signed in')
  await identify(one, tokenFor('ann'))
  expect(await seenOn(one)).toEqual({ id: stranger.id, texts: ['before anybody signed in'] })
  await say(one, 'of Ann')
  await expect.poll(() => seenOn(two)).toEqual({ id: stranger.id, texts: ['before anybody signed in', 'of Ann'] })

  await logout(one)
  const next = await seenOn(one)
  expect(next).toEqual({ id: expect.not.stringMatching(stranger.id), texts: [] })
  await expect.poll(() => seenOn(two)).toEqual(next)

  await identify(two, tokenFor('bob'))
  await say(two, 'of Bob')
  await expect.poll(() => seenOn(one)).toEqual({ id: next.id, texts: ['of Bob'] })
  await toldOn(one)
  await toldOn(two)

  await identify(one, tokenFor('ann'))
  const ann = { id: stranger.id, texts: ['before anybody signed in', 'of Ann'] }
  expect(await seenOn(one)).toEqual(ann)
  await expect.poll(() => seenOn(two)).toEqual(ann)
  for (const page of [one, two]) {
    const told = await toldOn(page)
    expect(told).toContain('identity_changed')
    expect(told).not.toContain('of Bob')
    expect(told).not.toContain(next.id)
  }
  const kept = await one.evaluate(async () => {
    const open = indexedDB.open('porchlight')
    const database = await new Promise<IDBDatabase>((resolve) => Object.assign(open, { onsuccess: () => resolve(open.result) }))
    const all = database.transaction('keyval').objectStore('keyval').getAll()
    return JSON.stringify(await new Promise((resolve) => Object.assign(all, { onsuccess: () => resolve(all.result) })))
  })
  expect(kept).not.toContain('of Bob')
  expect(kept).not.toContain(next.id)

  await context.close()
  await site.close()
})

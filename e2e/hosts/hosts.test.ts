/** On every kind of page the same steps: load, open, send, receive; and the page has nothing to complain about. */
import { test as base, expect, type Page } from '@playwright/test'
import type { CustomerSDK } from '../../src/sdk/customer/index.ts'
import { AnsweringAgent } from '../answering.ts'
import { ServerProcess } from '../server.ts'
import { HostServer } from './host-server.ts'
import { asModule, HOSTS, type HostPage, SCRIPTS, withSDK } from './pages.ts'

const test = base.extend<object, { server: ServerProcess }>({
  server: [
    async ({ browserName: _ }, use) => {
      const server = await ServerProcess.start()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
})

/** Everything a careful site owner would find in the console. */
async function complaintsOf(page: Page): Promise<string[]> {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`)
  })
  await page.exposeFunction('complain', (text: string) => complaints.push(text))
  await page.addInitScript(() => {
    const { complain } = window as unknown as { complain(text: string): void }
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      complain(`violation: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`),
    )
  })
  return complaints
}

async function chatThrough(page: Page, server: ServerProcess, host: HostPage): Promise<void> {
  const site = await HostServer.serve(host)
  const complaints = await complaintsOf(page)
  const text = `A question from ${site.url}`
  try {
    await page.goto(site.url)
    await page.getByRole('button', { name: /^Open chat/ }).click()
    const box = page.getByRole('textbox', { name: 'Message' })
    await box.fill(text)
    await box.press('Enter')

    const agent = await AnsweringAgent.signIn(server)
    await expect.poll(() => agent.chatSaying(text)).not.toBeNull()
    await agent.say((await agent.chatSaying(text)) ?? '', 'An answer')
    const log = page.getByRole('log', { name: 'Messages' })
    await expect(log).toContainText(text)
    await expect(log).toContainText('An answer')
    expect(complaints).toEqual([])
  } finally {
    await site.close()
  }
}

for (const [name, make] of Object.entries(HOSTS)) {
  for (const script of SCRIPTS) {
    test(`${name}, ${script}`, ({ page, server }) => chatThrough(page, server, make(server.url, script)))
  }
}

test('H-14 the widget as a module of RequireJS', async ({ page, server }) => {
  await chatThrough(page, server, asModule(server.url))
  expect(await page.evaluate(() => Reflect.get(window, 'handedOver') === Reflect.get(window, 'Porchlight'))).toBe(true)
})

test('H-03 the customer SDK loads its other module when it is used, and again when that failed', async ({ page, server }) => {
  const site = await HostServer.serve(withSDK(server.url))
  const complaints = await complaintsOf(page)
  const more: string[] = []
  page.on('request', (request) => void (request.url().includes('customer-more') && more.push(request.url())))
  await page.route('**/customer-more.js?*', (route) => route.abort(), { times: 1 })
  await page.goto(site.url)
  const use = () =>
    page.evaluate(async () => {
      const { sdk } = window as unknown as { sdk: CustomerSDK }
      const { id } = await sdk.startChat({ events: [{ type: 'message', text: 'hello' }] })
      const rated = await sdk.sendRating(id, { value: 'good' }).catch(({ code }: { code: string }) => code)
      return [rated, typeof (await sdk.getCustomer()).id]
    })
  expect(await use()).toEqual(['LOAD_FAILED', 'string'])
  expect(await use()).toEqual([{ value: 'good' }, 'string'])
  const path = /\/assets\/[\d.]+\/customer-more\.js\?/
  const [first = '', second = ''] = more.map((address) => address.replace(path, '').replace(server.url, ''))
  expect([more.length, Number(second)]).toEqual([2, Number(first) + 1])
  expect(complaints.filter((complaint) => !complaint.includes('ERR_FAILED'))).toEqual([])
  await site.close()
})

test('H-11 the page of Prototype.js really bends JSON', async ({ page, server }) => {
  const site = await HostServer.serve((HOSTS['H-11 Prototype.js 1.6'] as (typeof HOSTS)[string])(server.url, 'widget.js'))
  await page.goto(site.url)
  expect(await page.evaluate(() => JSON.stringify({ a: [1] }))).toBe('{"a":"[1]"}')
  await site.close()
})

test('a page that breaks its own policy is noticed', async ({ page }) => {
  const site = await HostServer.serve({
    html: '<p style="color: red">Hello</p>',
    headers: { 'content-security-policy': "style-src 'none'" },
  })
  const complaints = await complaintsOf(page)
  await page.goto(site.url)
  await expect.poll(() => complaints.some((complaint) => complaint.startsWith('violation: style-src'))).toBe(true)
  await site.close()
})

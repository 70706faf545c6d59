/** `porchlight/react` and `porchlight/vue` in an app of each, rendered in the browser and by a server that the browser takes over from. */
import type { Page } from '@playwright/test'
import { vouchFor } from '../../src/testing/identity.ts'
import { AnsweringAgent } from '../answering.ts'
import { Visitor } from '../journeys/people.ts'
import { ServerProcess } from '../server.ts'
import { App, FRAMEWORKS, type Framework } from './app.ts'
import { Project } from './project.ts'
import { expect, test as packageTest } from './test.ts'

/** What the app puts on its page for the test. */
interface Shop {
  show(mounts: readonly object[]): void
  readonly heard: string[]
}

const test = packageTest.extend<object, { server: ServerProcess; apps: (framework: Framework) => Promise<App> }>({
  server: [
    async ({ browserName: _ }, use) => {
      const server = await ServerProcess.start()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  apps: [
    async ({ tarball }, use) => {
      const projects: Project[] = []
      const made = new Map<Framework, Promise<App>>()
      const make = async (framework: Framework) => {
        const project = await Project.withPackage(tarball)
        projects.push(project)
        return App.in(project, framework)
      }
      await use((framework) => {
        const app = made.get(framework) ?? make(framework)
        made.set(framework, app)
        return app
      })
      for (const project of projects) await project.remove()
    },
    { scope: 'worker' },
  ],
})

/** Everything the page complains about, its framework's warnings included. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => void (/error|warning/.test(message.type()) && complaints.push(message.text())))
  return complaints
}

function watched(page: Page, what: 'websocket' | 'request'): string[] {
  const seen: string[] = []
  if (what === 'websocket') page.on('websocket', (socket) => seen.push(socket.url()))
  else page.on('request', (request) => seen.push(new URL(request.url()).pathname))
  return seen
}

const show = (page: Page, mounts: readonly object[]) => page.evaluate((mounts) => (globalThis as unknown as Shop).show(mounts), mounts)
const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as Shop).heard)
const element = (page: Page) => page.locator('porchlight-chat')
const state = (page: Page) => page.locator('#state')
const propsOf = ({ url }: ServerProcess, more: object = {}) => ({ key: 'a', server: url, license: 1, clientId: 'demo', ...more })

for (const framework of FRAMEWORKS) {
  for (const rendering of ['client', 'server'] as const) {
    test.describe(`${framework}, rendered by the ${rendering}`, () => {
      test('opens, sends, receives; the app shows state and unread; one widget, one socket', async ({ page, server, apps }) => {
        const site = await (await apps(framework)).serve([propsOf(server)], rendering)
        const [complaints, sockets] = [complaintsOf(page), watched(page, 'websocket')]
        const visitor = new Visitor(page)
        await page.goto(site.url)
        await expect(state(page)).toHaveText('closed')
        await page.getByRole('button', { name: 'Help' }).click()
        await expect(state(page)).toHaveText('open')
        const text = `From ${framework} by the ${rendering}`
        await visitor.say(text)
        const agent = await AnsweringAgent.signIn(server)
        await expect.poll(() => agent.chatSaying(text)).not.toBeNull()
        const chat = (await agent.chatSaying(text)) ?? ''
        await agent.say(chat, 'An answer')
        await expect(visitor.log).toContainText('An answer')
        await page.getByRole('button', { name: 'Close chat' }).click()
        await expect(state(page)).toHaveText('closed')
        await agent.say(chat, 'And another')
        await expect(page.locator('#unread')).toHaveText('1')
        const told = await heard(page)
        expect([told.filter((what) => !what.startsWith('unread')), told.at(-1)]).toEqual([['open', 'close'], 'unread 1'])
        await expect(element(page)).toHaveCount(1)
        expect([complaints, sockets.length]).toEqual([[], 1])
        await site.close()
      })

      test('what changes is told; what goes leaves nothing; what comes back is there', async ({ page, server, apps }) => {
        const site = await (await apps(framework)).serve([propsOf(server, { theme: 'dark' })], rendering)
        const [complaints, requests] = [complaintsOf(page), watched(page, 'request')]
        await page.goto(site.url)
        await expect(element(page)).toHaveAttribute('data-theme', 'dark')
        await show(page, [propsOf(server, { theme: 'light', words: { openChat: 'Ask us' } })])
        await expect(element(page)).toHaveAttribute('data-theme', 'light')
        await expect(page.getByRole('button', { name: 'Ask us' })).toBeVisible()
        await show(page, [propsOf(server)])
        await expect(element(page)).toHaveAttribute('data-theme', 'auto')
        await show(page, [])
        await expect(element(page)).toHaveCount(0)
        await expect(state(page)).toHaveText('destroyed')
        await show(page, [propsOf(server)])
        await expect(element(page)).toHaveCount(1)
        await expect(state(page)).toHaveText('closed')
        expect(complaints).toEqual([])
        expect(requests.filter((path) => path.endsWith('.js'))).toContain('/widget.js')
        await expect(page.locator('script[src$="/widget.js"]')).toHaveCount(1)
        await site.close()
      })

      test('inline, in an element of its own', async ({ page, server, apps }) => {
        const site = await (await apps(framework)).serve([propsOf(server, { inline: true })], rendering)
        const complaints = complaintsOf(page)
        await page.goto(site.url)
        await expect(page.locator('#root porchlight-chat')).toHaveCount(1)
        await expect(new Visitor(page).box).toBeVisible()
        await expect(state(page)).toHaveText('open')
        await show(page, [propsOf(server)])
        await expect(page.locator('body > porchlight-chat')).toHaveCount(1)
        await expect(element(page)).toHaveCount(1)
        expect(complaints).toEqual([])
        await site.close()
      })
    })
  }

  test(`${framework}: mounted twice it is one, until the last has gone`, async ({ page, server, apps }) => {
    const [layout, inner] = [propsOf(server, { brand: '#0a6b5d' }), propsOf(server, { key: 'b', theme: 'dark' })]
    const site = await (await apps(framework)).serve([layout, inner], 'client')
    await page.goto(site.url)
    await expect(element(page)).toHaveCount(1)
    await expect(element(page)).toHaveAttribute('data-theme', 'dark')
    const one = await element(page).elementHandle()
    await show(page, [layout])
    await expect(element(page)).toHaveAttribute('data-theme', 'auto')
    await show(page, [inner])
    await expect(element(page)).toHaveAttribute('data-theme', 'dark')
    await show(page, [propsOf(server, { key: 'c', theme: 'light' })])
    await expect(element(page)).toHaveAttribute('data-theme', 'light')
    expect(await one?.evaluate((host) => host.isConnected)).toBe(false)
    await show(page, [])
    await expect(element(page)).toHaveCount(0)
    await site.close()
  })

  test(`${framework}: another project waits until the first has gone, unless it has a name of its own`, async ({ page, server, apps }) => {
    await server.command('client', 'create', `other-${framework}`, '--license', '1', '--origin', 'http://localhost')
    const other = propsOf(server, { key: 'b', clientId: `other-${framework}` })
    const site = await (await apps(framework)).serve([propsOf(server), other], 'client')
    const complaints = complaintsOf(page)
    await page.goto(site.url)
    await expect(element(page)).toHaveCount(1)
    await expect.poll(() => complaints).toContain('Porchlight: Porchlight is another chat already; a second one needs a `global`')
    await show(page, [propsOf(server), { ...other, global: 'Sales' }])
    await expect(element(page)).toHaveCount(2)
    await show(page, [{ ...other, global: 'Sales' }])
    await expect(element(page)).toHaveCount(1)
    expect(await page.evaluate(() => (globalThis as unknown as { Sales: { state: string } }).Sales.state)).toBe('closed')
    await site.close()
  })

  test(`${framework}: a token says who the visitor is, and no token that they have left`, async ({ page, server, apps }) => {
    const { secret } = await server.command<{ secret: string }>('key', 'create', '--identity')
    const [ann, bob] = ['ann', 'bob'].map((user) => vouchFor(secret, `${user}-${framework}`, Date.now()))
    const site = await (await apps(framework)).serve([propsOf(server, { token: ann, open: true })], 'client')
    const visitor = new Visitor(page)
    await page.goto(site.url)
    await visitor.say('From Ann')
    await expect(visitor.log).toContainText('From Ann')
    await show(page, [propsOf(server, { token: bob, open: true })])
    await expect(visitor.log).not.toContainText('From Ann')
    await visitor.say('From Bob')
    await expect(visitor.log).toContainText('From Bob')
    await show(page, [propsOf(server, { token: null, open: true })])
    await expect(visitor.log).not.toContainText('From Bob')
    await show(page, [propsOf(server, { token: ann, open: true })])
    await expect(visitor.log).toContainText('From Ann')
    await show(page, [propsOf(server, { token: 'not.a.token', open: true })])
    await expect.poll(() => heard(page)).toContainEqual(expect.stringContaining('token'))
    await site.close()
  })

  test(`${framework}: a loader fetches nothing before the visitor acts, and goes as it came`, async ({ page, server, apps }) => {
    const first = propsOf(server, { loader: true, theme: 'dark', words: { openChat: 'Ask us' } })
    const site = await (await apps(framework)).serve([first], 'client')
    const [complaints, requests] = [complaintsOf(page), watched(page, 'request')]
    await page.goto(site.url)
    await expect(page.getByRole('button', { name: 'Open chat' })).toBeVisible()
    await expect(element(page)).toHaveAttribute('data-theme', 'dark')
    await show(page, [])
    await expect(element(page)).toHaveCount(0)
    await show(page, [first])
    await expect(page.getByRole('button', { name: 'Open chat' })).toBeVisible()
    expect(requests).not.toContain('/widget.js')
    await expect(state(page)).toHaveText('waiting')
    await page.getByRole('button', { name: 'Open chat' }).click()
    await expect(new Visitor(page).box).toBeVisible()
    await expect(state(page)).toHaveText('open')
    await page.getByRole('button', { name: 'Close chat' }).click()
    await expect(page.getByRole('button', { name: 'Ask us' })).toBeVisible()
    expect(await heard(page)).toEqual(['open', 'close'])
    await show(page, [])
    await expect(element(page)).toHaveCount(0)
    expect(complaints).toEqual([])
    await site.close()
  })
}

/** The SDK in an app: the tokens and the chats are real, only the screen and the web view's frame are not. */
import { Component, createElement, type ReactElement } from 'react'
import { create } from 'react-test-renderer'
import type { AsyncStorage, CustomerSDK, NativeConfig } from '../../src/native/index.ts'
import { vouchFor } from '../../src/testing/identity.ts'
import { AnsweringAgent } from '../answering.ts'
import { ServerProcess } from '../server.ts'
import { Phone } from './phone.ts'
import { expect, test as packageTest } from './test.ts'

const REDIRECT = 'lantern://chat'

const test = packageTest.extend<{ phone: Phone }, { server: ServerProcess }>({
  server: [
    async ({ browserName: _ }, use) => {
      const server = await ServerProcess.start()
      for (const id of ['app', 'other'])
        await server.command('client', 'create', id, '--license', '1', '--kind', 'native', '--redirect-uri', REDIRECT)
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  phone: async ({ context, project }, use) => use(await Phone.with(context, project)),
})

const configOf = (server: ServerProcess, more: Partial<NativeConfig> = {}): NativeConfig => ({
  license: 1,
  clientId: 'app',
  server: server.url,
  redirectUri: REDIRECT,
  ...more,
})

const next = (sdk: CustomerSDK, name: 'connected' | 'new_event') => new Promise((resolve) => sdk.on(name, resolve))
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fulfilled',
    ({ code }: { code: string }) => code,
  )

test('mount AuthWebView, init, done: a chat with an agent', async ({ phone, server }) => {
  const { AuthWebView, init } = await phone.open()
  const sdks: CustomerSDK[] = []
  class App extends Component {
    override componentDidMount() {
      sdks.push(init(configOf(server)))
    }
    override render(): ReactElement {
      return createElement('View', null, createElement(AuthWebView))
    }
  }
  const app = create(createElement(App))
  await expect.poll(() => sdks.length).toBe(1)
  const [sdk] = sdks as [CustomerSDK]
  await next(sdk, 'connected')
  const { id } = await sdk.startChat({ events: [{ type: 'message', text: 'Hello from the app' }] })
  const agent = await AnsweringAgent.signIn(server)
  expect(await agent.chatSaying('Hello from the app')).toBe(id)
  const answered = next(sdk, 'new_event')
  await agent.say(id, 'Hello, app')
  expect(await answered).toMatchObject({ chat: id, event: { text: 'Hello, app' } })
  expect([phone.opened.length, phone.refused, phone.complaints]).toEqual([1, [], []])
  sdk.destroy()
  app.unmount()
})

test('the page remembers the customer, whatever the app forgets', async ({ phone, server }) => {
  const { AuthWebView, init } = await phone.open()
  const app = create(createElement(AuthWebView))
  const customers: string[] = []
  for (let time = 0; time < 2; time++) {
    const sdk = init(configOf(server))
    customers.push((await sdk.auth.getToken()).entityId)
    sdk.destroy()
  }
  expect(customers[0]).toBe(customers[1])
  expect(phone.opened).toHaveLength(2)
  app.unmount()
})

test('several instances and several views: everyone gets their own, and nothing is asked twice', async ({ phone, server }) => {
  const { AuthWebView, init } = await phone.open()
  const sdks = [init(configOf(server)), init(configOf(server, { clientId: 'other' })), init(configOf(server))]
  const apps = [
    create(createElement(AuthWebView)),
    create(createElement('View', null, createElement(AuthWebView), createElement(AuthWebView))),
  ]
  const [one, other, again] = await Promise.all(sdks.map(async (sdk) => (await sdk.auth.getToken()).entityId))
  expect(one).toBe(again)
  expect(one).not.toBe(other)
  expect(phone.opened).toHaveLength(3)
  for (const sdk of sdks) sdk.destroy()
  for (const app of apps) app.unmount()
})

test('a view that comes late finds what waits, and one takes over from another', async ({ phone, server }) => {
  const { AuthWebView, init } = await phone.open()
  const sdk = init(configOf(server))
  const connected = next(sdk, 'connected')
  const first = create(createElement(AuthWebView))
  await expect.poll(() => phone.opened.length).toBe(1)
  first.unmount()
  const second = create(createElement(AuthWebView))
  await connected
  sdk.destroy()
  second.unmount()
})

test('logs out: whoever comes next is a stranger, who sees nothing of the one before', async ({ phone, server }) => {
  const { AuthWebView, init } = await phone.open()
  const app = create(createElement(AuthWebView))
  const sdk = init(configOf(server))
  await next(sdk, 'connected')
  const before = (await sdk.auth.getToken()).entityId
  await sdk.startChat({ events: [{ type: 'message', text: 'of the one before' }] })
  const connected = next(sdk, 'connected')
  await sdk.logout()
  expect(await connected).toEqual({ chatsSummary: [], totalChats: 0 })
  const stranger = (await sdk.auth.getToken()).entityId
  expect(stranger).not.toBe(before)
  sdk.destroy()
  const later = init(configOf(server))
  expect((await later.auth.getToken()).entityId).toBe(stranger)
  later.destroy()
  app.unmount()
  expect(phone.complaints).toEqual([])
})

test('identifies its customer, by `identify` and by `getToken`, and says what is wrong with a token', async ({ phone, server }) => {
  const { AuthWebView, init } = await phone.open()
  const { secret } = await server.command<{ secret: string }>('key', 'create', '--identity')
  const app = create(createElement(AuthWebView))
  const sdk = init(configOf(server))
  const anonymous = (await sdk.auth.getToken()).entityId
  await sdk.identify(vouchFor(secret, 'ann', Date.now()))
  expect((await sdk.auth.getToken()).entityId).toBe(anonymous)
  await sdk.identify(vouchFor(secret, 'bob', Date.now()))
  const bob = (await sdk.auth.getToken()).entityId
  expect(bob).not.toBe(anonymous)
  expect(await codeOf(sdk.identify('not.a.token'))).toBe('AUTHENTICATION')
  sdk.destroy()
  const hosted = init(configOf(server, { getToken: () => vouchFor(secret, 'ann', Date.now()) }))
  expect((await hosted.auth.getToken()).entityId).toBe(anonymous)
  hosted.destroy()
  app.unmount()
})

test('a redirect address that is not registered: refused for good, and nobody is sent there', async ({ phone, server }) => {
  const { AuthWebView, init } = await phone.open()
  const app = create(createElement(AuthWebView))
  for (const redirectUri of ['lantern://chat/', 'https://evil.test/?lantern://chat', 'javascript:alert(1)']) {
    const sdk = init(configOf(server, { redirectUri }))
    expect(await codeOf(sdk.auth.getToken())).toBe('ORIGIN_NOT_ALLOWED')
    sdk.destroy()
  }
  expect(phone.refused).toEqual([])
  app.unmount()
})

test('without a redirect address no web view is opened, and the app’s own storage remembers', async ({ phone, server }) => {
  const { init } = await phone.open()
  const kept = new Map<string, string>()
  const AsyncStorage: AsyncStorage = {
    getItem: async (key) => kept.get(key) ?? null,
    setItem: async (key, value) => void kept.set(key, value),
    removeItem: async (key) => void kept.delete(key),
  }
  const { redirectUri: _, ...config } = configOf(server, { AsyncStorage })
  const customers: string[] = []
  for (let time = 0; time < 2; time++) {
    const sdk = init(config)
    await next(sdk, 'connected')
    customers.push((await sdk.auth.getToken()).entityId)
    sdk.destroy()
  }
  expect(customers[0]).toBe(customers[1])
  expect(phone.opened).toEqual([])
})

test('opened by anything but an app the page asks for nothing', async ({ page, server }) => {
  const asked: string[] = []
  page.on('request', (request) => request.method() === 'POST' && asked.push(request.url()))
  await page.goto(`${server.url}/native/?license=1&client_id=app&redirect_uri=${encodeURIComponent(REDIRECT)}`)
  await expect(page.getByText('There is nothing to do here.')).toBeVisible()
  await page.waitForTimeout(500)
  expect(asked).toEqual([])
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([])
})

test('is extended by porchlight/rich, for chats among users', async ({ phone, server }) => {
  const { init } = await phone.open()
  const { rich } = await phone.openRich()
  const { secret } = await server.command<{ secret: string }>('key', 'create', '--identity', '--license', '1')
  const apps = ['ann', 'ben'].map((user) => {
    const { redirectUri: _, ...config } = configOf(server, { getToken: () => vouchFor(secret, user, Date.now()) })
    return rich(init(config))
  })
  const [ann, ben] = apps as [(typeof apps)[number], (typeof apps)[number]]
  await Promise.all(apps.map((app) => new Promise((resolve) => app.on('connected', resolve))))
  const { id } = await ann.createChat({ users: ['ben'], kind: 'direct' })
  const heard = new Promise<{ event: { id: string } }>((resolve) => ben.chat(id).on('new_event', resolve))
  await ann.sendMessage(id, { text: 'Hello' })
  const { event } = await heard
  expect(await ben.addReaction(id, event.id, '🎉')).toMatchObject([{ emoji: '🎉' }])
  expect(Object.keys(await ann.getPresence(id))).toHaveLength(2)
  for (const app of apps) app.destroy()
})

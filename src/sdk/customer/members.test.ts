/** The SDK as a whole: how it is made, how it leaves, and that nothing works after its end. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { version } from '../../server/version.ts'
import { codeOf, openShop, type Shop } from '../../testing/shop.ts'
import * as door from './index.ts'
import type { Config } from './types.ts'

let shop: Shop

beforeEach(async () => {
  shop = await openShop('members')
})
afterEach(() => shop.close())

describe('init', () => {
  it('stands at the door by name, as the default, and as the script tag’s global', () => {
    expect(door.CustomerSDK.init).toBe(door.init)
    expect(door.default.init).toBe(door.init)
  })

  it('says which release it is of', () => {
    expect(door.version).toBe(version)
    expect(door.CustomerSDK.version).toBe(door.version)
  })

  const good = { license: 1, clientId: 'demo', server: 'http://chat.test', autoConnect: false }

  it.each([
    ['license', undefined, 0, -1, 1.5, '', 'one', '01', null],
    ['clientId', undefined, '', 7, null],
    ['server', undefined, '', 'nope', 'chat.test', 'localhost:4600', '/chat', 'ftp://chat.test', 'http://', 'https://chat.test?a=b', 7],
  ])('names %s when it is missing or wrong', (field, ...values) => {
    for (const value of values) {
      const init = () => door.init({ ...good, [field]: value } as Config)
      expect(init, `${field}: ${value}`).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGS', reason: `${field} is missing or wrong`, message: expect.stringContaining(field) }),
      )
    }
  })

  it('needs a config', () => {
    for (const nothing of [undefined, null]) {
      expect(() => door.init(nothing as unknown as Config)).toThrow(expect.objectContaining({ code: 'INVALID_ARGS' }))
    }
  })

  it.each([
    { license: '7' },
    { server: 'https://chat.test/' },
    { server: 'http://[::1]:4600/chat' },
    { redirectUri: 'app://home', storage: 'durable', page: { url: 'https://shop.test' } },
  ] satisfies Partial<Config>[])('takes %o', (config) => {
    door.init({ ...good, storage: 'memory', ...config }).destroy()
  })

  it('connects, unless told otherwise', async () => {
    await shop.visit(undefined, { autoConnect: false })
    expect(shop.network.opened).toHaveLength(0)
    await shop.visit()
    expect(shop.network.opened).toHaveLength(1)
  })

  it('says in the address which front end of which organization it is, and tells the page', async () => {
    await shop.visit(undefined, { page: { url: 'https://shop.test/shoes', title: 'Shoes' } })
    expect(shop.network.opened[0]?.handshake).toMatchObject({ side: 'customer', license: '1', client_id: 'demo' })
    const agent = await shop.agent()
    const { sdk } = await shop.visit(undefined, { page: { url: 'https://shop.test/hats' }, server: 'http://chat.test/' })
    const { entityId } = await sdk.auth.getToken()
    expect(await agent.ask('get_customer', { id: entityId })).toMatchObject({ customer: { page: { url: 'https://shop.test/hats' } } })
  })

  it('makes two that know nothing of one another, on one page too', async () => {
    const tab = shop.device().open()
    const [one, two] = [await shop.visit(tab), await shop.visit(tab)]
    one.sdk.destroy()
    const { id } = await two.sdk.startChat()
    expect(await two.sdk.sendMessage(id, { text: 'still here' })).toMatchObject({ text: 'still here' })
  })
})

describe('once', () => {
  it('hears once, and not at all once it was stopped', async () => {
    const { sdk } = await shop.visit(undefined, { autoConnect: false })
    const heard: unknown[] = []
    sdk.once('customer_id', (id) => heard.push(id))
    sdk.once('*', (...all) => heard.push(all))
    sdk.once('connected', () => heard.push('never'))()
    sdk.connect()
    await shop.settle()
    sdk.disconnect()
    sdk.connect()
    await shop.settle()
    const { entityId } = await sdk.auth.getToken()
    expect(heard).toEqual([entityId, ['customer_id', entityId]])
  })
})

describe('the settings of the connection', () => {
  it('say how often and when it is tried again, and connect begins anew', async () => {
    const device = shop.device()
    device.goOffline()
    const patience = { maxRetries: 2, baseBackoffMs: 100, maxBackoffMs: 150 }
    const { sdk, told } = await shop.visit(device, patience)
    await shop.clock.advance(260)
    expect(told.of('disconnected')).toEqual(['connection_lost'])
    await shop.clock.advance(60_000)
    expect(told.of('disconnected')).toHaveLength(1)
    device.goOnline()
    await shop.clock.advance(60_000)
    expect(await codeOf(sdk.getChatsSummary())).toBe('CONNECTION_LOST')
    sdk.connect()
    await shop.settle()
    expect(await sdk.getChatsSummary()).toMatchObject({ totalChats: 0 })
  })

  it('say where the socket is', async () => {
    await shop.visit(undefined, { wsUrl: 'ws://sockets.test/v1/customer/rtm' })
    expect(shop.network.opened.at(-1)?.handshake).toMatchObject({ host: 'sockets.test', license: '1', client_id: 'demo' })
  })

  it('say where the socket is of their own server only', async () => {
    const { sdk } = await shop.visit(undefined, { wsUrl: 'ws://sockets.test/v1/customer/rtm' })
    await sdk.setBaseUrl('http://other.test')
    await shop.settle()
    expect(shop.network.opened.at(-1)?.handshake).toMatchObject({ host: 'other.test' })
  })

  it('put another fetch in the place of the platform’s', async () => {
    const asked: unknown[] = []
    const fetch = async (url: string, { method }: { method: string }) => {
      asked.push([method, url])
      return { status: 200, text: async () => JSON.stringify({ error: { type: 'license_not_found', message: 'unable to go on' } }) }
    }
    const sdk = door.init({ license: 1, clientId: 'demo', server: 'http://chat.test', storage: 'memory', autoConnect: false, fetch })
    await sdk.auth.getToken().catch(() => {})
    sdk.destroy()
    expect(asked).toEqual([['POST', 'http://chat.test/v1/customer/token?license=1&client_id=demo']])
  })
})

describe('disconnect', () => {
  it('closes the socket, and connect opens another', async () => {
    const { sdk, told } = await shop.visit()
    sdk.disconnect()
    await shop.clock.advance(60_000)
    expect(shop.network.lines).toHaveLength(0)
    expect(await codeOf(sdk.getChatsSummary())).toBe('NO_CONNECTION')
    sdk.connect()
    await shop.settle()
    expect(await sdk.getChatsSummary()).toMatchObject({ totalChats: 0 })
    expect(told.of('connection_restored')).toHaveLength(1)
  })
})

describe('destroy', () => {
  it('rejects every call, from then on and under way', async () => {
    const { sdk, tab } = await shop.visit()
    const { id } = await sdk.startChat()
    const history = sdk.getChatHistory(id)
    tab.lines.at(-1)?.down.hold()
    const underWay = codeOf(sdk.sendMessage(id, { text: 'under way' }))
    sdk.destroy()
    const calls = {
      auth: sdk.auth.getToken(),
      startChat: sdk.startChat(),
      sendMessage: sdk.sendMessage(id, { text: 'a' }),
      sendEvent: sdk.sendEvent(id, { type: 'custom' }),
      closeThread: sdk.closeThread(id),
      getChatsSummary: sdk.getChatsSummary(),
      getChatHistory: history.next(),
      iteration: sdk.getChatHistory(id)[Symbol.asyncIterator]().next(),
      getChatThreads: sdk.getChatThreads(id, ['a']),
      getChatThreadsSummary: sdk.getChatThreadsSummary(id),
      updateLastSeenTimestamp: sdk.updateLastSeenTimestamp(id),
      updateChatProperties: sdk.updateChatProperties(id, {}),
      sendRating: sdk.sendRating(id, { value: 'good' }),
      updateCustomer: sdk.updateCustomer({}),
      getCustomer: sdk.getCustomer(),
      getChat: sdk.getChat(id),
      resumeChat: sdk.resumeChat(id),
      underWay: underWay.then((code) => Promise.reject({ code })),
    }
    const codes = Object.entries(calls).map(async ([name, call]) => [name, await codeOf(call)])
    expect(await Promise.all(codes)).toEqual(Object.keys(calls).map((name) => [name, 'SDK_DESTROYED']))
  })

  it('tells nothing more, frees everything, and may be called again', async () => {
    const { sdk, told, tab } = await shop.visit()
    const { id } = await sdk.startChat()
    sdk.setSneakPeek(id, 'wh')
    await shop.settle()
    const before = told.all.length
    sdk.destroy()
    sdk.destroy()
    sdk.setSneakPeek(id, 'what')
    sdk.connect()
    sdk.disconnect()
    expect(await codeOf(sdk.retry('any'))).toBe('SDK_DESTROYED')
    sdk.discard('any')
    tab.wake()
    await shop.clock.advance(60 * 60_000)
    expect([told.all.length, shop.network.lines.length, shop.network.opened.length]).toEqual([before, 0, 1])
  })
})

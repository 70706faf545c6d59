/** Who the customer of an app is, through the page that keeps it: everything but the web view's frame is real. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Config, CustomerSDK } from '../sdk/customer/index.ts'
import { createMembers } from '../sdk/customer/members.ts'
import * as more from '../sdk/customer/more.ts'
import { memoryStorage } from '../sdk/kit/storage.ts'
import type { Device } from '../testing/environment.ts'
import { codeOf, openShop, type Shop, type Told, tellsOf } from '../testing/shop.ts'
import { createView, type Errand } from './errands.ts'
import { createKeeper } from './keeper.ts'
import { relayed } from './relay.ts'

const CONFIG = { server: 'http://chat.test', license: 1, clientId: 'demo', redirectUri: 'lantern://chat' }
const ADDRESS = 'http://chat.test/v1/customer/token?license=1&client_id=demo'

let shop: Shop
let phone: Device
/** What the web view's pages keep. */
let web: Device
/** Every page that was opened, by what it was asked. */
let opened: Errand['asked'][]
let stop: () => void

/** A mounted `AuthWebView`: a page for every errand, which ends with it. */
function mount(): () => void {
  const view = createView()
  return view.watch(() => {
    for (const { asked, settle, fail } of view.errands()) {
      if (opened.includes(asked)) continue
      opened.push(asked)
      const tab = web.open()
      createKeeper(
        tab.environment,
        ADDRESS,
      )(asked)
        .then(
          (body) => settle({ id: asked.id, status: 200, body: JSON.stringify(body) }),
          ({ body }) => (body ? settle({ id: asked.id, status: 400, body: JSON.stringify({ error: body }) }) : fail()),
        )
        .finally(() => tab.kill())
    }
  })
}

beforeEach(async () => {
  shop = await openShop('keeper')
  phone = shop.device()
  web = shop.device()
  opened = []
  stop = mount()
})
afterEach(async () => {
  for (const { sdk } of apps.splice(0)) sdk.destroy()
  await shop.settle()
  stop()
  await shop.close()
})

interface App {
  readonly sdk: CustomerSDK
  readonly told: Told
  kill(): void
  id(): Promise<string>
}
const apps: App[] = []

/** An app that was just started; `forgetful` is one without AsyncStorage. */
async function start(config: Partial<Config> = {}, forgetful = false): Promise<App> {
  const tab = phone.open()
  const outside = forgetful ? { ...tab.environment, storage: memoryStorage() } : tab.environment
  const whole = { ...CONFIG, ...config }
  const sdk = createMembers(whole, relayed(outside, whole), async () => more)
  const app: App = {
    sdk,
    told: tellsOf(sdk),
    kill: () => {
      sdk.destroy()
      tab.kill()
    },
    id: async () => (await sdk.auth.getToken()).entityId,
  }
  apps.push(app)
  await shop.settle()
  return app
}

const externalId = async (id: string) => {
  const agent = await shop.agent()
  return (await agent.ask('get_customer', { id })).customer.external_id
}

describe.each([
  ['with a storage', false],
  ['without a storage', true],
])('an app %s', (_, forgetful) => {
  it('is the same customer after a restart, and after a token that was refused', async () => {
    const first = await start({}, forgetful)
    const id = await first.id()
    await first.sdk.auth.getFreshToken()
    expect(await first.id()).toBe(id)
    first.kill()
    expect(await (await start({}, forgetful)).id()).toBe(id)
  })

  it('identifies its customer, who stays who they are', async () => {
    const app = await start({}, forgetful)
    const id = await app.id()
    await app.sdk.identify(shop.vouch('ann'))
    expect([await app.id(), await externalId(id)]).toEqual([id, 'ann'])
    expect(await codeOf(app.sdk.identify(`${shop.vouch('ann')}x`))).toBe('AUTHENTICATION')
    app.kill()
    expect(await (await start({}, forgetful)).id()).toBe(id)
  })

  it('identifies another, and then nobody else is left behind', async () => {
    const app = await start({}, forgetful)
    await app.sdk.identify(shop.vouch('ann'))
    const ann = await app.id()
    await app.sdk.startChat({ events: [{ type: 'message', text: 'of Ann' }] })
    await app.sdk.identify(shop.vouch('bob'))
    const bob = await app.id()
    expect([bob !== ann, await externalId(bob)]).toEqual([true, 'bob'])
    await shop.settle()
    expect(app.told.of('connected').at(-1)?.chatsSummary).toEqual([])
    app.kill()
    expect(await (await start({}, forgetful)).id()).toBe(bob)
  })

  it('[IDN7] logs out: whoever comes next is a stranger, also after a restart', async () => {
    const app = await start({}, forgetful)
    await app.sdk.identify(shop.vouch('ann'))
    const ann = await app.id()
    await app.sdk.startChat({ events: [{ type: 'message', text: 'of Ann' }] })
    await app.sdk.logout()
    await shop.settle()
    const stranger = await app.id()
    expect(stranger).not.toBe(ann)
    expect(app.told.of('connected').at(-1)).toEqual({ chatsSummary: [], totalChats: 0 })
    app.kill()
    expect(await (await start({}, forgetful)).id()).toBe(stranger)
  })

  it('asks its host who is signed in, and nobody is when that says so', async () => {
    let user: string | null = 'ann'
    const config = { getToken: async () => user && shop.vouch(user) }
    const app = await start(config, forgetful)
    const ann = await app.id()
    expect(await externalId(ann)).toBe('ann')
    user = 'bob'
    await app.sdk.auth.getFreshToken().catch(() => {})
    const bob = await app.id()
    expect(await externalId(bob)).toBe('bob')
    app.kill()
    user = null
    const next = await start(config, forgetful)
    const stranger = await next.id()
    expect([stranger === bob, stranger === ann, await externalId(stranger)]).toEqual([false, false, undefined])
  })
})

it('[IDN7] a logout counts though no page could be opened and the app ended', async () => {
  const app = await start()
  await app.sdk.identify(shop.vouch('ann'))
  const ann = await app.id()
  for (const device of [phone, web]) device.goOffline()
  const out = app.sdk.logout().catch(() => {})
  await shop.clock.advance(6_000)
  app.kill()
  await out
  for (const device of [phone, web]) device.goOnline()
  expect(await (await start()).id()).not.toBe(ann)
})

it('a logout ends what the page kept, before anybody asks for the next', async () => {
  const app = await start({ autoConnect: false })
  const id = await app.id()
  await app.sdk.logout()
  await shop.settle()
  const kept = web.cupboard.peek(ADDRESS) as { customer_id?: string; refresh_token?: string }
  expect([kept.customer_id, kept.refresh_token]).toEqual([undefined, undefined])
  expect(await app.id()).not.toBe(id)
})

it('nothing that could make a token reaches the app', async () => {
  const app = await start()
  await app.sdk.identify(shop.vouch('ann'))
  const { refresh_token } = web.cupboard.peek(ADDRESS) as { refresh_token: string }
  const held = JSON.stringify(phone.cupboard.keys().map((key) => phone.cupboard.peek(key)))
  expect(refresh_token.length).toBeGreaterThan(20)
  expect(held).not.toContain(refresh_token)
})

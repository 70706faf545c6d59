/** Who the customer is: one token for all who ask, one customer for one device, whatever gets lost. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Tab } from '../../testing/environment.ts'
import { codeOf, openShop, type Shop } from '../../testing/shop.ts'
import type { HttpRequest } from '../kit/environment.ts'

let shop: Shop

beforeEach(async () => {
  shop = await openShop('auth')
})
afterEach(() => shop.close())

interface Grant {
  readonly grant_type: string
  readonly visitor_key?: string
  readonly refresh_token?: string
}

/** Hears what a tab asks for over HTTP, and may lose the answer. */
function watch(tab: Tab): { grants: Grant[]; lose: boolean } {
  const watched = { grants: [] as Grant[], lose: false }
  const { fetch } = tab.environment
  Object.assign(tab.environment, {
    async fetch(request: HttpRequest) {
      watched.grants.push(JSON.parse(request.body ?? '{}') as Grant)
      const response = await fetch(request)
      if (watched.lose) throw new Error('lost on the way')
      return response
    },
  })
  return watched
}

describe('a device', () => {
  it('[IDN2] whose customer has become another has no key to the one before', async () => {
    const device = shop.device()
    const somebody = await shop.visit()
    await somebody.sdk.identify(shop.vouch('user-1'))
    const nobody = await shop.visit(device)
    const { entityId } = await nobody.sdk.auth.getToken()
    nobody.tab.kill()
    const known = await shop.visit(device, { getToken: () => shop.vouch('user-1') })
    await known.sdk.auth.getToken()
    known.tab.kill()
    const key = device.cupboard.keys().find((name) => name.includes('token')) ?? ''
    device.cupboard.leave(key, { ...(device.cupboard.peek(key) as object), refresh_token: 'refused' })
    const next = await shop.visit(device)
    expect((await next.sdk.auth.getToken()).entityId).not.toBe(entityId)
  })
})

describe('a token', () => {
  it('tells whose it is and how long it is good for', async () => {
    const { sdk } = await shop.visit()
    expect(await sdk.auth.getToken()).toMatchObject({
      accessToken: expect.any(String),
      tokenType: 'Bearer',
      expiresIn: 15 * 60_000,
      creationDate: shop.clock.now(),
      entityId: expect.any(String),
    })
  })

  it('is asked for once by all who ask at the same time, the connection too', async () => {
    const tab = shop.device().open()
    const { grants } = watch(tab)
    const { sdk } = await shop.visit(tab, { autoConnect: false })
    expect(grants).toEqual([])
    sdk.connect()
    const tokens = await Promise.all([sdk.auth.getToken(), sdk.auth.getToken(), sdk.auth.getToken()])
    await shop.settle()
    expect(grants).toHaveLength(1)
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1)
    await sdk.auth.getToken()
    expect(grants).toHaveLength(1)
  })

  it('[LIN6] is renewed before it ends, and the link stays', async () => {
    const tab = shop.device().open()
    const { grants } = watch(tab)
    const { sdk, told } = await shop.visit(tab)
    const { accessToken } = await sdk.auth.getToken()
    const opened = shop.network.opened.length
    for (let minutes = 0; minutes < 60; minutes++) await shop.clock.advance(60_000)
    expect((await sdk.auth.getToken()).accessToken).not.toBe(accessToken)
    expect(grants.slice(1).every(({ grant_type }) => grant_type === 'refresh')).toBe(true)
    expect(grants.length).toBeLessThan(7)
    expect([shop.network.opened.length, told.of('connection_lost'), told.of('disconnected')]).toEqual([opened, [], []])
  })

  it('is refused after destroy', async () => {
    const { sdk } = await shop.visit()
    sdk.destroy()
    expect(await codeOf(sdk.auth.getToken())).toBe('SDK_DESTROYED')
  })

  it('of a license that there is not is refused for good', async () => {
    const { sdk, told } = await shop.visit(undefined, { license: 404 })
    expect(await codeOf(sdk.auth.getToken())).toBe('LICENSE_NOT_FOUND')
    expect(told.of('disconnected')).toEqual(['license_not_found'])
    await shop.clock.advance(60 * 60_000)
    expect(told.of('disconnected')).toHaveLength(1)
  })
})

describe('a customer', () => {
  it('[LIN5] is the same on the next page, by a token that lasts', async () => {
    const device = shop.device()
    const first = await shop.visit(device)
    const { entityId } = await first.sdk.auth.getToken()
    first.tab.kill()
    const tab = device.open()
    const { grants } = watch(tab)
    const next = await shop.visit(tab)
    expect((await next.sdk.auth.getToken()).entityId).toBe(entityId)
    expect(grants).toEqual([{ grant_type: 'refresh', refresh_token: expect.any(String) }])
  })

  it('[LIN5] is the same when the answer that made them was lost', async () => {
    const device = shop.device()
    const tab = device.open()
    const watched = watch(tab)
    watched.lose = true
    const { sdk } = await shop.visit(tab)
    expect(watched.grants[0]).toMatchObject({ grant_type: 'anonymous', visitor_key: expect.stringMatching(/^[0-9a-f]{32}$/) })
    tab.kill()
    const next = device.open()
    const { grants } = watch(next)
    const visit = await shop.visit(next)
    expect(grants).toEqual([watched.grants[0]])
    // Whoever has the key is the customer that the lost answer spoke of.
    const key = grants[0]?.visitor_key ?? ''
    expect((await shop.token(key)).customer_id).toBe((await visit.sdk.auth.getToken()).entityId)
    sdk.destroy()
  })

  it('[LIN5] is the same in two tabs that open at once', async () => {
    const device = shop.device()
    const [one, two] = await Promise.all([shop.visit(device), shop.visit(device)])
    expect((await one.sdk.auth.getToken()).entityId).toBe((await two.sdk.auth.getToken()).entityId)
    expect(one.told.of('customer_id')).toEqual(two.told.of('customer_id'))
  })

  it('is another on another device', async () => {
    const [one, two] = [await shop.visit(), await shop.visit()]
    expect((await one.sdk.auth.getToken()).entityId).not.toBe((await two.sdk.auth.getToken()).entityId)
  })

  it('comes back by the key when the token that lasts is refused', async () => {
    const device = shop.device()
    const first = await shop.visit(device)
    const { entityId } = await first.sdk.auth.getToken()
    first.tab.kill()
    for (const key of device.cupboard.keys()) {
      const kept = device.cupboard.peek(key)
      if (typeof kept === 'object' && kept !== null && 'refresh_token' in kept)
        device.cupboard.leave(key, { ...kept, refresh_token: 'forged' })
    }
    const tab = device.open()
    const { grants } = watch(tab)
    const next = await shop.visit(tab)
    expect((await next.sdk.auth.getToken()).entityId).toBe(entityId)
    expect(grants.map(({ grant_type }) => grant_type)).toEqual(['refresh', 'anonymous'])
  })
})

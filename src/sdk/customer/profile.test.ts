/** What customers say of themselves: by calls, by the provider before each login, and by the page they are on. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Peer } from '../../testing/gateway.ts'
import { codeOf, openShop, type Shop } from '../../testing/shop.ts'

let shop: Shop
let agent: Peer

beforeEach(async () => {
  shop = await openShop('profile')
  agent = await shop.agent()
})
afterEach(() => shop.close())

const known = async (id: string) => (await agent.ask('get_customer', { id })).customer

describe('a customer', () => {
  it('says who they are; fields are merged, or set anew', async () => {
    const { sdk, told } = await shop.visit()
    await sdk.startChat()
    expect(await sdk.updateCustomer({ name: 'John Doe', email: 'john@home.test', fields: { basket: '10 USD' } })).toEqual({ success: true })
    await sdk.updateCustomer({ fields: { plan: 'pro' } })
    const john = { name: 'John Doe', email: 'john@home.test' }
    expect(await sdk.getCustomer()).toMatchObject({ ...john, type: 'customer', fields: { basket: '10 USD', plan: 'pro' } })
    expect(await sdk.setCustomerSessionFields({ plan: 'free' })).toEqual({ success: true })
    const { entityId } = await sdk.auth.getToken()
    expect(await known(entityId)).toMatchObject({ ...john, session_fields: [{ plan: 'free' }] })
    await shop.settle()
    expect(told.of('user_data').at(-1)).toMatchObject({ id: entityId, ...john, fields: { plan: 'free' } })
  })

  it('is let in wherever they are: addresses and titles that are too long are cut', async () => {
    const long = `https://shop.test/?${'a'.repeat(5_000)}`
    const { sdk, told } = await shop.visit(undefined, { page: { url: long, title: 't'.repeat(600) }, referrer: long })
    expect(told.of('connected')).toHaveLength(1)
    const { entityId } = await sdk.auth.getToken()
    const cut = long.slice(0, 2_048)
    expect(await known(entityId)).toMatchObject({ page: { url: cut, title: 't'.repeat(512) }, referrer: cut })
    const other = long.replace('shop', 'other')
    expect(await sdk.updateCustomerPage({ url: other })).toEqual({ success: true })
    expect(await known(entityId)).toMatchObject({ page: { url: other.slice(0, 2_048) } })
  })

  it('is let in without their details when the page fails to say them, which it hears of', async () => {
    const heard: unknown[] = []
    const listen = (error: unknown) => heard.push(error)
    const mistake = new Error('a mistake of the page')
    const before = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', listen)
    const { told } = await shop.visit(undefined, {
      customerDataProvider: () => {
        throw mistake
      },
    })
    process.off('uncaughtException', listen)
    for (const listener of before) process.on('uncaughtException', listener)
    expect(told.of('connected')).toHaveLength(1)
    expect(heard).toEqual([mistake])
  })

  it('is asked for as the config’s own, and what it says may be wrong: that keeps nobody from chatting either', async () => {
    const config = {
      who: 'Ann',
      customerDataProvider() {
        return { name: this.who }
      },
    }
    const { sdk } = await shop.visit(undefined, config)
    expect((await sdk.getCustomer()).name).toBe('Ann')
  })

  it('has 100 fields at most, and nobody is asked', async () => {
    const { sdk } = await shop.visit()
    const fields = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`f${at}`, 'x']))
    expect(await codeOf(sdk.updateCustomer({ fields }))).toBe('INVALID_ARGS')
    expect(await codeOf(sdk.setCustomerSessionFields(fields))).toBe('INVALID_ARGS')
  })

  it('is told of by the provider before each login', async () => {
    let logins = 0
    const customerDataProvider = async () => ({ name: `Ann ${++logins}`, fields: { logins: `${logins}` } })
    const { sdk } = await shop.visit(undefined, { customerDataProvider })
    expect(await sdk.getCustomer()).toMatchObject({ name: 'Ann 1', fields: { logins: '1' } })
    sdk.disconnect()
    sdk.connect()
    await shop.settle()
    expect(await sdk.getCustomer()).toMatchObject({ name: 'Ann 2', fields: { logins: '2' } })
  })
})

describe('the page', () => {
  const page = { url: 'https://shop.test/hats', title: 'Hats' }

  it('and the referrer are told by the login, and a new page at once', async () => {
    const { sdk } = await shop.visit(undefined, { page, referrer: 'https://search.test/?q=hats' })
    const { entityId } = await sdk.auth.getToken()
    expect(await known(entityId)).toMatchObject({ page, referrer: 'https://search.test/?q=hats' })
    expect(await sdk.updateCustomerPage({ url: 'https://shop.test/shoes' })).toEqual({ success: true })
    expect((await known(entityId)).page).toEqual({ url: 'https://shop.test/shoes' })
  })

  it('is remembered while there is no connection, and told by the next login', async () => {
    const { sdk } = await shop.visit()
    const { entityId } = await sdk.auth.getToken()
    sdk.disconnect()
    expect(await sdk.updateCustomerPage(page)).toEqual({ success: true })
    sdk.connect()
    await shop.settle()
    expect((await known(entityId)).page).toEqual(page)
  })

  it('needs an address', async () => {
    const { sdk } = await shop.visit()
    expect(await codeOf(sdk.updateCustomerPage({ title: 'Hats' } as never))).toBe('INVALID_ARGS')
  })
})

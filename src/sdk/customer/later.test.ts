/** Members of the other module: loaded when first used, once, and tried again when that fails. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, openShop, type Shop } from '../../testing/shop.ts'
import { loadMore } from './later.ts'
import * as more from './more.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop('later')
})
afterEach(() => shop.close())

/** Fails as often as it is told to. */
function loader(failures = 0) {
  const load = async () => {
    load.tries++
    if (load.tries <= failures) throw new TypeError('Failed to fetch dynamically imported module')
    return more
  }
  load.tries = 0
  return load
}

describe('the other module', () => {
  it('is the one that the members name', async () => {
    expect(await loadMore()).toBe(more)
  })

  it('is loaded when one of its members is first called, and once', async () => {
    const load = loader()
    const { sdk } = await shop.visit(undefined, {}, load)
    const { id } = await sdk.startChat({ events: [{ type: 'message', text: 'hello' }] })
    expect(load.tries).toBe(0)
    await Promise.all([sdk.getCustomer(), sdk.getChatHistory(id).next(), sdk.getChatsSummary()])
    await sdk.closeThread(id)
    expect(load.tries).toBe(1)
  })

  it('is tried again by the next call after it failed, which says that it may be', async () => {
    const load = loader(2)
    const { sdk } = await shop.visit(undefined, {}, load)
    await expect(sdk.getCustomer()).rejects.toMatchObject({ code: 'LOAD_FAILED', retryable: true })
    const { id } = await sdk.startChat()
    const history = sdk.getChatHistory(id)
    expect(await codeOf(history.next())).toBe('LOAD_FAILED')
    expect(await history.next()).toEqual({ done: true, value: [] })
    expect(await sdk.getCustomer()).toMatchObject({ type: 'customer' })
    expect(load.tries).toBe(3)
  })

  it('that fails harms no chat', async () => {
    const { sdk } = await shop.visit(undefined, {}, loader(9))
    expect(await codeOf(sdk.getChatsSummary())).toBe('LOAD_FAILED')
    const { id } = await sdk.startChat()
    expect(await sdk.sendMessage(id, { text: 'hello' })).toMatchObject({ text: 'hello' })
  })

  it('is not loaded for an SDK that was destroyed', async () => {
    const load = loader()
    const { sdk } = await shop.visit(undefined, {}, load)
    sdk.destroy()
    expect(await codeOf(sdk.getCustomer())).toBe('SDK_DESTROYED')
    expect(load.tries).toBe(0)
  })

  it('queues overlapping next() calls from the first on', async () => {
    const { sdk } = await shop.visit(undefined, {}, loader())
    const { id } = await sdk.startChat()
    for (let n = 1; n <= 60; n++) await sdk.sendMessage(id, { text: `${n}` })
    const history = sdk.getChatHistory(id)
    const pages = await Promise.all([history.next(), history.next(), history.next()])
    expect(pages.map(({ done, value }) => [done, value[0]?.text, value.length])).toEqual([
      [false, '11', 50],
      [true, '1', 10],
      [true, undefined, 0],
    ])
  })
})

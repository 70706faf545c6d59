/** Storage that may fail: the SDK works from memory and says so, and stores nothing before something needs it. */
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openShop, type Shop, tellsOf } from '../../testing/shop.ts'
import { idbStorage } from '../kit/idb-storage.ts'
import { loadMore } from './later.ts'
import { createMembers } from './members.ts'

let shop: Shop

beforeEach(async () => {
  shop = await openShop('storage')
})
afterEach(async () => {
  await shop.close()
  vi.unstubAllGlobals()
})

/** A page on a browser with this IndexedDB. */
async function visitWith(indexedDB: unknown) {
  vi.stubGlobal('indexedDB', indexedDB)
  const { environment } = shop.device().open()
  const sdk = createMembers(
    { server: 'http://chat.test', license: 1, clientId: 'demo', autoConnect: false },
    { ...environment, storage: idbStorage('porchlight') },
    loadMore,
  )
  const told = tellsOf(sdk)
  const connected = new Promise((resolve) => sdk.on('connected', resolve))
  return { sdk, told, connected }
}

describe('where nothing can be stored', () => {
  it.each([
    ['there is no IndexedDB', undefined],
    [
      'opening throws, as in a sandboxed frame',
      {
        open() {
          throw new DOMException('insecure', 'SecurityError')
        },
      },
    ],
    ['opening fails, as in a private window', { open: () => new IDBFactory().open('porchlight', 0.5) }],
  ])('because %s, chatting works all the same, and the page is told once', async (_, indexedDB) => {
    const { sdk, told, connected } = await visitWith(indexedDB)
    sdk.connect()
    await connected
    const { id } = await sdk.startChat({ events: [{ type: 'message', text: 'one' }] })
    expect(await sdk.sendMessage(id, { text: 'two' })).toMatchObject({ text: 'two' })
    expect(told.of('storage_unavailable')).toHaveLength(1)
    sdk.destroy()
  })

  it('because the database is deleted mid-way, the customer stays who they are, and what waits goes out', async () => {
    const factory = new IDBFactory()
    const { sdk, told, connected } = await visitWith(factory)
    sdk.connect()
    await connected
    const { entityId } = await sdk.auth.getToken()
    const { id } = await sdk.startChat()
    sdk.disconnect()
    const waiting = sdk.sendMessage(id, { text: 'waits' })
    // What it was given is stored.
    await new Promise((resolve) => setTimeout(resolve, 50))
    await new Promise((resolve) => Object.assign(factory.deleteDatabase('porchlight'), { onsuccess: resolve }))
    expect(told.of('storage_unavailable')).toHaveLength(1)
    sdk.connect()
    expect(await waiting).toMatchObject({ text: 'waits', author: entityId })
    await shop.clock.advance(1_000)
    expect((await sdk.auth.getFreshToken()).entityId).toBe(entityId)
    expect(told.of('customer_id')).toEqual([entityId])
    sdk.destroy()
  })
})

describe('before something needs it', () => {
  it('nothing is stored, not even an empty database', async () => {
    const factory = new IDBFactory()
    const { sdk, told } = await visitWith(factory)
    sdk.on('new_event', () => {})
    sdk.disconnect()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([await factory.databases(), told.all]).toEqual([[], []])
    await sdk.auth.getToken()
    expect((await factory.databases()).map(({ name }) => name)).toEqual(['porchlight'])
    sdk.destroy()
  })

  it('what is sent is stored, and goes out with the first connection', async () => {
    const device = shop.device()
    const { sdk, tab } = await shop.visit(device, { autoConnect: false })
    expect(device.cupboard.keys()).toEqual([])
    sdk.startChat({ events: [{ type: 'message', text: 'kept' }] }).catch(() => {})
    await shop.settle()
    tab.kill()
    const next = await shop.visit(device)
    expect((await next.sdk.getChatsSummary()).chatsSummary).toMatchObject([{ lastEvent: { text: 'kept' } }])
  })
})

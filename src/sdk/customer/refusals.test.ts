/** What becomes of a page that the server will not have: every call says why, nothing waits for ever, and a way back stays open. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Device } from '../../testing/environment.ts'
import { codeOf, openShop, type Shop } from '../../testing/shop.ts'
import type { HttpRequest } from '../kit/environment.ts'
import type { CustomerSDK } from './api.ts'

let shop: Shop
let device: Device

beforeEach(async () => {
  shop = await openShop('refusals')
  device = shop.device()
})
afterEach(() => shop.close())

/** A tab whose first requests are refused by the server, as when the operator has the client's origins wrong. */
function foreignTab() {
  const tab = device.open()
  const { fetch } = tab.environment
  const site = { allowed: false }
  const elsewhere = { origin: 'https://elsewhere.test', address: '203.0.113.9', cookie: null }
  Object.assign(tab.environment, {
    fetch: (request: HttpRequest) => (site.allowed ? fetch(request) : shop.network.fetch(request, elsewhere)),
  })
  return { tab, site }
}

const calls: Readonly<Record<string, (sdk: CustomerSDK) => Promise<unknown>>> = {
  startChat: (sdk) => sdk.startChat({ events: [{ type: 'message', text: 'Hi' }] }),
  sendMessage: (sdk) => sdk.sendMessage('chat', { text: 'Hi' }),
  sendEvent: (sdk) => sdk.sendEvent('chat', { type: 'custom', content: {} }),
  'sendMessage into a chat being started': (sdk) => {
    const started = sdk.startChat()
    started.catch(() => {})
    return sdk.sendMessage(started.provisionalId, { text: 'Hi' })
  },
  closeThread: (sdk) => sdk.closeThread('chat'),
  getChatsSummary: (sdk) => sdk.getChatsSummary(),
  getChatHistory: (sdk) => sdk.getChatHistory('chat').next(),
  getChatThreads: (sdk) => sdk.getChatThreads('chat', ['thread']),
  getChatThreadsSummary: (sdk) => sdk.getChatThreadsSummary('chat'),
  updateLastSeenTimestamp: (sdk) => sdk.updateLastSeenTimestamp('chat'),
  'auth.getToken': (sdk) => sdk.auth.getToken(),
}

describe.each([
  ['license', { license: 404 }, 'LICENSE_NOT_FOUND'],
  ['client id', { clientId: 'nobody' }, 'LICENSE_NOT_FOUND'],
  ['origin', {}, 'ORIGIN_NOT_ALLOWED'],
])('a wrong %s', (_, config, code) => {
  it.each(Object.keys(calls))('rejects %s, whether it waits or comes later', async (name) => {
    const call = calls[name] as (sdk: CustomerSDK) => Promise<unknown>
    const { tab } = foreignTab()
    const { sdk, told } = await shop.visit(tab, { ...config, autoConnect: false })
    sdk.connect()
    const waiting = codeOf(call(sdk))
    await shop.settle()
    expect(told.of('disconnected')).toEqual([code.toLowerCase()])
    const later = codeOf(call(sdk))
    await shop.clock.advance(1_000)
    expect([await waiting, await later]).toEqual([code, code])
  })
})

describe('what was sent meanwhile', () => {
  it('is seen to have failed, and goes out by a retry once the cause is gone', async () => {
    const { tab, site } = foreignTab()
    const { face } = await shop.look(tab)
    const conversation = face.conversation(null)
    expect(await codeOf(conversation.send({ type: 'message', text: 'Hi' }))).toBe('ORIGIN_NOT_ALLOWED')
    const failed = conversation.state.items[0]
    expect(failed).toMatchObject({ kind: 'event', delivery: 'failed', error: { type: 'origin_not_allowed' } })
    site.allowed = true
    face.connect()
    await shop.settle()
    expect(conversation.state.items[0]).toMatchObject({ delivery: 'failed' })
    conversation.retry(failed?.key ?? '')
    await shop.settle()
    expect(conversation.state).toMatchObject({ provisional: false, items: [{ delivery: 'sent', event: { text: 'Hi' } }] })
  })

  it('by an earlier page fails as visibly, and what the SDK ends itself only waits', async () => {
    const first = await shop.visit(device, { autoConnect: false })
    first.sdk.startChat({ events: [{ type: 'message', text: 'Hi' }] }).catch(() => {})
    await shop.settle()
    first.sdk.disconnect()
    await shop.settle()
    first.tab.kill()
    const { face } = await shop.look(foreignTab().tab)
    const [chat] = face.chats.state.chats
    expect(face.conversation(chat?.id ?? '').state.items).toMatchObject([{ delivery: 'failed' }])
  })
})

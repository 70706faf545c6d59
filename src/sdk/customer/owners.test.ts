/** Whose everything is while customers come and go: what was said before anybody was known, by whom it fails, and who may send it again. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Device } from '../../testing/environment.ts'
import type { Peer } from '../../testing/gateway.ts'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'
import type { OutboxEntry } from '../core/outbox-entry.ts'
import type { Environment } from '../kit/environment.ts'
import { createMembers } from './members.ts'
import * as more from './more.ts'

let shop: Shop
let device: Device
let agent: Peer

beforeEach(async () => {
  shop = await openShop('owners')
  device = shop.device()
  agent = await shop.agent()
})
afterEach(() => shop.close())

const idOf = async ({ sdk }: Visit) => (await sdk.auth.getToken()).entityId
const start = (text: string) => ({ events: [{ type: 'message', text, customId: text }] })

/** Authors and texts in all chats, as the agent reads them. */
async function saidByAll(): Promise<string[]> {
  const { chats_summary } = await agent.ask('list_chats')
  const pages = await Promise.all(chats_summary.map(({ id }) => agent.ask('list_events', { chat_id: id })))
  return pages.flatMap(({ events }) => events.map(({ author_id, text }) => `${author_id} ${text}`)).sort()
}

/** What the device keeps of what was sent. */
function rows(): readonly OutboxEntry[] {
  const kept = device.cupboard.keys().map((key) => (device.cupboard.peek(key) ?? {}) as { entries?: unknown })
  return kept.flatMap(({ entries }) => (Array.isArray(entries) ? (entries as OutboxEntry[]) : []))
}

/** A page that can get no tokens until it may. */
async function withoutTokens() {
  const tab = device.open()
  const { fetch } = tab.environment
  let open = false
  const stalled: Environment['fetch'] = (request) => (open ? fetch(request) : Promise.reject(new Error('not yet')))
  const stall = () => Object.assign(tab.environment, { fetch: stalled })
  const allow = () => {
    open = true
  }
  return { tab, stall, allow }
}

it('[IDN7] what is said the moment another takes over is the next one’s, though the last is still sending', async () => {
  const { tab, stall, allow } = await withoutTokens()
  const visit = await shop.visit(tab)
  const ann = await idOf(visit)
  const { id } = await visit.sdk.startChat(start('of Ann'))
  const line = tab.lines.at(-1)
  line?.up.hold()
  for (const text of ['one', 'two']) visit.sdk.sendMessage(id, { text }).catch(() => {})
  stall()
  visit.sdk.once('disconnected', () => void visit.sdk.startChat(start('of Bob')).catch(() => {}))
  const out = visit.sdk.logout()
  await shop.settle()
  line?.up.release()
  await shop.clock.advance(5_000)
  allow()
  await shop.clock.advance(60_000)
  await out
  const bob = await idOf(visit)
  expect(await saidByAll()).toEqual([`${ann} of Ann`, `${ann} one`, `${ann} two`, `${bob} of Bob`].sort())
})

it('[IDN7] what is said by somebody of whom nothing is known is not sent by a tab that has not heard that another left', async () => {
  const { tab, stall, allow } = await withoutTokens()
  const visit = await shop.visit(tab)
  const late = await shop.visit(device)
  const ann = await idOf(visit)
  late.tab.freeze()
  stall()
  await visit.sdk.logout()
  visit.sdk.startChat(start('of Bob')).catch(() => {})
  await shop.settle()
  late.tab.thaw()
  await shop.clock.advance(10_000)
  allow()
  await shop.clock.advance(60_000)
  const bob = await idOf(visit)
  expect([bob === ann, await saidByAll()]).toEqual([false, [`${bob} of Bob`]])
})

it('[IDN7] what was said before anybody was known fails as theirs, once they are, and is sent when they are back', async () => {
  const tab = device.open()
  const { openLink } = tab.environment
  Object.assign(tab.environment, { openLink: (...given: Parameters<typeof openLink>) => openLink(given[0], { ...given[1], open() {} }) })
  const { sdk } = await shop.visit(tab, { autoConnect: false })
  const said = codeOf(sdk.startChat(start('of Ann')))
  await sdk.identify(shop.vouch('user-1'))
  const ann = (await sdk.auth.getToken()).entityId
  const out = sdk.logout()
  await shop.clock.advance(5_000)
  await out
  expect([await said, rows().map(({ by }) => by)]).toEqual(['IDENTITY_CHANGED', [ann]])
  tab.kill()
  const next = await shop.visit(device)
  await next.sdk.identify(shop.vouch('user-1'))
  await shop.settle()
  next.sdk.retry('of Ann')
  await shop.clock.advance(5_000)
  expect(await saidByAll()).toEqual([`${ann} of Ann`])
})

it('[IDN7] a chat that the one before was starting is not the next one’s to fail or to send', async () => {
  const visit = await shop.visit(device)
  await visit.sdk.identify(shop.vouch('user-1'))
  const ann = await idOf(visit)
  visit.tab.lines.at(-1)?.hold()
  const started = visit.sdk.startChat(start('of Ann'))
  started.catch(() => {})
  const identified = visit.sdk.identify(shop.vouch('user-2'))
  await shop.clock.advance(5_000)
  await identified
  const trespass = codeOf(visit.sdk.sendMessage(started.provisionalId, { text: 'of Bob' }))
  const back = visit.sdk.identify(shop.vouch('user-1'))
  await shop.clock.advance(5_000)
  await back
  await shop.settle()
  visit.sdk.retry('of Ann')
  await shop.clock.advance(5_000)
  expect([await trespass, await saidByAll()]).toEqual(['IDENTITY_CHANGED', [`${ann} of Ann`]])
})

it('[IDN7] why something failed is the same in every tab', async () => {
  const [one, two] = [await shop.visit(device), await shop.visit(device)]
  const { id } = await one.sdk.startChat(start('of Ann'))
  for (const { tab } of [one, two]) tab.lines.at(-1)?.hold()
  const failed = [one, two].map(({ sdk }, at) => codeOf(sdk.sendMessage(id, { text: `${at}` })))
  const out = one.sdk.logout()
  await shop.clock.advance(10_000)
  await out
  expect(await Promise.all(failed)).toEqual(['IDENTITY_CHANGED', 'IDENTITY_CHANGED'])
})

it.each([true, false])(
  '[IDN7] what was said before anybody was known is there whenever the page is killed after, autoConnect %s',
  async (autoConnect) => {
    const config = { server: 'http://chat.test', license: 1, clientId: 'demo', autoConnect }
    const arrived: unknown[] = []
    for (let turns = 0; turns < 30; turns++) {
      const tab = shop.device().open()
      const sdk = createMembers(config, tab.environment, async () => more)
      sdk.startChat(start('of Ann')).catch(() => {})
      for (let turn = 0; turn < turns; turn++) await null
      tab.kill()
      const next = await shop.visit(tab.device)
      await shop.clock.advance(5_000)
      const { chatsSummary } = await next.sdk.getChatsSummary()
      arrived.push(...chatsSummary.map(({ lastEvent }) => lastEvent?.text))
      next.sdk.destroy()
    }
    expect(arrived).toEqual(Array.from({ length: 30 }, () => 'of Ann'))
  },
)

it('[IDN2] who cannot be somebody first does not become somebody else’s', async () => {
  const tab = device.open()
  const { fetch } = tab.environment
  let asked = 0
  const lossy: Environment['fetch'] = (request) => (asked++ === 0 ? Promise.reject(new Error('lost')) : fetch(request))
  Object.assign(tab.environment, { fetch: lossy })
  const { sdk } = await shop.visit(tab, { autoConnect: false })
  expect(await codeOf(sdk.identify(shop.vouch('user-1')))).toBe('CONNECTION_LOST')
  expect(asked).toBe(1)
})

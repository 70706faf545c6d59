/** The agent SDK against the real gateway and a real SQLite file, over the network in memory. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSignInLink, createAgent as insertAgent } from '../../server/domain/agents.ts'
import { openDiskFiles } from '../../server/files/disk.ts'
import { hashPassword } from '../../server/gateway/passwords.ts'
import { hashSecret } from '../../server/gateway/secrets.ts'
import { openSqliteStore } from '../../server/store/sqlite/store.ts'
import type { Store } from '../../server/store/store.ts'
import { createClock, type FakeClock, SOME_DAY } from '../../testing/clock.ts'
import { Device } from '../../testing/environment.ts'
import { agentRow, type Founded, found } from '../../testing/factories.ts'
import { createFarEnd, type TestServer } from '../../testing/far-end.ts'
import { Network } from '../../testing/network.ts'
import { createRandom, type Random } from '../../testing/random.ts'
import { quiet, turns } from '../../testing/turns.ts'
import { createAgent } from './agent.ts'
import type { AgentSDK } from './api.ts'

const SERVER = 'http://chat.test'

let folder: string
let store: Store
let clock: FakeClock
let random: Random
let network: Network
let server: TestServer
let org: Founded
const made: AgentSDK[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-agent-'))
  random = createRandom('agent')
  clock = createClock({ settle: () => quiet(network) })
  network = new Network(clock)
  store = openSqliteStore({ path: join(folder, 'porchlight.db'), onFatal: () => {} })
  org = await found(store)
  server = createFarEnd({ store, files: openDiskFiles(join(folder, 'files')), clock, random })
  network.listen(server)
})

afterEach(async () => {
  for (const sdk of made.splice(0)) sdk.destroy()
  await quiet(network)
  await store.close()
  rmSync(folder, { recursive: true })
})

const settle = () => clock.advance(1)

/** A browser that nobody has signed in with. */
const browser = () => new Device({ network, clock, random, origin: SERVER })

/** The browser of the first or the second agent. */
function browserOf(at: number): Device {
  const device = browser()
  const { name, value } = org.agents[at]?.cookie ?? { name: '', value: '' }
  device.cookies.set(name, value)
  return device
}

function open(device: Device): AgentSDK {
  const sdk = createAgent({ server: SERVER }, device.open().environment)
  made.push(sdk)
  return sdk
}

async function connected(device = browserOf(0)): Promise<AgentSDK> {
  const sdk = open(device)
  await sdk.connect()
  await settle()
  return sdk
}

/** A visitor who speaks HTTP, the shortest way to have somebody write. */
async function visitor(name: string) {
  const caller = { origin: 'http://localhost:8080', address: '10.0.0.9', cookie: null }
  const query = `?license=${org.license}&client_id=${org.client_id}`
  let token = ''
  const post = async (path: string, payload: unknown) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {}
    const url = `${SERVER}/v1/customer/${path}${query}`
    const { status, body } = await server.fetch({ method: 'POST', url, headers, body: JSON.stringify(payload) }, caller)
    if (status !== 200) throw new Error(body)
    return JSON.parse(body)
  }
  const act = (action: string, payload: unknown) => post(`action/${action}`, payload)
  const granted = await post('token', { grant_type: 'anonymous', visitor_key: `${name}-`.padEnd(30, 'x') })
  token = granted.access_token
  await act('update_customer', { name, email: `${name}@home.test` })
  return {
    id: granted.customer_id as string,
    act,
    async start(text: string): Promise<string> {
      const thread = { events: [{ type: 'message', text }] }
      return (await act('start_chat', { chat: { thread } })).chat.id
    },
    say: (chat_id: string, text: string) => act('send_event', { chat_id, event: { type: 'message', text } }),
  }
}

const textsIn = (sdk: AgentSDK, chat: string) =>
  sdk.conversation(chat).state.items.flatMap((item) => (item.kind === 'event' ? [item.event.text] : []))

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'fulfilled',
    (error: { code: string }) => error.code,
  )

describe('signing in', () => {
  it('by password opens a session that outlives the page', async () => {
    const row = { ...agentRow(org.organization_id, 'mira'), email: 'mira@shop.test', password_hash: await hashPassword('open sesame') }
    await store.commit(insertAgent(row))
    const device = browser()
    const sdk = open(device)
    expect(await codeOf(sdk.signIn('mira@shop.test', 'wrong'))).toBe('AUTHENTICATION')
    expect((await sdk.signIn('Mira@shop.test', 'open sesame')).id).toBe('mira')
    expect(sdk.me?.id).toBe('mira')
    sdk.destroy()
    expect((await connected(device)).me?.id).toBe('mira')
  })

  it('by link works once', async () => {
    const link = { hash: hashSecret('once'), organization_id: org.organization_id, agent_id: 'agent-1-1' }
    await store.commit(createSignInLink({ ...link, expires_at: SOME_DAY + 60_000 }, SOME_DAY))
    expect((await open(browser()).signInWithLink('once')).id).toBe('agent-1-1')
    expect(await codeOf(open(browser()).signInWithLink('once'))).toBe('AUTHENTICATION')
  })

  it('is asked for at once where nobody is signed in, without a socket', async () => {
    expect(await codeOf(open(browser()).connect())).toBe('AUTHENTICATION')
    expect(network.opened).toHaveLength(0)
  })

  it('tried too often is refused with the time to wait', async () => {
    const sdk = open(browser())
    const codes: string[] = []
    for (let tries = 0; tries < 11; tries++) codes.push(await codeOf(sdk.signIn('nobody@shop.test', 'guess')))
    expect(codes[0]).toBe('AUTHENTICATION')
    expect(codes.at(-1)).toBe('TOO_MANY_REQUESTS')
  })

  it('ends with signOut, here, in other tabs and on the server', async () => {
    const device = browserOf(0)
    const [one, two] = [await connected(device), await connected(device)]
    const out: string[] = []
    one.on('signed_out', () => out.push('one'))
    two.on('signed_out', () => out.push('two'))
    await one.signOut()
    await settle()
    expect(out.sort()).toEqual(['one', 'two'])
    expect([one.status, one.me, two.me]).toEqual(['idle', null, null])
    expect(await codeOf(open(device).connect())).toBe('AUTHENTICATION')
  })

  it('as somebody else in another tab changes who is in, and sends nothing in their name', async () => {
    const device = browserOf(0)
    const sdk = await connected(device)
    const ada = await visitor('ada')
    const chat = await ada.start('Hello?')
    await settle()
    network.sever()
    sdk.sendMessage(chat, 'from the first').catch(() => {})
    await settle()
    device.cookies.set('porchlight', org.agents[1]?.cookie.value ?? '')
    network.listen(server)
    await clock.advance(60_000)
    expect(sdk.me?.id).toBe('agent-1-2')
    sdk.conversation(chat).open()
    await settle()
    expect(textsIn(sdk, chat)).toEqual(['Hello?'])

    device.cookies.set('porchlight', org.agents[0]?.cookie.value ?? '')
    const back = await connected(device)
    back.conversation(chat).open()
    await clock.advance(5_000)
    expect(back.me?.id).toBe('agent-1-1')
    expect(textsIn(back, chat)).toEqual(['Hello?', 'from the first'])
  })
})

describe('the lists', () => {
  it('show every support chat, most recent activity first, with who waits since when', async () => {
    const ada = await visitor('ada')
    const bob = await visitor('bob')
    const first = await ada.start('Ada asks')
    await clock.advance(1_000)
    const second = await bob.start('Bob asks')
    const sdk = await connected()
    expect(sdk.chats.state.chats.map(({ id }) => id)).toEqual([second, first])
    expect(sdk.chats.state.chats[0]).toMatchObject({ unread_count: 1, waiting_since: new Date(SOME_DAY + 1_000).toISOString() })
    await clock.advance(1_000)
    await ada.say(first, 'Anyone?')
    await settle()
    expect(sdk.chats.state.chats.map(({ id, unread_count }) => [id, unread_count])).toEqual([
      [first, 2],
      [second, 1],
    ])
  })

  it('gain a chat that begins while one looks', async () => {
    const sdk = await connected()
    const heard: string[] = []
    sdk.on('new_event', ({ event }) => heard.push(event.text ?? ''))
    const chat = await (await visitor('ada')).start('Hello?')
    await settle()
    expect(sdk.openChats.state.chats.map(({ id }) => id)).toEqual([chat])
    expect(heard).toEqual(['Hello?'])
  })

  it('of open chats lose what is closed and regain what is opened again', async () => {
    const ada = await visitor('ada')
    const chat = await ada.start('Hello?')
    const sdk = await connected()
    await sdk.closeChat(chat)
    await settle()
    expect(sdk.openChats.state.chats).toEqual([])
    expect(sdk.chats.state.chats).toMatchObject([{ id: chat, active: false }])
    await ada.say(chat, 'One more thing')
    await settle()
    expect(sdk.openChats.state.chats).toMatchObject([{ id: chat, active: true }])
  })

  it('of many chats come by the page, the first within two round trips', async () => {
    const bob = await visitor('bob')
    for (let n = 0; n < 120; n++) {
      await bob.start(`Question ${n}`)
      // Under the limit of what one visitor may ask in a minute.
      await clock.advance(200)
    }
    const device = browserOf(0)
    await device.open().environment.storage.set('agent', 'agent-1-1')
    const sdk = open(device)
    network.held = true
    sdk.connect()
    await quiet(network)
    const line = network.opened.at(-1)
    for (const trip of ['the socket opens', 'login', 'list_chats']) {
      expect(sdk.openChats.state.loaded, `before ${trip}`).toBe(false)
      line?.up.step(10)
      await turns(10)
      line?.down.step(10)
      await turns(10)
    }
    expect(sdk.openChats.state).toMatchObject({ loaded: true, has_more: true, total: 120 })
    line?.up.release()
    line?.down.release()
    expect(sdk.openChats.state.chats).toHaveLength(50)
    await sdk.openChats.loadMore()
    await sdk.openChats.loadMore()
    expect(sdk.openChats.state).toMatchObject({ has_more: false })
    expect(new Set(sdk.openChats.state.chats.map(({ id }) => id)).size).toBe(120)
  })

  it('begin with how the last event begins, as it is now, and name who wrote a note', async () => {
    const ada = await visitor('ada')
    const chat = await ada.start('Hello?')
    const [sdk, other] = [await connected(), await connected(browserOf(1))]
    const preview = () => sdk.chats.state.chats[0]?.last_event_preview
    const { event } = await ada.say(chat, 'x'.repeat(100))
    await settle()
    expect(preview()).toBe('x'.repeat(80))
    await ada.act('delete_event', { chat_id: chat, event_id: event.id })
    await settle()
    expect(preview()).toBeUndefined()
    await other.sendNote(chat, 'A regular')
    await settle()
    expect(preview()).toBe('A regular')
    expect(sdk.chats.state.chats[0]?.users).toMatchObject([{ id: ada.id }, { id: 'agent-1-2', present: false, seen_seq: 5 }])
  })

  it('[RES1] come up to date after a break', async () => {
    const ada = await visitor('ada')
    const chat = await ada.start('Hello?')
    const sdk = await connected()
    const heard: string[] = []
    sdk.on('connection_lost', () => heard.push('lost'))
    sdk.on('connection_restored', () => heard.push('restored'))
    network.sever()
    network.listen(server)
    await ada.say(chat, 'Still there?')
    await clock.advance(10_000)
    expect(heard).toEqual(['lost', 'restored'])
    expect(sdk.chats.state.chats[0]?.last_event?.text).toBe('Still there?')
  })
})

describe('a conversation', () => {
  it('takes replies, which the customer gets, and notes, which the customer does not', async () => {
    const ada = await visitor('ada')
    const chat = await ada.start('Hello?')
    const sdk = await connected()
    const stop = sdk.conversation(chat).open()
    await settle()
    await sdk.sendNote(chat, 'A regular')
    await sdk.sendMessage(chat, 'Hello Ada')
    expect(textsIn(sdk, chat)).toEqual(['Hello?', 'A regular', 'Hello Ada'])
    const { events } = await ada.act('list_events', { chat_id: chat })
    expect(events.map(({ text }: { text: string }) => text)).toEqual(['Hello?', 'Hello Ada'])
    expect(sdk.conversation(chat).state.users.map(({ id }) => id)).toContain('agent-1-1')
    stop()
  })

  it('[RAT1] [RAT3] shows how the customer rates it, live and when it is read again', async () => {
    const ada = await visitor('ada')
    const chat = await ada.start('Hello?')
    const sdk = await connected()
    sdk.conversation(chat).open()
    await settle()
    await ada.act('rate_chat', { chat_id: chat, rating: { value: 'good', comment: 'Quick!' } })
    await ada.act('rate_chat', { chat_id: chat, rating: { value: 'bad' } })
    await settle()
    expect(sdk.conversation(chat).state.thread).toMatchObject({ rating: { value: 'bad' } })
    await ada.act('rate_chat', { chat_id: chat, rating: null })
    await settle()
    const again = await connected(browserOf(1))
    again.conversation(chat).open()
    await settle()
    for (const { state } of [sdk.conversation(chat), again.conversation(chat)]) {
      const rated = state.items.flatMap((item) => (item.kind === 'rated' ? [item] : []))
      expect(rated.map(({ value }) => value)).toEqual(['good', 'bad', null])
      expect(rated).toMatchObject([{ user_id: ada.id }, { user_id: ada.id }, { user_id: ada.id }])
      expect(state.thread?.rating ?? null).toBeNull()
    }
  })

  it('can be opened and written to before anybody is in', async () => {
    const chat = await (await visitor('ada')).start('Hello?')
    const sdk = open(browserOf(0))
    const conversation = sdk.conversation(chat)
    conversation.open()
    expect(conversation.state.loaded).toBe(false)
    expect(await codeOf(conversation.send({ type: 'message', text: 'too soon' }))).toBe('NO_CONNECTION')
    sdk.connect()
    const sent = conversation.send({ type: 'message', text: 'Hello Ada' })
    await settle()
    expect((await sent).text).toBe('Hello Ada')
    expect(textsIn(sdk, chat)).toEqual(['Hello?', 'Hello Ada'])
  })

  it('shows what the customer is typing, and forgets it when it is sent', async () => {
    const ada = await visitor('ada')
    const chat = await ada.start('Hello?')
    const sdk = await connected()
    const peeks: string[] = []
    sdk.on('sneak_peek', ({ text }) => peeks.push(text))
    await ada.act('send_sneak_peek', { chat_id: chat, sneak_peek_text: 'Where is my' })
    await settle()
    expect(sdk.conversation(chat).state.typing).toMatchObject([{ user_id: ada.id, sneak_peek: 'Where is my' }])
    await ada.say(chat, 'Where is my order?')
    await settle()
    expect(sdk.conversation(chat).state.typing).toEqual([])
    expect(peeks).toEqual(['Where is my'])
  })

  it('is marked as seen, which its unread count follows', async () => {
    const chat = await (await visitor('ada')).start('Hello?')
    const sdk = await connected()
    sdk.conversation(chat).open()
    await settle()
    expect(sdk.conversation(chat).state.unread_count).toBe(1)
    sdk.markSeen(chat)
    await settle()
    expect(sdk.conversation(chat).state.unread_count).toBe(0)
    expect(sdk.chats.state.chats[0]?.unread_count).toBe(0)
  })

  it('that does not exist says that it is gone', async () => {
    const sdk = await connected()
    const conversation = sdk.conversation('no-such-chat')
    conversation.open()
    await settle()
    expect(conversation.state).toMatchObject({ loaded: false, gone: true })
  })

  it('[TYP1] tells other agents that one is typing, seldom, and that one stopped', async () => {
    const chat = await (await visitor('ada')).start('Hello?')
    const [one, two] = [await connected(browserOf(0)), await connected(browserOf(1))]
    const heard: string[] = []
    two.on('user_is_typing', ({ user }) => heard.push(`${user} types`))
    two.on('user_stopped_typing', ({ user }) => heard.push(`${user} stopped`))
    for (let key = 0; key < 10; key++) one.setTyping(chat, true)
    await settle()
    one.setTyping(chat, false)
    await settle()
    expect(heard).toEqual(['agent-1-1 types', 'agent-1-1 stopped'])
  })

  it('that begins while nobody opens it is not kept in memory for good', async () => {
    const sdk = await connected()
    const ada = await visitor('ada')
    const chats: string[] = []
    for (let n = 0; n < 32; n++) chats.push(await ada.start(`Question ${n}`))
    await settle()
    const held = chats.filter((chat) => sdk.conversation(chat).state.items.length > 0)
    expect(held.length).toBeLessThanOrEqual(30)
  })

  it('keeps its messages in memory only while it is used', async () => {
    const ada = await visitor('ada')
    const chats: string[] = []
    for (let n = 0; n < 32; n++) chats.push(await ada.start(`Question ${n}`))
    const sdk = await connected()
    const [first = '', ...others] = chats
    for (const chat of chats) {
      const stop = sdk.conversation(chat).open()
      await settle()
      stop()
    }
    expect(sdk.conversation(others.at(-1) ?? '').state.items).toHaveLength(1)
    expect(sdk.conversation(first).state).toMatchObject({ items: [], loaded: false })
    sdk.conversation(first).open()
    await settle()
    expect(textsIn(sdk, first)).toEqual(['Question 0'])
  })
})

describe('what else there is', () => {
  it('names a customer as agents may see them', async () => {
    const ada = await visitor('ada')
    expect(await (await connected()).getCustomer(ada.id)).toMatchObject({ id: ada.id, name: 'ada', email: 'ada@home.test' })
  })

  it('hears at once what a customer says of themselves', async () => {
    const ann = await visitor('ann')
    const sdk = await connected()
    const heard: unknown[] = []
    sdk.on('customer_updated', (customer) => heard.push(customer))
    await ann.act('update_customer', { name: 'Ann B.' })
    await settle()
    expect(heard).toMatchObject([{ id: ann.id, name: 'Ann B.', email: 'ann@home.test' }])
  })

  it('[CUS3] hears at once what a customer does on the site, and reads what they did before', async () => {
    const ann = await visitor('ann')
    const sdk = await connected()
    const heard: unknown[] = []
    sdk.on('customer_activity', (activity) => heard.push(activity))
    await ann.act('update_customer_page', { url: 'https://shop.test/', title: 'Shop' })
    await clock.advance(1000)
    await ann.act('track_event', { name: 'added_to_cart', data: { sku: 12 } })
    await settle()
    const [page, event] = [
      { type: 'page', url: 'https://shop.test/', title: 'Shop' },
      { type: 'event', name: 'added_to_cart', data: { sku: 12 } },
    ]
    expect(heard).toMatchObject([
      { customer: ann.id, activity: page },
      { customer: ann.id, activity: event },
    ])
    expect(await sdk.getCustomerActivity(ann.id)).toMatchObject([event, page])
  })

  it('is over after destroy', async () => {
    const sdk = await connected()
    sdk.destroy()
    expect(sdk.status).toBe('destroyed')
    for (const call of [sdk.connect(), sdk.sendMessage('any', 'text'), sdk.getCustomer('any'), sdk.signOut()]) {
      expect(await codeOf(call)).toBe('SDK_DESTROYED')
    }
  })

  it('disconnects before it is connected, and whoever waits hears', async () => {
    const sdk = open(browserOf(0))
    const early = codeOf(sdk.connect())
    sdk.disconnect()
    await clock.advance(30_000)
    expect([await early, network.opened.length]).toEqual(['NO_CONNECTION', 0])
    await sdk.connect()
    sdk.disconnect()
    const late = codeOf(sdk.connect())
    sdk.disconnect()
    await clock.advance(30_000)
    expect([await late, sdk.status]).toEqual(['NO_CONNECTION', 'disconnected'])
    await sdk.connect()
    expect(sdk.status).toBe('connected')
  })

  it('may be destroyed while it signs in', async () => {
    const link = { hash: hashSecret('once'), organization_id: org.organization_id, agent_id: 'agent-1-1' }
    await store.commit(createSignInLink({ ...link, expires_at: SOME_DAY + 60_000 }, SOME_DAY))
    const { environment } = browser().open()
    const { storage } = environment
    // As slow as a disk.
    const set: typeof storage.set = (key, value) => new Promise((resolve) => clock.after(50, () => resolve(storage.set(key, value))))
    const sdk = createAgent({ server: SERVER }, { ...environment, storage: { ...storage, set } })
    const signed = codeOf(sdk.signInWithLink('once'))
    await settle()
    sdk.destroy()
    await turns()
    await clock.advance(1_000)
    expect(await signed).toBe('SDK_DESTROYED')
  })

  it('disconnects and comes back with what happened meanwhile', async () => {
    const ada = await visitor('ada')
    const chat = await ada.start('Hello?')
    const sdk = await connected()
    sdk.conversation(chat).open()
    await settle()
    sdk.disconnect()
    expect(sdk.status).toBe('disconnected')
    await ada.say(chat, 'Anyone?')
    await sdk.connect()
    await settle()
    expect(textsIn(sdk, chat)).toEqual(['Hello?', 'Anyone?'])
  })
})

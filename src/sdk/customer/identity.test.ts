/** Who the customer is by the host's word: nothing of one user is shown, stored or delivered under another, whatever is under way. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Device } from '../../testing/environment.ts'
import type { Peer } from '../../testing/gateway.ts'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'
// Loaded before the clock stands still.
import './more.ts'
import type { Config, Token } from './types.ts'

let shop: Shop
let device: Device
let agent: Peer

beforeEach(async () => {
  shop = await openShop('identity')
  device = shop.device()
  agent = await shop.agent()
})
afterEach(() => shop.close())

const idOf = async ({ sdk }: Visit) => (await sdk.auth.getToken()).entityId
const names = ({ told }: Visit) => told.all.map(([name]) => name)

/** A user whom the host has spoken of before, with a chat of their own, on another device. */
async function knownUser(user: string, text: string) {
  const visit = await shop.visit()
  await visit.sdk.identify(shop.vouch(user))
  const { id } = await visit.sdk.startChat({ events: [{ type: 'message', text }] })
  return { id: await idOf(visit), chat: id }
}

/** What stands in a chat, as the agent reads it. */
async function textsIn(chat_id: string): Promise<(string | undefined)[]> {
  const { events } = await agent.ask('list_events', { chat_id })
  return events.map(({ text }) => text)
}

it('tells the host its own error where a member has to ask it', async () => {
  const lost = new TypeError('fetch failed')
  const { sdk } = await shop.visit(device, { autoConnect: false, getToken: async () => Promise.reject(lost) })
  for (const member of ['verify', 'identify'] as const) {
    await expect(member === 'verify' ? sdk.verify() : sdk.identify(shop.vouch('user-1'))).rejects.toBe(lost)
  }
})

describe('[IDN2] an anonymous customer who becomes known', () => {
  it('stays who they are, with their chats, their link and all that waits', async () => {
    const visit = await shop.visit(device)
    const before = await idOf(visit)
    const { id } = await visit.sdk.startChat({ events: [{ type: 'message', text: 'Hi' }] })
    const told = visit.told.all.length
    await visit.sdk.identify(shop.vouch('user-1', { name: 'Ann' }))
    await shop.settle()
    expect(await idOf(visit)).toBe(before)
    expect(names(visit).slice(told)).toEqual(['user_data'])
    expect(shop.network.opened.filter(({ handshake }) => handshake.side === 'customer')).toHaveLength(1)
    expect((await agent.ask('get_customer', { id: before })).customer).toMatchObject({ external_id: 'user-1', name: 'Ann' })
    expect(await visit.sdk.sendMessage(id, { text: 'It is me' })).toMatchObject({ author: before })
  })

  it('is asked for before anybody is known, and is the same on the next page', async () => {
    const visit = await shop.visit(device, { autoConnect: false })
    await visit.sdk.identify(shop.vouch('user-1'))
    const id = await idOf(visit)
    visit.sdk.connect()
    await shop.settle()
    expect(visit.told.of('customer_id')).toEqual([id])
    visit.tab.kill()
    expect(await idOf(await shop.visit(device))).toBe(id)
  })

  it('is nobody where the host’s word is refused, and goes on as before', async () => {
    const visit = await shop.visit(device)
    const before = await idOf(visit)
    expect(await codeOf(visit.sdk.identify(`${shop.vouch('user-1')}x`))).toBe('AUTHENTICATION')
    expect(await codeOf(visit.sdk.identify(''))).toBe('INVALID_ARGS')
    expect(await idOf(visit)).toBe(before)
    expect(await visit.sdk.startChat()).toMatchObject({ users: [before] })
  })
})

describe('[IDN7] when another takes over', () => {
  it('the page hears that it begins anew, and of nothing but the new one’s', async () => {
    const ann = await knownUser('user-1', 'of Ann')
    const visit = await shop.visit(device)
    const stranger = await idOf(visit)
    const { id } = await visit.sdk.startChat({ events: [{ type: 'message', text: 'of a stranger' }] })
    const told = visit.told.all.length
    await visit.sdk.identify(shop.vouch('user-1'))
    await shop.settle()
    await shop.say(agent, id, 'for the stranger')
    await shop.say(agent, ann.chat, 'for Ann')
    await shop.settle()
    const after = visit.told.all.slice(told)
    expect(after.slice(0, 2)).toEqual([
      ['disconnected', 'identity_changed'],
      ['customer_id', ann.id],
    ])
    expect(
      visit.told
        .of('connected')
        .at(-1)
        ?.chatsSummary.map((chat) => chat.id),
    ).toEqual([ann.chat])
    expect(visit.told.of('new_event').map(({ event }) => event.text)).toEqual(['for Ann'])
    const text = JSON.stringify(after)
    for (const old of [stranger, id, 'stranger']) expect(text).not.toContain(old)
    expect(await codeOf(visit.sdk.sendMessage(id, { text: 'into a chat of the stranger' }))).toBe('NOT_FOUND')
  })

  it('what arrives late for the old one is dropped, and what was asked for is refused', async () => {
    const ann = await knownUser('user-1', 'of Ann')
    const visit = await shop.visit(device)
    const { id } = await visit.sdk.startChat({ events: [{ type: 'message', text: 'of a stranger' }] })
    const history = visit.sdk.getChatHistory(id)
    const line = visit.tab.lines.at(-1)
    line?.down.hold()
    const asked = codeOf(visit.sdk.getChatsSummary())
    await shop.say(agent, id, 'for the stranger')
    const told = visit.told.all.length
    await visit.sdk.identify(shop.vouch('user-1'))
    await shop.settle()
    line?.release()
    await shop.settle()
    expect(await asked).toBe('CONNECTION_LOST')
    expect(await codeOf(history.next())).toBe('IDENTITY_CHANGED')
    expect(JSON.stringify(visit.told.all.slice(told))).not.toContain(id)
    expect(await visit.sdk.getChatsSummary()).toMatchObject({ totalChats: 1, chatsSummary: [{ id: ann.chat }] })
  })

  it('what was sent before arrives in five seconds, as the old one’s', async () => {
    await knownUser('user-1', 'of Ann')
    const visit = await shop.visit(device)
    const stranger = await idOf(visit)
    const { id } = await visit.sdk.startChat()
    const line = visit.tab.lines.at(-1)
    line?.up.hold()
    const sent = visit.sdk.sendMessage(id, { text: 'on its way' })
    const identified = visit.sdk.identify(shop.vouch('user-1'))
    await shop.clock.advance(4_000)
    expect(visit.told.of('disconnected')).toEqual(['identity_changed'])
    line?.release()
    await shop.settle()
    await identified
    expect(await sent).toMatchObject({ text: 'on its way', author: stranger })
    expect(await textsIn(id)).toEqual(['on its way'])
    expect(visit.told.of('new_event')).toEqual([])
  })

  it('what does not has failed, waits for its own customer, and holds no token', async () => {
    const ann = await knownUser('user-1', 'of Ann')
    const visit = await shop.visit(device)
    await visit.sdk.identify(shop.vouch('user-1'))
    visit.tab.lines.at(-1)?.hold()
    const failed = codeOf(visit.sdk.sendMessage(ann.chat, { text: 'a secret of Ann', customId: 'secret' }))
    const identified = visit.sdk.identify(shop.vouch('user-2'))
    await shop.clock.advance(5_000)
    await identified
    expect(await failed).toBe('IDENTITY_CHANGED')
    await shop.clock.advance(60_000)
    expect(await textsIn(ann.chat)).toEqual(['of Ann'])
    const kept = device.cupboard.keys().map((key) => device.cupboard.peek(key) as { entries?: object[] | (() => void) })
    const rows = kept.flatMap(({ entries }) => (Array.isArray(entries) ? entries : []))
    expect(rows).toMatchObject([{ by: ann.id, events: [{ text: 'a secret of Ann' }], error: { message: expect.any(String) } }])
    expect(JSON.stringify(rows)).not.toMatch(/token|eyJ/)
    visit.sdk.retry('secret')
    await shop.settle()
    expect(await textsIn(ann.chat)).toEqual(['of Ann'])
    const told = JSON.stringify(visit.told.all.slice(visit.told.all.findIndex(([, data]) => data === 'identity_changed')))
    expect(told).not.toContain('a secret of Ann')
    await visit.sdk.identify(shop.vouch('user-1'))
    await shop.settle()
    visit.sdk.retry('secret')
    await shop.settle()
    expect(await textsIn(ann.chat)).toEqual(['of Ann', 'a secret of Ann'])
  })

  it('what is sent meanwhile is the new one’s', async () => {
    const ann = await knownUser('user-1', 'of Ann')
    const visit = await shop.visit(device)
    const { id } = await visit.sdk.startChat()
    visit.tab.lines.at(-1)?.hold()
    const lost = codeOf(visit.sdk.sendMessage(id, { text: 'of the stranger' }))
    const identified = visit.sdk.identify(shop.vouch('user-1'))
    await shop.settle()
    const sent = visit.sdk.startChat({ events: [{ type: 'message', text: 'of Ann too' }] })
    await shop.clock.advance(5_000)
    await identified
    const { id: chat } = await sent
    expect([await lost, await textsIn(id), await textsIn(chat)]).toEqual(['IDENTITY_CHANGED', [], ['of Ann too']])
    const { events } = await agent.ask('list_events', { chat_id: chat })
    expect(events[0]?.author_id).toBe(ann.id)
  })
})

describe('logout', () => {
  it('[IDN7] makes whoever comes next a stranger, at once, for whom nothing of the old one opens', async () => {
    const visit = await shop.visit(device)
    await visit.sdk.identify(shop.vouch('user-1'))
    const ann = await idOf(visit)
    const { id } = await visit.sdk.startChat({ events: [{ type: 'message', text: 'of Ann' }] })
    const kept = device.cupboard.keys().flatMap((key) => {
      const { visitor_key, refresh_token } = device.cupboard.peek(key) as Record<string, string>
      return visitor_key ? [{ visitor_key, refresh_token }] : []
    })
    await visit.sdk.logout()
    await shop.settle()
    const stranger = await idOf(visit)
    expect(stranger).not.toBe(ann)
    expect(visit.told.of('customer_id').at(-1)).toBe(stranger)
    expect(visit.told.of('connected').at(-1)).toEqual({ chatsSummary: [], totalChats: 0 })
    expect(JSON.stringify(device.cupboard.keys().map((key) => device.cupboard.peek(key)))).not.toContain(kept[0]?.refresh_token)
    for (const { visitor_key, refresh_token } of kept) {
      for (const grant of [
        { grant_type: 'refresh', refresh_token },
        { grant_type: 'anonymous', visitor_key },
      ]) {
        const path = '/v1/customer/token?license=1&client_id=demo'
        const { body } = await shop.http({ method: 'POST', path, body: JSON.stringify(grant) })
        expect(JSON.parse(body).customer_id).not.toBe(ann)
      }
    }
    expect(await codeOf(visit.sdk.sendMessage(id, { text: 'not mine' }))).toBe('NOT_FOUND')
  })

  it('[IDN7] counts though the page is killed in that moment', async () => {
    const visit = await shop.visit(device)
    await visit.sdk.identify(shop.vouch('user-1'))
    const ann = await idOf(visit)
    const { id } = await visit.sdk.startChat()
    visit.tab.lines.at(-1)?.hold()
    visit.sdk.sendMessage(id, { text: 'a secret of Ann' }).catch(() => {})
    visit.sdk.logout().catch(() => {})
    await shop.settle()
    visit.tab.kill()
    const next = await shop.visit(device)
    await shop.clock.advance(60_000)
    expect(await idOf(next)).not.toBe(ann)
    expect(JSON.stringify(next.told.all)).not.toContain('Ann')
    expect(await textsIn(id)).toEqual([])
  })

  it('works offline, and nobody’s words go to the next', async () => {
    const visit = await shop.visit(device)
    const before = await idOf(visit)
    const { id } = await visit.sdk.startChat()
    device.goOffline()
    const failed = codeOf(visit.sdk.sendMessage(id, { text: 'unheard' }))
    const out = visit.sdk.logout()
    await shop.clock.advance(5_000)
    device.goOnline()
    await out
    await shop.clock.advance(60_000)
    expect([await failed, await textsIn(id)]).toEqual(['IDENTITY_CHANGED', []])
    expect(await idOf(visit)).not.toBe(before)
  })

  it('is refused after destroy, as identify is, and destroy ends what is leaving', async () => {
    const { sdk, told } = await shop.visit(device)
    const { id } = await sdk.startChat()
    const line = shop.network.lines.at(-1)
    line?.hold()
    sdk.sendMessage(id, { text: 'a' }).catch(() => {})
    sdk.logout().catch(() => {})
    await shop.settle()
    sdk.destroy()
    const before = told.all.length
    expect(await codeOf(sdk.logout())).toBe('SDK_DESTROYED')
    expect(await codeOf(sdk.identify(shop.vouch('user-1')))).toBe('SDK_DESTROYED')
    expect(await codeOf(sdk.auth.getFreshToken())).toBe('SDK_DESTROYED')
    await shop.clock.advance(5_000)
    line?.release()
    await shop.settle()
    expect(told.all.length).toBe(before)
    expect(shop.network.lines.filter(({ handshake }) => handshake.side === 'customer')).toEqual([])
  })
})

describe('a refresh that is answered late', () => {
  /** A tab whose first answer from the token address is held back. */
  async function slowTab() {
    const tab = device.open()
    const { fetch } = tab.environment
    let go = () => {}
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    let answers = 0
    const held: typeof fetch = async (request) => {
      const answer = await fetch(request)
      if (answers++ === 0) await gate
      return answer
    }
    Object.assign(tab.environment, { fetch: held })
    return { tab, go, visit: await shop.visit(tab) }
  }

  it('puts nothing back in the place of what identify brought in another tab', async () => {
    const one = await shop.visit(device)
    const id = await idOf(one)
    const slow = await slowTab()
    await one.sdk.identify(shop.vouch('user-1'))
    slow.go()
    await shop.settle()
    for (const tab of [one.tab, slow.tab]) tab.kill()
    expect(await idOf(await shop.visit(device))).toBe(id)
  })
})

describe('[IDN8] in another tab', () => {
  it('a customer who becomes known stays, and one who takes over takes over there too', async () => {
    const ann = await knownUser('user-1', 'of Ann')
    const [one, two] = [await shop.visit(device), await shop.visit(device)]
    await one.sdk.identify(shop.vouch('user-2'))
    await shop.settle()
    expect(names(two)).not.toContain('disconnected')
    await one.sdk.identify(shop.vouch('user-1'))
    await shop.settle()
    expect(two.told.of('disconnected')).toEqual(['identity_changed'])
    expect(two.told.of('customer_id').at(-1)).toBe(ann.id)
    expect(
      two.told
        .of('connected')
        .at(-1)
        ?.chatsSummary.map(({ id }) => id),
    ).toEqual([ann.chat])
    await one.sdk.logout()
    await shop.settle()
    expect(two.told.of('customer_id').at(-1)).not.toBe(ann.id)
    expect(one.told.of('customer_id').at(-1)).toBe(two.told.of('customer_id').at(-1))
    expect(two.told.of('disconnected')).toHaveLength(2)
  })

  it('that heard nothing of it the old one ends with the next token', async () => {
    const [one, two] = [await shop.visit(device), await shop.visit(device)]
    Object.assign(one.tab.environment, { openChannel: () => ({ post() {}, close() {} }) })
    const deaf = await shop.visit(one.tab)
    await deaf.sdk.identify(shop.vouch('user-1'))
    await deaf.sdk.logout()
    const { id } = await two.sdk.startChat()
    for (let minutes = 0; minutes < 16; minutes++) await shop.clock.advance(60_000)
    expect(two.told.of('disconnected')).toEqual(['identity_changed'])
    expect(await idOf(two)).toBe(await idOf(deaf))
    expect(await codeOf(two.sdk.sendMessage(id, { text: 'not mine any more' }))).toBe('NOT_FOUND')
  })
})

describe('getToken', () => {
  /** What the page's own back end says, and how often it was asked. */
  function openHost(user: string | null) {
    const host = {
      user,
      asked: 0,
      fails: false,
      forged: false,
      config: {} as Pick<Config, 'getToken'>,
    }
    host.config.getToken = async () => {
      host.asked++
      if (host.fails) throw new Error('the back end is down')
      return host.user && `${shop.vouch(host.user)}${host.forged ? 'x' : ''}`
    }
    return host
  }

  it('says who the customer is, asked once by all who ask at the same time', async () => {
    const ann = await knownUser('user-1', 'of Ann')
    const host = openHost('user-1')
    const visit = await shop.visit(device, host.config)
    await Promise.all([visit.sdk.auth.getToken(), visit.sdk.auth.getToken()])
    expect([await idOf(visit), host.asked]).toEqual([ann.id, 1])
    expect(visit.told.of('customer_id')).toEqual([ann.id])
    expect(visit.told.of('connected')[0]?.chatsSummary).toMatchObject([{ id: ann.chat }])
  })

  it('says null where nobody is signed in, who stays the same anonymous customer', async () => {
    const host = openHost(null)
    const visit = await shop.visit(device, host.config)
    const id = await idOf(visit)
    visit.tab.kill()
    expect(await idOf(await shop.visit(device, host.config))).toBe(id)
    expect(await idOf(await shop.visit(device))).toBe(id)
  })

  it('[LIN6] is asked again 30 s before the token ends', async () => {
    const host = openHost('user-1')
    const visit = await shop.visit(device, host.config)
    const opened = shop.network.opened.length
    await shop.clock.advance(15 * 60_000 - 30_001)
    expect(host.asked).toBe(1)
    await shop.clock.advance(2)
    expect(host.asked).toBe(2)
    await shop.clock.advance(60 * 60_000)
    expect([shop.network.opened.length, visit.told.of('disconnected')]).toEqual([opened, []])
  })

  it('is asked once more when its word is refused, and then that is it', async () => {
    const host = openHost('user-1')
    host.forged = true
    const { sdk, told } = await shop.visit(device, { ...host.config, autoConnect: false })
    expect([await codeOf(sdk.auth.getToken()), host.asked]).toEqual(['AUTHENTICATION', 2])
    sdk.connect()
    await shop.clock.advance(60 * 60_000)
    expect([told.of('disconnected'), host.asked]).toEqual([['authentication'], 4])
  })

  it('that fails is asked again by the connection, as long as it takes', async () => {
    const host = openHost('user-1')
    host.fails = true
    const { told } = await shop.visit(device, host.config)
    await shop.clock.advance(5 * 60_000)
    expect(told.of('connected')).toEqual([])
    host.fails = false
    await shop.clock.advance(60_000)
    expect(told.of('connected')).toHaveLength(1)
  })

  it('that never answers is given up, and asked again', async () => {
    const host = openHost('user-1')
    const { getToken } = host.config
    let calls = 0
    const config = { getToken: () => (calls++ === 0 ? new Promise<string>(() => {}) : (getToken?.() ?? null)) }
    const { told } = await shop.visit(device, config)
    await shop.clock.advance(60_000)
    expect([told.of('connected').length, host.asked]).toEqual([1, 1])
  })

  it('[IDN7] that says another user than before brings the other, and null a stranger', async () => {
    const ann = await knownUser('user-1', 'of Ann')
    const host = openHost('user-2')
    const visit = await shop.visit(device, host.config)
    const { id } = await visit.sdk.startChat({ events: [{ type: 'message', text: 'of Bob' }] })
    host.user = 'user-1'
    await shop.clock.advance(15 * 60_000)
    expect(visit.told.of('customer_id').at(-1)).toBe(ann.id)
    expect(await codeOf(visit.sdk.sendMessage(id, { text: 'not mine' }))).toBe('NOT_FOUND')
    host.user = null
    await shop.clock.advance(15 * 60_000)
    expect([ann.id, undefined]).not.toContain(visit.told.of('customer_id').at(-1))
    expect(visit.told.of('connected').at(-1)).toMatchObject({ totalChats: 0 })
    expect(visit.told.of('customer_id')).toHaveLength(3)
  })

  it('[IDN7] is waited for: what was sent before its answer is nobody else’s, though the page is killed', async () => {
    const host = openHost('user-1')
    host.fails = true
    const visit = await shop.visit(device, host.config)
    visit.sdk.startChat({ events: [{ type: 'message', text: 'a secret of Ann' }] }).catch(() => {})
    await shop.settle()
    visit.tab.kill()
    const bob = await shop.visit(device, openHost('user-2').config)
    const stranger = await shop.visit(device)
    await shop.clock.advance(60_000)
    for (const { told } of [bob, stranger]) expect(told.of('connected').at(-1)).toMatchObject({ totalChats: 0 })
    host.fails = false
    const ann = await shop.visit(device, host.config)
    const { id } = await ann.sdk.startChat({ events: [{ type: 'message', text: 'Hi' }] })
    expect(await textsIn(id)).toEqual(['Hi'])
  })
})

describe('an identity provider', () => {
  it('replaces the SDK’s own tokens, and is asked once by all who ask at the same time', async () => {
    const asked: string[] = []
    const other = await shop.token('somebody')
    const token = async (): Promise<Token> => {
      const { access_token, expires_in, customer_id } = other
      return {
        accessToken: access_token,
        tokenType: 'Bearer',
        expiresIn: expires_in * 1000,
        creationDate: shop.clock.now(),
        entityId: customer_id,
      }
    }
    const ask = (name: string) => () => {
      asked.push(name)
      return token()
    }
    let made = 0
    const provider = {
      getToken: ask('getToken'),
      getFreshToken: ask('getFreshToken'),
      hasToken: async () => true,
      invalidate: async () => {},
    }
    const identityProvider = () => {
      made++
      return provider
    }
    const visit = await shop.visit(device, { identityProvider })
    await Promise.all([visit.sdk.auth.getToken(), visit.sdk.auth.getToken()])
    expect([asked, made, await idOf(visit)]).toEqual([['getToken'], 1, other.customer_id])
    await Promise.all([visit.sdk.auth.getFreshToken(), visit.sdk.auth.getFreshToken()])
    expect([asked, made]).toEqual([['getToken', 'getFreshToken'], 1])
    expect(visit.told.of('customer_id')).toEqual([other.customer_id])
    expect(JSON.stringify(device.cupboard.keys().map((key) => device.cupboard.peek(key)))).not.toContain(other.refresh_token)
  })
})

describe('auth', () => {
  it('tells whether there is a token, and puts another in its place', async () => {
    const { sdk } = await shop.visit(device, { autoConnect: false })
    expect(await sdk.auth.hasToken()).toBe(false)
    const first = await sdk.auth.getToken()
    expect([await sdk.auth.hasToken(), await sdk.auth.getToken()]).toEqual([true, first])
    await shop.clock.advance(1_000)
    await sdk.auth.invalidate()
    const second = await sdk.auth.getToken()
    expect([second.entityId, second.accessToken === first.accessToken]).toEqual([first.entityId, false])
    await shop.clock.advance(1_000)
    expect((await sdk.auth.getFreshToken()).accessToken).not.toBe(second.accessToken)
  })
})

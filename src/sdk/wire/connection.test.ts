/** The one connection of a client: that it notices what is dead, comes back in time, and stays away for good when told so. */
import { beforeEach, describe, expect, it } from 'vitest'
import { FINAL_DISCONNECT_REASONS } from '../../protocol/disconnects.ts'
import { createClock, type FakeClock } from '../../testing/clock.ts'
import { Device, type Tab } from '../../testing/environment.ts'
import { Network } from '../../testing/network.ts'
import { createRandom } from '../../testing/random.ts'
import { No, openStage, type Stage, welcome } from '../../testing/stage.ts'
import { type Connection, createConnection } from './connection.ts'

const URL = 'ws://chat.test/v1/customer/rtm?license=1&client_id=demo'

let clock: FakeClock
let network: Network
let stage: Stage
let device: Device
let tab: Tab
/** What the client told, oldest first. */
let told: string[]
/** Whether each login was to be made with something fresh. */
let logins: boolean[]

beforeEach(() => {
  clock = createClock()
  network = new Network(clock)
  stage = openStage(network)
  device = new Device({ network, clock, random: createRandom('connection') })
  tab = device.open()
  told = []
  logins = []
})

/** `chance` decides how long each wait is; almost the whole of it unless told otherwise. */
function create(chance = 0.999): Connection {
  return createConnection({
    environment: { ...tab.environment, random: () => chance },
    url: URL,
    login: async (fresh) => {
      logins.push(fresh)
      return { token: 't' }
    },
    onWelcome: () => told.push('welcome'),
    onPush: (action) => told.push(action),
    onState: (state) => told.push(state),
    onReason: (reason) => told.push(`because ${reason}`),
  })
}

async function live(chance?: number): Promise<Connection> {
  const connection = create(chance)
  connection.connect()
  await clock.advance(0)
  expect(connection.state).toBe('live')
  told.length = 0
  return connection
}

const newest = () => network.opened.at(-1)
const sendAway = (reason: string, data?: object) => stage.push('customer_disconnected', { reason, ...(data && { data }) })
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fulfilled',
    (error: { code: string }) => error.code,
  )

describe('coming in', () => {
  it('goes from state to state, and is heard before anything else', async () => {
    const connection = create()
    expect([connection.state, network.opened.length]).toEqual(['idle', 0])
    connection.connect()
    connection.connect()
    await clock.advance(0)
    expect(told).toEqual(['opening', 'logging_in', 'live', 'welcome'])
    expect([network.opened.length, stage.of('login')[0]?.payload]).toEqual([1, { token: 't' }])
  })

  it('gives up a socket that does not open within 15 s', async () => {
    network.held = true
    const connection = create(0)
    connection.connect()
    await clock.advance(14_999)
    expect([connection.state, network.opened.length]).toEqual(['opening', 1])
    network.held = false
    await clock.advance(1)
    expect([connection.state, network.opened.length]).toEqual(['live', 2])
  })

  it('gives up a login that is not answered within 15 s', async () => {
    stage.answers['login'] = () => undefined
    const connection = create()
    connection.connect()
    await clock.advance(14_999)
    expect(connection.state).toBe('logging_in')
    await clock.advance(1)
    expect(connection.state).toBe('waiting')
  })

  it('[LIN6] tries once with a fresh token when the one it has is refused, and then no more', async () => {
    stage.answers['login'] = () => new No('authentication')
    const connection = create()
    connection.connect()
    await clock.advance(60_000)
    expect(logins).toEqual([false, true])
    expect([connection.state, told.at(-1)]).toEqual(['closed', 'because authentication'])
  })

  it('comes back after a refusal that may pass, no sooner than it was told', async () => {
    stage.answers['login'] = () => new No('too_many_requests', { retry_after_ms: 7_000 })
    const connection = create(0)
    connection.connect()
    await clock.advance(6_999)
    expect(stage.of('login')).toHaveLength(1)
    stage.answers['login'] = () => welcome
    await clock.advance(1)
    expect(connection.state).toBe('live')
  })
})

describe('a silent link', () => {
  it('[CON7] is asked for a sign of life after 15 s, is dead 8 s later, and another stands within 25 s', async () => {
    const connection = await live()
    newest()?.down.hold()
    await clock.advance(14_999)
    expect(stage.of('ping')).toEqual([])
    await clock.advance(1)
    expect(stage.of('ping')).toEqual([{ action: 'ping' }])
    await clock.advance(7_999)
    expect(connection.state).toBe('live')
    await clock.advance(1)
    expect(connection.state).toBe('waiting')
    await clock.advance(2_000)
    expect([connection.state, network.opened.length]).toEqual(['live', 2])
  })

  it('[CON7] lives on when the answer comes, however late within the 8 s', async () => {
    const connection = await live()
    newest()?.down.hold()
    await clock.advance(15_000 + 7_999)
    newest()?.down.release()
    await clock.advance(15_000)
    expect([connection.state, network.opened.length, stage.of('ping').length]).toEqual(['live', 1, 2])
  })

  it('[CON7] is not asked while anything is heard', async () => {
    await live()
    for (let pushes = 0; pushes < 5; pushes++) {
      await clock.advance(10_000)
      stage.push('incoming_something_new', {})
    }
    expect(stage.of('ping')).toEqual([])
    await clock.advance(15_000)
    expect(stage.of('ping')).toHaveLength(1)
  })

  it('[CON7] is asked at once when the page wakes, and is dead 3 s later', async () => {
    const connection = await live()
    newest()?.down.hold()
    await clock.advance(5_000)
    tab.wake()
    await clock.advance(2_999)
    expect([connection.state, stage.of('ping').length]).toEqual(['live', 1])
    await clock.advance(1)
    expect(connection.state).toBe('waiting')
  })

  it('[CON7] is kept when the page wakes and the answer comes', async () => {
    const connection = await live()
    tab.wake()
    await clock.advance(14_999)
    expect([connection.state, network.opened.length, stage.of('ping').length]).toEqual(['live', 1, 1])
  })

  it('is left for a new one at once when the platform says that the network is gone', async () => {
    const connection = await live()
    newest()?.hold()
    device.goOffline()
    expect(connection.state).toBe('waiting')
  })
})

describe('coming back', () => {
  /** The times between tries while nobody listens. */
  async function gaps(count: number): Promise<number[]> {
    const times: number[] = []
    while (times.length <= count) {
      const before = network.opened.length
      await clock.advance(1)
      if (network.opened.length > before) times.push(clock.now())
    }
    return times.slice(1).map((time, at) => time - (times[at] ?? 0))
  }

  it('[CON11] waits longer after each failure, up to 30 s', async () => {
    await live(0.5)
    network.sever()
    // Each of them rounded up to whole milliseconds.
    expect(await gaps(8)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000])
  })

  it('[CON11] does not wait where chance says so', async () => {
    const connection = await live(0)
    newest()?.cut()
    await clock.advance(0)
    expect([connection.state, network.opened.length]).toEqual(['live', 2])
  })

  it('[CON11] counts from the start again after a link that held', async () => {
    await live(0.5)
    for (let losses = 0; losses < 3; losses++) {
      await clock.advance(12_000)
      newest()?.cut()
      await clock.advance(249)
      expect(told.at(-1)).toBe('waiting')
      await clock.advance(1)
      expect(told.slice(-2)).toEqual(['live', 'welcome'])
    }
  })

  it('[CON11] goes on counting where the server drops everyone at once', async () => {
    await live(0.5)
    const waits: number[] = []
    for (let losses = 0; losses < 5; losses++) {
      newest()?.cut()
      const since = clock.now()
      while (told.at(-1) !== 'welcome') await clock.advance(50)
      waits.push(clock.now() - since)
      told.length = 0
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000])
  })

  it('[CON11] happens at once when the platform says the network is back', async () => {
    const connection = await live()
    network.sever()
    await clock.advance(120_000)
    expect(connection.state).toBe('waiting')
    device.goOffline()
    network.listen(stage.far)
    device.goOnline()
    await clock.advance(0)
    expect(connection.state).toBe('live')
  })

  it('is tried every few seconds though the platform says it is offline, for platforms err', async () => {
    const connection = await live(0)
    device.goOffline()
    await clock.advance(4_999)
    expect(network.opened).toHaveLength(1)
    await clock.advance(1)
    expect([connection.state, network.opened.length]).toEqual(['waiting', 2])
  })

  it.each(FINAL_DISCONNECT_REASONS)('[CON11] never happens after %s', async (reason) => {
    const connection = await live()
    sendAway(reason)
    await clock.advance(60 * 60_000)
    tab.wake()
    await clock.advance(60_000)
    expect([connection.state, network.opened.length]).toEqual(['closed', 1])
    expect(told).toEqual(['closed', `because ${reason}`])
  })

  it.each(['authorization', 'license_not_found', 'origin_not_allowed', 'unsupported_action'] as const)(
    '[CON11] never happens when the login is refused as %s',
    async (type) => {
      stage.answers['login'] = () => new No(type)
      const connection = create()
      connection.connect()
      await clock.advance(60 * 60_000)
      expect([connection.state, network.opened.length, told.at(-1)]).toEqual(['closed', 1, `because ${type}`])
    },
  )

  it('[CON10] happens after every other reason, which is told', async () => {
    const connection = await live()
    sendAway('connection_evicted')
    await clock.advance(1_000)
    expect(told).toEqual(['because connection_evicted', 'waiting', 'opening', 'logging_in', 'live', 'welcome'])
    expect([connection.state, logins]).toEqual(['live', [false, false]])
  })

  it('[LIN6] brings a fresh token where the old one was the reason', async () => {
    await live()
    sendAway('access_token_expired')
    await clock.advance(1_000)
    sendAway('access_token_revoked')
    await clock.advance(2_000)
    expect(logins).toEqual([false, true, true])
  })

  it('[CON12] waits as long as a server that goes says', async () => {
    const connection = await live(0)
    sendAway('service_temporarily_unavailable', { retry_after_ms: 12_000 })
    await clock.advance(11_999)
    expect(connection.state).toBe('waiting')
    await clock.advance(1)
    expect(connection.state).toBe('live')
  })
})

describe('leaving', () => {
  it('by disconnect ends the link, refuses requests, and lasts until connect', async () => {
    const connection = await live()
    const under_way = codeOf(connection.request('get_chat', {}))
    connection.disconnect()
    await clock.advance(60_000)
    tab.wake()
    await clock.advance(60_000)
    expect([connection.state, network.opened.length, network.lines.length]).toEqual(['closed', 1, 0])
    expect([await under_way, await codeOf(connection.request('get_chat', {}))]).toEqual(['CONNECTION_LOST', 'NO_CONNECTION'])
    connection.connect()
    await clock.advance(0)
    expect(connection.state).toBe('live')
  })

  it('by destroy is for good', async () => {
    const connection = await live()
    connection.destroy()
    connection.connect()
    connection.disconnect()
    tab.wake()
    await clock.advance(60_000)
    expect([connection.state, network.opened.length]).toEqual(['destroyed', 1])
    expect(await codeOf(connection.request('get_chat', {}))).toBe('SDK_DESTROYED')
    expect(clock.next()).toBeNull()
  })

  it('while it comes in leaves nothing behind', async () => {
    const connection = create()
    connection.connect()
    connection.disconnect()
    await clock.advance(60_000)
    expect([connection.state, told]).toEqual(['closed', ['opening', 'closed']])
  })
})

describe('what is heard', () => {
  it('[CON5] passes on pushes that are not known here', async () => {
    await live()
    stage.push('incoming_weather', { rain: true })
    await clock.advance(0)
    expect(told).toEqual(['incoming_weather'])
  })

  it('of an old link counts for nothing', async () => {
    await live()
    newest()?.down.hold()
    stage.push('incoming_late', {})
    const old = newest()
    device.goOffline()
    device.goOnline()
    await clock.advance(0)
    told.length = 0
    old?.down.release()
    await clock.advance(0)
    expect(told).toEqual([])
  })
})

/** A connection that notices what is dead, comes back in time, and stays away for good when told so. */
import { beforeEach, describe, expect, it } from 'vitest'
import { DISCONNECT_REASONS, FINAL_DISCONNECT } from '../../protocol/disconnects.ts'
import { type NearEnd, openNearEnd } from '../../testing/near-end.ts'
import { No } from '../../testing/stage.ts'

let near: NearEnd

beforeEach(() => {
  near = openNearEnd()
})

describe('a silent link', () => {
  it('[CON7] is asked for a sign of life after 15 s, is dead 8 s later, and another stands within 25 s', async () => {
    const connection = await near.live()
    near.line?.down.hold()
    await near.clock.advance(14_999)
    expect(near.stage.of('ping')).toEqual([])
    await near.clock.advance(1)
    expect(near.stage.of('ping')).toEqual([{ action: 'ping' }])
    await near.clock.advance(7_999)
    expect(connection.state).toBe('live')
    await near.clock.advance(1)
    expect(connection.state).toBe('waiting')
    await near.clock.advance(2_000)
    expect([connection.state, near.network.opened.length]).toEqual(['live', 2])
  })

  it('[CON7] lives on when the answer comes, however late within the 8 s', async () => {
    const connection = await near.live()
    near.line?.down.hold()
    await near.clock.advance(15_000 + 7_999)
    near.line?.down.release()
    await near.clock.advance(15_000)
    expect([connection.state, near.network.opened.length, near.stage.of('ping').length]).toEqual(['live', 1, 2])
  })

  it('[CON7] is not asked while anything is heard', async () => {
    await near.live()
    for (let pushes = 0; pushes < 5; pushes++) {
      await near.clock.advance(10_000)
      near.stage.push('incoming_something_new', {})
    }
    expect(near.stage.of('ping')).toEqual([])
    await near.clock.advance(15_000)
    expect(near.stage.of('ping')).toHaveLength(1)
  })

  it('[CON7] is asked at once when the page wakes, and is dead 3 s later', async () => {
    const connection = await near.live()
    near.line?.down.hold()
    await near.clock.advance(5_000)
    near.tab.wake()
    await near.clock.advance(2_999)
    expect([connection.state, near.stage.of('ping').length]).toEqual(['live', 1])
    await near.clock.advance(1)
    expect(connection.state).toBe('waiting')
  })

  it('[CON7] is kept when the page wakes and the answer comes', async () => {
    const connection = await near.live()
    near.tab.wake()
    await near.clock.advance(14_999)
    expect([connection.state, near.network.opened.length, near.stage.of('ping').length]).toEqual(['live', 1, 1])
  })

  it('is left for a new one at once when the platform says that the network is gone', async () => {
    const connection = await near.live()
    near.line?.hold()
    near.device.goOffline()
    expect(connection.state).toBe('waiting')
  })
})

describe('coming back', () => {
  /** The times between tries while nobody listens. */
  async function gaps(count: number): Promise<number[]> {
    const times: number[] = []
    await near.clock.advance(0)
    while (times.length <= count) {
      const before = near.network.opened.length
      await near.clock.advance(near.clock.next() ?? 1)
      if (near.network.opened.length > before) times.push(near.clock.now())
    }
    return times.slice(1).map((time, at) => time - (times[at] ?? 0))
  }

  it('[CON11] waits longer after each failure, up to 30 s', async () => {
    await near.live(0.5)
    near.network.sever()
    expect(await gaps(8)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000])
  })

  it('[CON11] does not wait where chance says so', async () => {
    const connection = await near.live(0)
    near.line?.cut()
    await near.clock.advance(0)
    expect([connection.state, near.network.opened.length]).toEqual(['live', 2])
  })

  it('[CON11] counts from the start again after a link that held', async () => {
    await near.live(0.5)
    for (let losses = 0; losses < 3; losses++) {
      await near.clock.advance(12_000)
      near.line?.cut()
      await near.clock.advance(249)
      expect(near.told.at(-1)).toBe('waiting')
      await near.clock.advance(1)
      expect(near.told.slice(-2)).toEqual(['live', 'welcome'])
    }
  })

  it('[CON11] goes on counting where the server drops everyone at once', async () => {
    await near.live(0.5)
    const waits: number[] = []
    for (let losses = 0; losses < 5; losses++) {
      near.line?.cut()
      const since = near.clock.now()
      while (near.told.at(-1) !== 'welcome') await near.clock.advance(50)
      waits.push(near.clock.now() - since)
      near.told.length = 0
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000])
  })

  it('[CON11] happens at once when the platform says the network is back', async () => {
    const connection = await near.live()
    near.network.sever()
    await near.clock.advance(120_000)
    expect(connection.state).toBe('waiting')
    near.device.goOffline()
    near.network.listen(near.stage.far)
    near.device.goOnline()
    await near.clock.advance(0)
    expect(connection.state).toBe('live')
  })

  it('is tried though the platform says it is offline, for platforms err', async () => {
    const connection = await near.live()
    near.device.goOffline()
    await near.clock.advance(499)
    expect(near.network.opened).toHaveLength(1)
    await near.clock.advance(1)
    expect([connection.state, near.network.opened.length]).toEqual(['waiting', 2])
  })

  it('[CON11] is over after three reasons', () => {
    const final = DISCONNECT_REASONS.filter((reason) => FINAL_DISCONNECT.test(reason))
    expect(final).toEqual(['license_not_found', 'logged_out_remotely', 'unsupported_version'])
  })

  it.each(DISCONNECT_REASONS.filter((reason) => FINAL_DISCONNECT.test(reason)))('[CON11] never happens after %s', async (reason) => {
    const connection = await near.live()
    near.sendAway(reason)
    await near.clock.advance(60 * 60_000)
    near.tab.wake()
    await near.clock.advance(60_000)
    expect([connection.state, near.network.opened.length]).toEqual(['closed', 1])
    expect(near.told).toEqual(['closed', `because ${reason}`])
  })

  it.each(['authorization', 'license_not_found', 'origin_not_allowed', 'unsupported_action'] as const)(
    '[CON11] never happens when the login is refused as %s',
    async (type) => {
      near.stage.answers['login'] = () => new No(type)
      const connection = near.create()
      connection.connect()
      await near.clock.advance(60 * 60_000)
      expect([connection.state, near.network.opened.length, near.told.at(-1)]).toEqual(['closed', 1, `because ${type}`])
    },
  )

  it('[CON10] happens after every other reason, which is told', async () => {
    const connection = await near.live()
    near.sendAway('connection_evicted')
    await near.clock.advance(1_000)
    expect(near.told).toEqual(['because connection_evicted', 'waiting', 'opening', 'logging_in', 'live', 'welcome'])
    expect([connection.state, near.logins]).toEqual(['live', [false, false]])
  })

  it('[LIN6] brings a fresh token where the old one was the reason', async () => {
    await near.live()
    near.sendAway('access_token_expired')
    await near.clock.advance(1_000)
    near.sendAway('access_token_revoked')
    await near.clock.advance(2_000)
    expect(near.logins).toEqual([false, true, true])
  })

  it('[CON12] waits as long as a server that goes says', async () => {
    const connection = await near.live(0)
    near.sendAway('service_temporarily_unavailable', { retry_after_ms: 12_000 })
    await near.clock.advance(11_999)
    expect(connection.state).toBe('waiting')
    await near.clock.advance(1)
    expect(connection.state).toBe('live')
  })
})

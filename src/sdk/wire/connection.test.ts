/** The one connection of a client: how it comes in, and how it leaves. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type NearEnd, openNearEnd } from '../../testing/near-end.ts'
import { codeOf } from '../../testing/shop.ts'
import { No, welcome } from '../../testing/stage.ts'

let near: NearEnd

beforeEach(() => {
  near = openNearEnd()
})

describe('coming in', () => {
  it('goes from state to state, and is heard before anything else', async () => {
    const connection = near.create()
    expect([connection.state, near.network.opened.length]).toEqual(['idle', 0])
    connection.connect()
    connection.connect()
    await near.clock.advance(0)
    expect(near.told).toEqual(['opening', 'logging_in', 'live', 'welcome'])
    expect([near.network.opened.length, near.stage.of('login')[0]?.payload]).toEqual([1, { token: 't' }])
  })

  it('gives up a socket that does not open within 15 s', async () => {
    near.network.held = true
    const connection = near.create(0)
    connection.connect()
    await near.clock.advance(14_999)
    expect([connection.state, near.network.opened.length]).toEqual(['opening', 1])
    near.network.held = false
    await near.clock.advance(1)
    expect([connection.state, near.network.opened.length]).toEqual(['live', 2])
  })

  it('gives up a login that is not answered within 15 s', async () => {
    near.stage.answers['login'] = () => undefined
    const connection = near.create()
    connection.connect()
    await near.clock.advance(14_999)
    expect(connection.state).toBe('logging_in')
    await near.clock.advance(1)
    expect(connection.state).toBe('waiting')
  })

  it('[LIN6] tries once with a fresh token when the one it has is refused, and then no more', async () => {
    near.stage.answers['login'] = () => new No('authentication')
    const connection = near.create()
    connection.connect()
    await near.clock.advance(60_000)
    expect(near.logins).toEqual([false, true])
    expect([connection.state, near.told.at(-1)]).toEqual(['closed', 'because authentication'])
  })

  it('comes back after a refusal that may pass, no sooner than it was told', async () => {
    near.stage.answers['login'] = () => new No('too_many_requests', { retry_after_ms: 7_000 })
    const connection = near.create(0)
    connection.connect()
    await near.clock.advance(6_999)
    expect(near.stage.of('login')).toHaveLength(1)
    near.stage.answers['login'] = () => welcome
    await near.clock.advance(1)
    expect(connection.state).toBe('live')
  })
})

describe('leaving', () => {
  it.each(['opening', 'logging_in', 'live', 'because connection_timeout'])('holds for whoever leaves on hearing %s', async (moment) => {
    for (const leave of ['disconnect', 'destroy'] as const) {
      const left = vi.fn(() => connection[leave]())
      const connection = near.create(0, (what) => what === moment && left.mock.calls.length === 0 && left())
      connection.connect()
      await near.clock.advance(0)
      if (moment.startsWith('because')) near.sendAway('connection_timeout')
      await near.clock.advance(120_000)
      expect([connection.state, near.network.lines.length]).toEqual([leave === 'destroy' ? 'destroyed' : 'closed', 0])
    }
  })

  it('by disconnect ends the link, refuses requests, and lasts until connect', async () => {
    const connection = await near.live()
    const under_way = codeOf(connection.request('get_chat', {}))
    connection.disconnect()
    await near.clock.advance(60_000)
    near.tab.wake()
    await near.clock.advance(60_000)
    expect([connection.state, near.network.opened.length, near.network.lines.length]).toEqual(['closed', 1, 0])
    expect([await under_way, await codeOf(connection.request('get_chat', {}))]).toEqual(['CONNECTION_LOST', 'NO_CONNECTION'])
    connection.connect()
    await near.clock.advance(0)
    expect(connection.state).toBe('live')
  })

  it('by destroy is for good', async () => {
    const connection = await near.live()
    connection.destroy()
    connection.connect()
    connection.disconnect()
    near.tab.wake()
    await near.clock.advance(60_000)
    expect([connection.state, near.network.opened.length]).toEqual(['destroyed', 1])
    expect(await codeOf(connection.request('get_chat', {}))).toBe('SDK_DESTROYED')
    expect(near.clock.next()).toBeNull()
  })

  it('while it comes in leaves nothing behind', async () => {
    const connection = near.create()
    connection.connect()
    connection.disconnect()
    await near.clock.advance(60_000)
    expect([connection.state, near.told]).toEqual(['closed', ['opening', 'closed']])
  })
})

describe('a final refusal', () => {
  it('is what every request is rejected with, those that wait and those that come, until the next connect', async () => {
    near.stage.answers['login'] = () => new No('origin_not_allowed')
    const connection = near.create()
    connection.connect()
    const waiting = codeOf(connection.request('get_chat', {}))
    await near.clock.advance(0)
    expect([connection.state, connection.refused, await waiting]).toEqual(['closed', true, 'ORIGIN_NOT_ALLOWED'])
    expect(await codeOf(connection.request('get_chat', {}))).toBe('ORIGIN_NOT_ALLOWED')
    near.stage.answers['login'] = () => welcome
    near.stage.answers['get_chat'] = () => ({})
    connection.connect()
    expect(connection.refused).toBe(false)
    expect(await codeOf(connection.request('get_chat', {}))).toBe('fulfilled')
  })

  it('may come in the middle of things', async () => {
    const connection = await near.live()
    const under_way = codeOf(connection.request('get_chat', {}))
    near.sendAway('logged_out_remotely')
    await near.clock.advance(0)
    expect([near.told.at(-1), await under_way]).toEqual(['because logged_out_remotely', 'CONNECTION_LOST'])
    expect(await codeOf(connection.request('get_chat', {}))).toBe('LOGGED_OUT_REMOTELY')
  })

  it('is no end that one chose oneself', async () => {
    const connection = await near.live()
    connection.disconnect()
    expect(connection.refused).toBe(false)
    connection.destroy()
    expect(connection.refused).toBe(false)
  })

  it('is a runtime without sockets, which is told in words', async () => {
    const { environment } = near.tab
    Object.assign(environment, { openLink: () => null })
    const connection = near.create()
    connection.connect()
    const waiting = connection.request('get_chat', {})
    await expect(waiting).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringMatching(/^unable to connect; unsupported/),
    })
    expect(near.told).toEqual(['opening', 'closed', 'because unsupported'])
  })
})

describe('what is heard', () => {
  it('[CON5] passes on pushes that are not known here', async () => {
    await near.live()
    near.stage.push('incoming_weather', { rain: true })
    await near.clock.advance(0)
    expect(near.told).toEqual(['incoming_weather'])
  })

  it('of an old link counts for nothing', async () => {
    await near.live()
    near.line?.down.hold()
    near.stage.push('incoming_late', {})
    const old = near.line
    near.device.goOffline()
    near.device.goOnline()
    await near.clock.advance(0)
    near.told.length = 0
    old?.down.release()
    await near.clock.advance(0)
    expect(near.told).toEqual([])
  })
})

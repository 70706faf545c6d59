/** Whoever sends what is no request has as little of it as of everything else. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RATES } from '../../protocol/limits.ts'
import { openScene, type Scene } from '../../testing/gateway.ts'
import { turns } from '../../testing/turns.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const { burst, perMinute } = RATES.nonsense

describe('on a socket', () => {
  test.each([
    ['no JSON', '{'],
    ['an action that is none', '{"action":"dance"}'],
    ['a payload of no form', '{"action":"list_chats","payload":{"limit":"many"}}'],
  ])('[CON16] %s is answered until there is too much of it, and then the socket ends', async (_, frame) => {
    const [ann, bob] = [await scene.customer('ann'), await scene.customer('bob')]
    for (let at = 0; at < burst; at++) ann.send(frame)
    await turns(4)
    expect([ann.frames.filter(({ success }) => success === false).length, ann.closedWith]).toEqual([burst, null])
    ann.send(frame)
    await turns(4)
    expect(ann.closedWith).toBe(1008)
    expect(ann.pushes.at(-1)).toMatchObject({ action: 'customer_disconnected', payload: { reason: 'connection_evicted' } })
    expect(await bob.ask('list_chats')).toMatchObject({ total_chats: 0 })
  })

  test('[CON16] so does the one on which nobody has logged in', async () => {
    const peer = await scene.connect('customer')
    for (let at = 0; at <= burst; at++) peer.send('{"action":"list_chats"}')
    await turns(4)
    expect(peer.closedWith).toBe(1008)
  })

  test('[CON14] what is only too often or too early counts for nothing else', async () => {
    const ann = await scene.customer('ann')
    for (let at = 0; at < RATES.signal.burst + burst * 2; at++) ann.send('{"action":"ping"}')
    await turns(8)
    expect(ann.closedWith).toBeNull()
  })
})

describe('over HTTP', () => {
  const ask = (body: string, address: string, path = '/v1/customer/token') =>
    scene.http({ method: 'POST', path: `${path}?license=1&client_id=demo`, body }, { address })
  const good = JSON.stringify({ grant_type: 'anonymous', visitor_key: 'v'.repeat(22) })

  test.each([
    ['/v1/customer/token', '{'],
    ['/v1/customer/action/dance', '{}'],
    ['/v1/customer/action/list_chats', '{}'],
  ])('[CON16] %s: the address is not heard for a while, and others are', async (path, body) => {
    for (let at = 0; at < burst; at++) expect((await ask(body, '203.0.113.9', path)).status).toBeLessThan(429)
    const refused = await ask(good, '203.0.113.9')
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '1'])
    expect((await ask(good, '203.0.113.10')).status).toBe(200)
    await scene.clock.advance(60_000 / perMinute)
    expect((await ask(good, '203.0.113.9')).status).toBe(200)
  })
})

/** Who of a chat is there, and who hears of it when they come and go: in one process. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_PRESENCE_CHATS, PRESENCE_EVERY_MS, PRESENCE_GRACE_MS } from '../../protocol/limits.ts'
import { BadBus } from '../../testing/bad-bus.ts'
import { createClock } from '../../testing/clock.ts'
import { openScene, type Peer, type Scene } from '../../testing/gateway.ts'
import { askWho, changesOf, goes, idOf, openGroup, toldOf } from '../../testing/presence.ts'
import { turns } from '../../testing/turns.ts'
import { createRateLimiter } from './ratelimit.ts'

let scene: Scene
let bus: BadBus
let looked: string[]
beforeEach(async () => {
  bus = new BadBus()
  looked = []
  scene = await openScene({
    // Whoever asks about hundreds of chats in a test does not wait for rates.
    parts: { bus, rates: createRateLimiter({ clock: createClock(), factor: 1000 }) },
    wrapStore: (store) => ({
      ...store,
      present(chat_id) {
        looked.push(chat_id)
        return store.present(chat_id)
      },
    }),
  })
})
afterEach(() => scene.close())

const leave = (peer: Peer) => goes(scene, peer)
const pause = () => scene.clock.advance(PRESENCE_EVERY_MS)
/** Ann, Bob and Zoe, of whom the last is not there yet, in a group. */
const threeInAGroup = async () => {
  const [ann, bob, zoe] = [await scene.customer('ann'), await scene.customer('bob'), await scene.customer('zoe')]
  await leave(zoe)
  return { ann, bob, zoe: idOf(zoe), chat_id: await openGroup(scene, 'group', idOf(ann), idOf(bob), idOf(zoe)) }
}

describe('[PRE3] who is there', () => {
  test('is named once, with the time of the first socket, and nobody for a socket that has not logged in', async () => {
    const ann = await scene.customer('ann')
    const since = scene.clock.now()
    await scene.clock.advance(60_000)
    const [tab, bob] = [await scene.customer('ann'), await scene.customer('bob')]
    const chat_id = await openGroup(scene, 'group', idOf(ann), idOf(bob))
    bob.line.link.close()
    await scene.connect('customer')
    await turns()
    const users = [{ user_id: idOf(ann), online_at: new Date(since).toISOString() }]
    expect(await tab.ask('get_presence', { chat_id })).toEqual({ users })
    // The time is that of the stay, and not of the tab that is left.
    ann.line.link.close()
    await turns()
    expect(await tab.ask('get_presence', { chat_id })).toEqual({ users })
  })

  test('is who is in the chat: of the agents those who have replied, though all may ask', async () => {
    const [ann, robin, kim] = [await scene.customer('ann'), await scene.agent(0), await scene.agent(1)]
    const { chat } = await ann.ask('start_chat')
    for (const peer of [ann, kim]) expect(await askWho(peer, chat.id)).toEqual([idOf(ann)])
    await robin.ask('send_event', { chat_id: chat.id, event: { type: 'message', text: 'hello' } })
    for (const peer of [ann, kim, robin]) expect(await askWho(peer, chat.id)).toEqual(['agent-1-1', idOf(ann)].sort())
    expect([await toldOf(ann), await toldOf(kim)]).toEqual([['+agent-1-1'], ['+agent-1-1']])
  })

  test('[MEM1] [MEM2] is nobody else’s business', async () => {
    const [ann, bob, agent] = [await scene.customer('ann'), await scene.customer('bob'), await scene.agent()]
    const chat_id = await openGroup(scene, 'group', idOf(ann))
    const missing = await bob.refusal('get_presence', { chat_id: 'missing' })
    for (const peer of [bob, agent]) expect(await peer.refusal('get_presence', { chat_id })).toEqual(missing)
    await bob.ask('join_chat', { chat_id })
    await bob.ask('leave_chat', { chat_id })
    expect(await bob.refusal('get_presence', { chat_id })).toMatchObject({ type: 'missing_access' })
    expect(await askWho(ann, chat_id)).toEqual([idOf(ann)])
  })

  test('is answered over HTTP too, where nothing is told later', async () => {
    const { ann, bob, chat_id } = await threeInAGroup()
    const { access_token } = await scene.token('ann')
    const body = JSON.stringify({ chat_id })
    const path = '/v1/customer/action/get_presence?license=1&client_id=demo'
    const response = await scene.http({ method: 'POST', path, body, headers: { authorization: `Bearer ${access_token}` } })
    const { users } = JSON.parse(response.body) as { users: { user_id: string }[] }
    expect(users.map(({ user_id }) => user_id)).toEqual([idOf(ann), idOf(bob)])
    await leave(bob)
    expect(await toldOf(ann)).toEqual([])
  })
})

describe('[PRE4] who asked over a socket', () => {
  test('hears who comes and goes, who asks late is answered with it, and who never asked hears nothing', async () => {
    const { ann, bob, zoe, chat_id } = await threeInAGroup()
    expect(await askWho(ann, chat_id)).toEqual([idOf(ann), idOf(bob)].sort())
    const online_at = new Date(scene.clock.now()).toISOString()
    const back = await scene.customer('zoe')
    expect(await toldOf(ann)).toEqual([`+${zoe}`])
    expect(changesOf(ann)).toEqual([{ chat_id, joins: [{ user_id: zoe, online_at }], leaves: [] }])
    expect(await askWho(back, chat_id)).toEqual([idOf(ann), idOf(bob), zoe].sort())
    await leave(ann)
    expect(await toldOf(back)).toEqual([`-${idOf(ann)}`])
    expect([await toldOf(bob), await toldOf(ann)]).toEqual([[], [`+${zoe}`]])
  })

  test('hears of one who has several sockets when the first comes and the last has gone', async () => {
    const { ann, zoe, chat_id } = await threeInAGroup()
    await askWho(ann, chat_id)
    const tabs = [await scene.customer('zoe'), await scene.customer('zoe')]
    await pause()
    for (const tab of tabs) {
      expect(await toldOf(ann)).toEqual([`+${zoe}`])
      await leave(tab)
    }
    expect(await toldOf(ann)).toEqual([`+${zoe}`, `-${zoe}`])
  })

  test('hears who joins and who leaves the chat', async () => {
    const { ann, bob, chat_id } = await threeInAGroup()
    const cleo = await scene.customer('cleo')
    await askWho(ann, chat_id)
    await cleo.ask('join_chat', { chat_id })
    expect(await toldOf(ann)).toEqual([`+${idOf(cleo)}`])
    await pause()
    await bob.ask('leave_chat', { chat_id })
    expect(await toldOf(ann)).toEqual([`+${idOf(cleo)}`, `-${idOf(bob)}`])
  })

  test('[MEM5] hears nothing more once they are not in the chat, and not because they are in it again', async () => {
    const { ann, bob, zoe, chat_id } = await threeInAGroup()
    for (const peer of [ann, bob]) await askWho(peer, chat_id)
    await bob.ask('leave_chat', { chat_id })
    await pause()
    const back = await scene.customer('zoe')
    await pause()
    await bob.ask('join_chat', { chat_id })
    await pause()
    await leave(back)
    expect([await toldOf(ann), await toldOf(bob)]).toEqual([[`-${idOf(bob)}`, `+${zoe}`, `+${idOf(bob)}`, `-${zoe}`], []])
    await pause()
    expect(await askWho(bob, chat_id)).toEqual([idOf(ann), idOf(bob)].sort())
    await scene.customer('zoe')
    expect(await toldOf(bob)).toEqual([`+${zoe}`])
  })

  test('[MEM7] hears nothing of a chat that was deleted', async () => {
    const [ann, agent] = [await scene.customer('ann'), await scene.agent()]
    const { chat } = await ann.ask('start_chat')
    await askWho(agent, chat.id)
    const write = { write: 'delete_chat', chat_id: chat.id, by: null } as const
    const { organization_id } = scene.founded
    const deleted = await scene.gateway.dispatcher.commit({ at: scene.clock.now(), expect: [], writes: [write], idempotency: [] })
    if (!deleted.ok) throw new Error(deleted.why)
    scene.gateway.fanout.committed(organization_id, deleted.committed, null)
    await turns()
    expect(agent.pushes.at(-1)?.action).toBe('chat_deleted')
    await leave(ann)
    expect(await toldOf(agent)).toEqual([])
  })

  test('may ask again: the answer is fresh, and nothing is told twice', async () => {
    const { ann, zoe, chat_id } = await threeInAGroup()
    await askWho(ann, chat_id)
    const back = await scene.customer('zoe')
    expect(await askWho(ann, chat_id)).toContain(zoe)
    await pause()
    await leave(back)
    expect(await toldOf(ann)).toEqual([`+${zoe}`, `-${zoe}`])
    expect(await askWho(ann, chat_id)).not.toContain(zoe)
  })

  test('hears at once of the first, and together of what happens within a second', async () => {
    const { ann, bob, zoe, chat_id } = await threeInAGroup()
    await leave(bob)
    await askWho(ann, chat_id)
    await scene.customer('zoe')
    await scene.customer('bob')
    const cleo = await scene.customer('cleo')
    await cleo.ask('join_chat', { chat_id })
    expect(await toldOf(ann)).toEqual([`+${zoe}`])
    await pause()
    expect(await toldOf(ann)).toEqual([`+${zoe}`, `+${idOf(bob)} +${idOf(cleo)}`])
  })

  test('costs one look at the chat a second, however much happens', async () => {
    const { ann, bob, zoe, chat_id } = await threeInAGroup()
    await leave(bob)
    await askWho(ann, chat_id)
    await scene.customer('zoe')
    await turns()
    looked = []
    await scene.customer('bob')
    expect([await toldOf(ann), looked]).toEqual([[`+${zoe}`], []])
    await pause()
    expect([await toldOf(ann), looked]).toEqual([[`+${zoe}`, `+${idOf(bob)}`], [chat_id]])
  })

  test(`hears of the ${MAX_PRESENCE_CHATS} chats that it asked about last`, async () => {
    const [ann, zoe] = [await scene.customer('ann'), await scene.customer('zoe')]
    const chats = Array.from({ length: MAX_PRESENCE_CHATS + 1 }, (_, at) => `group-${at}`)
    for (const chat_id of chats) await openGroup(scene, chat_id, idOf(ann), idOf(zoe))
    const [first = '', second = '', ...others] = chats
    for (const chat_id of [first, second, first, ...others]) await askWho(ann, chat_id)
    await leave(zoe)
    await turns(8)
    const heard = changesOf(ann).map(({ chat_id }) => chat_id)
    expect(heard.sort()).toEqual(chats.filter((chat_id) => chat_id !== second).sort())
  })
})

describe('[PRE5] who is back soon', () => {
  test('was not away for those who were told, and is shown meanwhile', async () => {
    const { ann, bob, chat_id } = await threeInAGroup()
    await askWho(ann, chat_id)
    bob.line.link.close()
    await scene.clock.advance(PRESENCE_GRACE_MS - 1)
    expect(await askWho(ann, chat_id)).toContain(idOf(bob))
    const back = await scene.customer('bob')
    await scene.clock.advance(PRESENCE_GRACE_MS)
    expect(await toldOf(ann)).toEqual([])
    back.line.link.close()
    await scene.clock.advance(PRESENCE_GRACE_MS)
    expect(await toldOf(ann)).toEqual([`-${idOf(bob)}`])
  })

  test('keeps the time of when they came first', async () => {
    const { ann, bob, chat_id } = await threeInAGroup()
    const { users } = await ann.ask('get_presence', { chat_id })
    bob.line.link.close()
    await scene.clock.advance(PRESENCE_GRACE_MS / 2)
    await scene.customer('bob')
    expect(await ann.ask('get_presence', { chat_id })).toEqual({ users })
  })

  test('is away for those who ask only then', async () => {
    const { ann, bob, chat_id } = await threeInAGroup()
    bob.line.link.close()
    expect(await askWho(ann, chat_id)).toEqual([idOf(ann)])
  })
})

describe('[PRE6] where nobody watches', () => {
  const words = () => bus.published.filter(({ kind }) => kind === 'presence_asked' || kind === 'presence_told')
  const visit = async () => {
    const visitors = await Promise.all(Array.from({ length: 20 }, (_, at) => scene.customer(`visitor-${at}`)))
    for (const visitor of visitors) visitor.line.link.close()
    await scene.clock.advance(60_000)
  }

  test('nothing is told between processes and nothing read, however many come and go', async () => {
    await visit()
    expect([words(), looked]).toEqual([[], []])
  })

  const atRest = async () => {
    await scene.clock.advance(60_000)
    bus.published = []
    looked = []
    await visit()
    return [words(), looked]
  }

  test('it is so again once the last one has gone who did', async () => {
    const stranger = await scene.customer('stranger')
    const { ann, bob, chat_id } = await threeInAGroup()
    await askWho(ann, chat_id)
    await askWho(bob, chat_id)
    await visit()
    expect(words().length).toBeGreaterThan(0)
    for (const peer of [ann, bob]) peer.line.link.close()
    expect(await atRest()).toEqual([[], []])
    stranger.line.link.close()
    await scene.clock.advance(60_000)
    expect(scene.clock.next()).toBeNull()
  })

  test('it is so when who asked has gone before the answer', async () => {
    await scene.customer('stranger')
    const { ann, chat_id } = await threeInAGroup()
    ann.send(JSON.stringify({ action: 'get_presence', payload: { chat_id } }))
    ann.line.link.close()
    expect(await atRest()).toEqual([[], []])
  })

  test('nobody waits for a visitor whom nobody watches', async () => {
    const { ann, chat_id } = await threeInAGroup()
    await askWho(ann, chat_id)
    await turns()
    bus.published = []
    looked = []
    const stranger = await scene.customer('stranger')
    stranger.line.link.close()
    await turns()
    expect([words(), looked]).toEqual([[], []])
  })
})

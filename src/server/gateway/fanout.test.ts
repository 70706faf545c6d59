/** Who is told what, what a returning socket misses, and that a bus which cannot be relied on is not noticed. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { someAddresses } from '../../testing/factories.ts'
import { createFarEnd } from '../../testing/far-end.ts'
import { openScene, Peer, type Scene } from '../../testing/gateway.ts'
import { Network } from '../../testing/network.ts'
import { createRandom } from '../../testing/random.ts'
import { turns } from '../../testing/turns.ts'
import type { Bus, BusMessage } from '../bus/bus.ts'
import { newCustomer } from '../domain/customers.ts'
import type { ChatAudience, Committed, LogEntry, Write } from '../store/change.ts'
import { Organization } from './organization.ts'
import { getsEntry, type Origin, type Receiver } from './sockets.ts'

/** Of bots there is nothing to hear. */
const DEAF = { entries() {}, piece() {} }

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const message = (text: string, more: object = {}) => ({ type: 'message', text, ...more })
const oneTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

describe('who is told', () => {
  test('[MEM1] [MEM2] agents of every support chat, customers of their own only', async () => {
    const [ann, bob, agent] = [await scene.customer('ann'), await scene.customer('bob'), await scene.agent()]
    const { chat } = await ann.ask('start_chat')
    await ann.ask('send_event', { chat_id: chat.id, event: message('hello') })
    await turns()
    expect(agent.seqs(chat.id)).toEqual([1, 2])
    expect(bob.pushes).toEqual([])
    expect(await bob.refusal('get_chat', { chat_id: chat.id })).toMatchObject({ type: 'not_found' })
  })

  test('[LOG2] [LOG8] a private note is told to agents, and leaves no hole in what customers count', async () => {
    const [ann, agent, other] = [await scene.customer('ann'), await scene.agent(0), await scene.agent(1)]
    const watching = await scene.customer('ann')
    const { chat } = await ann.ask('start_chat')
    await agent.ask('send_event', { chat_id: chat.id, event: message('careful', { visibility: 'agents' }) })
    await ann.ask('send_event', { chat_id: chat.id, event: message('hello') })
    await turns()
    expect(other.seqs(chat.id)).toEqual([1, 2, 3])
    expect(watching.seqs(chat.id)).toEqual([1, 2])
    expect(JSON.stringify(watching.frames)).not.toContain('careful')
  })

  test("[IDM4] a client's own custom id is shown to its author alone", async () => {
    const [ann, same, agent] = [await scene.customer('ann'), await scene.customer('ann'), await scene.agent()]
    const { chat } = await ann.ask('start_chat')
    await ann.ask('send_event', { chat_id: chat.id, event: message('hello', { custom_id: '~1' }) })
    await turns()
    const shown = (peer: Peer) => peer.pushes.map(({ payload }) => (payload['event'] as { custom_id?: string } | undefined)?.custom_id)
    expect(shown(same)).toContain('~1')
    expect(shown(agent)).not.toContain('~1')
  })

  test('[IDM1] what was said before is answered again and told to nobody again', async () => {
    const [ann, agent] = [await scene.customer('ann'), await scene.agent()]
    const { chat } = await ann.ask('start_chat')
    const event = message('hello', { custom_id: 'c1' })
    const first = await ann.ask('send_event', { chat_id: chat.id, event })
    const again = await (await scene.customer('ann')).ask('send_event', { chat_id: chat.id, event })
    await turns()
    expect(again).toEqual(first)
    expect(agent.seqs(chat.id)).toEqual([1, 2])
    expect(await ann.refusal('send_event', { chat_id: chat.id, event: { ...event, text: 'other' } })).toMatchObject({
      type: 'idempotency_mismatch',
    })
  })

  test('[TYP1] [TYP3] a sneak peek reaches agents, typing everyone but its author, and neither is kept', async () => {
    const [ann, same, agent] = [await scene.customer('ann'), await scene.customer('ann'), await scene.agent()]
    const { chat } = await ann.ask('start_chat')
    await ann.ask('send_sneak_peek', { chat_id: chat.id, sneak_peek_text: 'hel' })
    await agent.ask('send_typing_indicator', { chat_id: chat.id, is_typing: true })
    await turns()
    const heard = (peer: Peer) => peer.pushes.map(({ action }) => action).filter((action) => /typing|peek/.test(action))
    expect([heard(ann), heard(same), heard(agent)]).toEqual([
      ['incoming_typing_indicator'],
      ['incoming_typing_indicator'],
      ['incoming_sneak_peek'],
    ])
    expect((await ann.ask('get_chat', { chat_id: chat.id })).chat.seq).toBe(1)
  })

  test('[RES7] the own log tells of a profile changed elsewhere, and the origin is answered instead', async () => {
    const [one, two] = [await scene.customer('ann'), await scene.customer('ann')]
    expect(await one.ask('update_customer', { name: 'Ann' })).toMatchObject({ user_seq: 1 })
    await turns()
    expect(one.pushes).toEqual([])
    expect(two.pushes).toMatchObject([{ action: 'customer_updated', payload: { user_seq: 1, customer: { name: 'Ann' } } }])
  })
})

describe('agents', () => {
  const heard = (peer: Peer) => peer.pushes.filter(({ action }) => action === 'incoming_customer').map(({ payload }) => payload['customer'])

  test('[CUS1] [CUS2] hear at once what customers say of themselves and which page they are on, and customers do not', async () => {
    const [agent, bob, ann] = [await scene.agent(), await scene.customer('bob'), await scene.customer('ann')]
    await ann.ask('update_customer', { name: 'Ann' })
    const page = { url: 'https://shop.test/basket', title: 'Basket' }
    const visit = { customer_page: page, referrer: 'https://search.test/' }
    await scene.customer('ann', visit)
    await scene.customer('ann', visit)
    await ann.ask('update_customer_page', { url: 'https://shop.test/pay' })
    await turns(8)
    const { referrer } = visit
    const pay = { url: 'https://shop.test/pay' }
    expect(heard(agent)).toMatchObject([{ name: 'Ann' }, { name: 'Ann', page, referrer }, { name: 'Ann', page: pay, referrer }])
    expect([...heard(bob), ...heard(ann)]).toEqual([])
  })

  test('[MEM6] of another organization hear nothing', async () => {
    const organization = new Organization('organization-2', scene.gateway.parts, DEAF)
    const signals: string[] = []
    const nothing = () => {}
    const telling = { pushEntry: nothing, pushUserEntry: nothing, pushSignal: (frame: string) => void signals.push(frame), end: nothing }
    organization.sockets.add({
      reader: { user_id: 'other', view: 'agents', files: someAddresses, from: 1 },
      live: true,
      issued_at: 0,
      session_hash: null,
      ...telling,
    })
    await organization.subscribed
    await (await scene.customer('ann')).ask('update_customer', { name: 'Ann' })
    await turns(8)
    expect(signals).toEqual([])
    organization.close()
  })
})

test('of who has left nothing is remembered', async () => {
  const organization = new Organization('organization-1', scene.gateway.parts, DEAF)
  const nothing = () => {}
  const telling = { pushEntry: nothing, pushUserEntry: nothing, pushSignal: nothing, end: nothing }
  const receiver = (): Receiver => ({
    reader: { user_id: 'ann', view: 'public', files: someAddresses, from: 1 },
    live: true,
    issued_at: 0,
    session_hash: null,
    ...telling,
  })
  const [here, there] = [receiver(), receiver()]
  for (const one of [here, there]) organization.sockets.add(one)
  const lane = organization.userLane('ann')
  organization.leave(here)
  expect(organization.userLane('ann')).toBe(lane)
  organization.leave(there)
  expect(organization.userLane('ann')).not.toBe(lane)
  organization.close()
})

describe('[MEM5] who joins or leaves within a batch', () => {
  const entry = (kind: LogEntry['kind'], user_id: string | null = null) => ({ kind, user_id, seq_public: 1 }) as LogEntry
  const group = { kind: 'group' } as ChatAudience
  const reader = { user_id: 'ann', view: 'public', files: someAddresses, from: 1 } as const
  const got = (entries: LogEntry[], audience = group) => entries.map((_, at) => getsEntry(audience, entries, at, reader))

  test('hears of it up to the leaving, and from the joining on', () => {
    expect(got([entry('event_added'), entry('user_removed', 'ann'), entry('event_added')])).toEqual([true, true, false])
    expect(got([entry('event_added'), entry('user_added', 'ann'), entry('event_added')])).toEqual([false, true, true])
    expect(got([entry('user_removed', 'ann'), entry('event_added'), entry('user_added', 'ann')])).toEqual([true, false, true])
    expect(got([entry('user_removed', 'bob'), entry('event_added')])).toEqual([true, true])
  })
})

describe('what the bus dropped', () => {
  const group = 'group'
  const write = async (...writes: Write[]) => {
    const done = await scene.store.commit({ at: 1000, expect: [], writes, idempotency: [] })
    if (!done.ok) throw new Error(done.why)
    return done.committed
  }
  const member = (user_id: string) => ({ user_id, user_type: 'customer' }) as const
  /** A group with a thread, and an organization that has told of it so far. */
  const told = async () => {
    const organization = new Organization(scene.founded.organization_id, scene.gateway.parts, DEAF)
    const { organization_id } = scene.founded
    const people = ['ann', 'bob', 'zoe'].map((name) => newCustomer(name, organization_id, name, 1))
    await write(...people.map((row): Write => ({ write: 'insert', table: 'customers', row })))
    const started = await write(
      {
        write: 'create_chat',
        chat_id: group,
        organization_id,
        kind: 'group',
        name: null,
        joinable: false,
        history: false,
        properties: {},
        created_by: 'ann',
        members: ['ann', 'zoe'].map(member),
      },
      { write: 'open_thread', chat_id: group, thread_id: 't', by: 'ann', properties: {} },
    )
    const heard: Record<string, (number | string)[]> = {}
    const receivers = ['ann', 'bob', 'zoe'].map((user_id): Receiver => {
      heard[user_id] = []
      const nothing = () => {}
      const pushEntry = (_: string, seq: number) => void heard[user_id]?.push(seq)
      const reader = { user_id, view: 'public', files: someAddresses, from: 1 } as const
      return { reader, live: true, issued_at: 0, session_hash: null, pushEntry, pushUserEntry: nothing, pushSignal: nothing, end: nothing }
    })
    for (const receiver of receivers) organization.sockets.add(receiver)
    const deliver = ({ audience, entries }: Committed, origin: Origin | null = null) =>
      organization.deliverChat(audience as ChatAudience, entries, origin)
    deliver(started)
    return { heard, receivers, deliver }
  }
  const say = (text: string): Write => ({
    ...({ write: 'add_event', chat_id: group, thread_id: 't', type: 'custom', audience: 'all', author_id: null } as const),
    ...{ custom_id: null, fingerprint: null, text: null, content: { text }, file_ids: [], properties: null, waiting: 'same' as const },
  })

  test('[MEM4] [MEM5] [RES9] is told to those who were there then, and not to those who came or had left', async () => {
    const { heard, deliver } = await told()
    await write(say('all three are here'))
    await write({ write: 'remove_user', chat_id: group, user_id: 'zoe', by: 'ann' })
    await write(say('zoe has left'))
    deliver(await write({ write: 'add_user', chat_id: group, ...member('bob'), by: null, history: false }, say('bob has come')))
    await turns(8)
    expect(heard).toEqual({ ann: [1, 2, 3, 4, 5, 6], bob: [5, 6], zoe: [1, 2, 3] })
  })

  test('[LOG6] [RES9] is told to the one who asked as well, before the answer', async () => {
    const { heard, deliver, receivers } = await told()
    await write(say('missed'))
    deliver(await write(say('own')), { receiver: receivers[0] as Receiver, answer: async () => void heard['ann']?.push('answer') })
    await turns(8)
    expect(heard).toMatchObject({ ann: [1, 2, 'answer'], zoe: [1, 2, 3] })
  })
})

describe('coming back', () => {
  test('[RES1] [RES2] a chat that moved waits for its catch-up, others flow at once', async () => {
    const [ann, agent] = [await scene.customer('ann'), await scene.agent()]
    const [one, two] = [(await ann.ask('start_chat')).chat, (await ann.ask('start_chat')).chat]
    await ann.ask('send_event', { chat_id: one.id, event: message('missed') })
    const held = [
      { chat_id: one.id, seq: 1 },
      { chat_id: two.id, seq: 1 },
    ]
    const back = await scene.customer('ann', { epoch: scene.store.epoch, chats: held })
    expect(back.frames[0]?.payload['chats']).toEqual([{ chat_id: one.id, seq: 2, status: 'moved' }])
    await agent.ask('send_event', { chat_id: two.id, event: message('live') })
    await agent.ask('send_event', { chat_id: one.id, event: message('waits') })
    await turns()
    expect(back.seqs(two.id)).toEqual([2, 3])
    expect(back.seqs(one.id)).toEqual([])
    const page = await back.ask('sync', { chat_id: one.id, epoch: scene.store.epoch, after: 1, limit: 1 })
    expect(page).toMatchObject({ seq: 4 })
    await agent.ask('send_event', { chat_id: one.id, event: message('still waits') })
    await turns()
    expect(back.seqs(one.id)).toEqual([])
    const rest = await back.ask('sync', { chat_id: one.id, epoch: scene.store.epoch, after: 2 })
    expect(rest.entries).toHaveLength(3)
    await agent.ask('send_event', { chat_id: one.id, event: message('live again') })
    await turns()
    expect(back.seqs(one.id)).toEqual([6])
  })

  test('[RES2] what is said between reading the last page and answering it arrives once, after it: many tries', async () => {
    const [ann, agent] = [await scene.customer('ann'), await scene.agent()]
    const { chat } = await ann.ask('start_chat')
    for (let round = 0; round < 20; round++) {
      const { seq } = (await ann.ask('get_chat', { chat_id: chat.id })).chat
      await agent.ask('send_event', { chat_id: chat.id, event: message(`missed ${round}`) })
      const back = await scene.customer('ann', { epoch: scene.store.epoch, chats: [{ chat_id: chat.id, seq }] })
      const sent = oneTo(3).map((at) => agent.ask('send_event', { chat_id: chat.id, event: message(`${round} ${at}`) }))
      for (let wait = round % 5; wait > 0; wait--) await Promise.resolve()
      const page = await back.ask('sync', { chat_id: chat.id, epoch: scene.store.epoch, after: seq })
      await Promise.all(sent)
      await turns()
      const brought = (page.entries as { payload: { seq: number } }[]).map(({ payload }) => payload.seq)
      const { seq: head } = (await ann.ask('get_chat', { chat_id: chat.id })).chat
      expect([...brought, ...back.seqs(chat.id)]).toEqual(oneTo(head, seq + 1))
      back.line.cut()
    }
  })

  test('[RES1] what happens while the login is being answered follows it, for chats and for the own log', async () => {
    let meanwhile = async () => {}
    const busy = await openScene({
      wrapStore: (store) => ({
        ...store,
        // The last thing a login reads.
        async userHead(user_id) {
          const head = await store.userHead(user_id)
          await meanwhile()
          return head
        },
      }),
    })
    const ann = await busy.customer('ann')
    const { chat } = await ann.ask('start_chat')
    meanwhile = async () => {
      meanwhile = async () => {}
      await ann.ask('send_event', { chat_id: chat.id, event: message('meanwhile') })
      await ann.ask('update_customer', { name: 'Ann' })
      await turns()
    }
    const back = await busy.customer('ann', { epoch: busy.store.epoch, chats: [{ chat_id: chat.id, seq: 1 }] })
    await ann.ask('send_event', { chat_id: chat.id, event: message('after') })
    await turns()
    expect(back.frames[0]?.payload).toMatchObject({ chats: [], user_seq: 1 })
    expect(back.seqs(chat.id)).toEqual([2, 3])
    expect(back.pushes.filter(({ payload }) => 'user_seq' in payload)).toMatchObject([{ payload: { user_seq: 2 } }])
    await busy.close()
  })

  test('[EPO2] a cursor of another history is told so, and the chat flows once it is loaded anew', async () => {
    const ann = await scene.customer('ann')
    const { chat } = await ann.ask('start_chat')
    const back = await scene.customer('ann', { epoch: 'before the flood', chats: [{ chat_id: chat.id, seq: 7 }] })
    expect(back.frames[0]?.payload['chats']).toEqual([{ chat_id: chat.id, seq: 1, status: 'reset' }])
    expect(await back.refusal('sync', { chat_id: chat.id, epoch: 'before the flood', after: 7 })).toMatchObject({ type: 'history_reset' })
    await ann.ask('send_event', { chat_id: chat.id, event: message('hello') })
    await turns()
    expect(back.seqs(chat.id)).toEqual([2])
  })

  test("[MEM1] what is another's is gone, as what never was", async () => {
    const ann = await scene.customer('ann')
    const { chat } = await ann.ask('start_chat')
    const held = [
      { chat_id: chat.id, seq: 1 },
      { chat_id: 'nothing', seq: 1 },
    ]
    const bob = await scene.customer('bob', { chats: held })
    expect(bob.frames[0]?.payload['chats']).toEqual(held.map(({ chat_id }) => ({ chat_id, seq: 0, status: 'gone' })))
  })
})

/** What two processes tell each other, badly: the first speaks, and the second hears some of it, some twice, some late. */
function badBus(seed: number): { speaking: Bus; hearing: Bus } {
  const random = createRandom(seed)
  const late: BusMessage[] = []
  let receive = (_: BusMessage) => {}
  const deaf = { subscribe: async () => () => {}, close: async () => {} }
  const speaking: Bus = {
    ...deaf,
    publish(_, message) {
      if (random.chance(0.3)) return
      late.push(message, ...(random.chance(0.3) ? [message] : []))
      while (late.length > 0 && !random.chance(0.4)) receive(late.splice(random.int(0, late.length - 1), 1)[0] as BusMessage)
    },
  }
  const hearing: Bus = {
    ...deaf,
    publish: () => {},
    async subscribe(_, listener) {
      receive = listener
      return () => {}
    },
  }
  return { speaking, hearing }
}

test.each(oneTo(20))('[RES9] between processes the bus may drop, repeat and reorder, and readers notice nothing: seed %i', async (seed) => {
  const { speaking, hearing } = badBus(seed)
  const first = await openScene({ parts: { bus: speaking } })
  const network = new Network(first.clock)
  const { store, clock } = first
  const { files } = first.gateway.parts
  network.listen(createFarEnd({ store, files, clock, random: createRandom('second'), parts: { bus: hearing } }))
  const { name, value } = first.founded.agents[0]?.cookie ?? { name: '', value: '' }
  const agent = new Peer(network, 'agent', { origin: 'http://chat.test', cookie: `${name}=${value}` }, '')
  await turns()
  await agent.ask('login')
  const ann = await first.customer('ann')
  const { chat } = await ann.ask('start_chat')
  for (let at = 0; at < 20; at++) await ann.ask('send_event', { chat_id: chat.id, event: message(`${at}`) })
  await turns(8)
  const seqs = agent.seqs(chat.id)
  // The first that is heard shows where the log stands; what was lost before it a reader sees and fetches (LOG3).
  const [from = 1] = seqs
  expect(seqs.length).toBeGreaterThan(5)
  expect(seqs).toEqual(oneTo(seqs.at(-1) ?? 0, from))
  await first.close()
})

/** Coming back after very much has happened: the first screen is there at once, and no more is fetched or kept than is looked at. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MAX_CATCH_UP, MAX_LOGIN_CHATS } from '../../src/protocol/limits.ts'
import type { ChatRow } from '../../src/server/store/rows.ts'
import { populate, prolong } from './crowd.ts'
import type { FaceTab } from './face.ts'
import type { Person } from './person.ts'
import { World } from './world.ts'

const BEHIND = 100_000
const CHATS = 5000
/** After the socket is open. */
const ROUND_TRIPS = 2
const FIRST_SCREEN_BYTES = 256 * 1024

let world: World

beforeEach(async () => {
  world = await World.create(1)
})
afterEach(() => world.end())

const someone = (kind: Person['kind']): Person => {
  const person = world.people.find((candidate) => candidate.kind === kind)
  if (!person) throw new Error(`nobody is ${kind}`)
  return person
}

/** Lets both directions of the newest line go, one round trip at a time, until it is so. Returns how many it took, and the bytes that came. */
async function roundTripsUntil(isSo: () => boolean): Promise<{ rounds: number; bytes: number; frames: number }> {
  const line = world.network.opened.at(-1)
  if (!line) throw new Error('nobody called')
  line.up.step(1)
  line.down.step(1)
  await world.rest()
  let rounds = 0
  for (; !isSo() && rounds < 20; rounds++) {
    line.up.step(100)
    await world.rest()
    line.down.step(1000)
    await world.rest()
  }
  return { rounds, bytes: line.received.join('').length, frames: line.received.length }
}

async function startChat(person: Person, tab: FaceTab): Promise<ChatRow> {
  person.say(tab, null)
  for (let turns = 0; turns < 5; turns++) await world.flow()
  const { chats } = (await world.life?.store.chats({
    organization_id: world.ground.organization_id,
    reader: { user_id: '', view: 'agents' },
    scope: 'organization',
    active: null,
    from: { offset: 0 },
    limit: 1,
  })) ?? { chats: [] }
  const row = chats[0]?.chat
  if (!row) throw new Error('the chat did not start')
  return row
}

test('[RES4] a customer 100 000 entries behind sees the newest after two round trips', async () => {
  const customer = someone('customer')
  const tab = customer.openFace()
  const row = await startChat(customer, tab)
  const conversation = tab.look(row.id)
  await world.flow()
  customer.device.goOffline()
  if (world.life) await prolong(world.life.store, row, BEHIND)

  customer.device.goOnline()
  await world.clock.advance(1000)
  const newest = () => conversation.state.items.at(-1)
  const showsNewest = () => {
    const item = newest()
    return item?.kind === 'event' && item.event.text === `said ${BEHIND}`
  }
  const { rounds, bytes } = await roundTripsUntil(showsNewest)
  expect(showsNewest()).toBe(true)
  expect(rounds).toBeLessThanOrEqual(ROUND_TRIPS)
  expect(bytes).toBeLessThan(FIRST_SCREEN_BYTES)

  await world.flow()
  await world.clock.advance(5000)
  await world.flow()
  expect(conversation.state.items.length).toBeLessThanOrEqual(MAX_CATCH_UP)
  expect(conversation.state.has_older).toBe(true)
  expect(world.network.opened.at(-1)?.received.join('').length).toBeLessThan(4 * FIRST_SCREEN_BYTES)
})

test('an agent of an organization with 5 000 chats sees the first of them after two round trips', async () => {
  if (world.life) await populate(world.life.store, world.ground.organization_id, CHATS)
  const agent = someone('agent')
  const { client } = agent.openFace()
  await world.rest()
  const { rounds, bytes } = await roundTripsUntil(() => client.chats.state.loaded)
  expect(client.chats.state.loaded).toBe(true)
  expect(client.chats.state.total).toBe(CHATS)
  expect(rounds).toBeLessThanOrEqual(ROUND_TRIPS)
  expect(bytes).toBeLessThan(FIRST_SCREEN_BYTES)

  for (let pages = 0; client.chats.state.has_more && pages < 3; pages++) {
    const more = client.chats.loadMore()
    await world.flow()
    await more
  }
  agent.device.goOffline()
  agent.device.goOnline()
  await world.clock.advance(1000)
  const back = await roundTripsUntil(() => (world.network.opened.at(-1)?.received.length ?? 0) > 0)
  expect(back.rounds).toBeLessThanOrEqual(ROUND_TRIPS)
  const login = JSON.parse(world.network.opened.at(-1)?.received[0] ?? '{}') as { payload: { chats: unknown[] } }
  expect(login.payload.chats.length).toBeLessThanOrEqual(MAX_LOGIN_CHATS)
})

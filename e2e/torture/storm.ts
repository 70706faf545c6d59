/** One storm: things happen, the weather clears, and what is left is compared with the log. */
import { checkLog, checkSayings, checkSecrecy, checkView, readAll } from './checks.ts'
import type { Mutation } from './mutations.ts'
import { OPERATIONS, pickOperation } from './operations.ts'
import type { OpenTab, Person } from './person.ts'
import { World } from './world.ts'

/** Long enough for a zombie line to be found, the longest pause before a reconnect, and a full outbox to go out. */
const CLEARING_MS = 120_000
const TRACE_LINES = 40

/** What one schedule proved wrong; empty when all holds. */
export async function storm(seed: number, mutation: Mutation = {}): Promise<string[]> {
  const world = await World.create(seed, mutation)
  const trace: string[] = []
  try {
    for (const person of world.people) person.openTab()
    await world.flow()
    for (let left = world.random.int(40, 120); left > 0; left--) {
      const operation = pickOperation(world)
      trace.push(operation)
      await OPERATIONS[operation](world)
      await world.rest()
      for (const person of world.people) await person.keep()
    }
    await clear(world)
    const wrong = await judge(world)
    return wrong.length > 0 ? [...wrong, `after ${trace.slice(-TRACE_LINES).join(' ')}`] : []
  } finally {
    await world.end()
  }
}

/** The weather clears: every line moves, the server runs, everyone is online with a tab and looks at all chats. */
async function clear(world: World): Promise<void> {
  world.network.held = false
  world.network.answersToLose = 0
  for (const line of world.network.lines) {
    line.up.delay(0)
    line.down.delay(0)
    line.release()
  }
  world.start()
  world.life?.mortality.calm()
  for (const person of world.people) {
    person.device.goOnline()
    if (person.tabs.length === 0) person.openTab()
  }
  await world.clock.advance(CLEARING_MS / 2)
  for (const [person, tab] of tabsOf(world)) await lookAtAll(world, person, tab)
  await world.clock.advance(CLEARING_MS / 2)
}

function tabsOf({ people }: World): [Person, OpenTab][] {
  return people.flatMap((person) => person.tabs.map((tab): [Person, OpenTab] => [person, tab]))
}

async function lookAtAll(world: World, person: Person, tab: OpenTab): Promise<void> {
  for (const { id } of tab.client.chats.state.chats) {
    const conversation = person.look(tab, id)
    await world.clock.advance(1000)
    for (let pages = 0; conversation.state.has_older && pages < 50; pages++) {
      person.expect(tab, 'older', conversation.loadOlder())
      await world.clock.advance(100)
    }
  }
}

async function judge(world: World): Promise<string[]> {
  const { life, ground, people } = world
  if (!life) return ['the server did not start']
  const chats = await readAll(life.store, ground.organization_id)
  const known = new Set(tabsOf(world).map(([, { client }]) => client.me))
  const wrong = [...world.faults, ...chats.flatMap(checkLog), ...checkSayings(people, chats), ...checkSecrecy(world.network)]
  for (const { row } of chats) if (!known.has(row.created_by)) wrong.push(`[LIN5] ${row.id} belongs to ${row.created_by}, who is nobody`)
  for (const [person, tab] of tabsOf(world)) {
    const user_id = tab.client.me ?? ''
    const view = person.kind === 'agent' ? 'agents' : 'public'
    const own = chats.filter(({ row }) => view === 'agents' || row.created_by === user_id)
    const listed = tab.client.chats.state.chats
    if (listed.length !== own.length) wrong.push(`${person.name} lists ${listed.length} chats of ${own.length}`)
    for (const chat of own) wrong.push(...checkView(`${person.name} in ${chat.row.id}`, person.look(tab, chat.row.id), chat, user_id, view))
    for (const what of tab.pending) wrong.push(`${person.name} never learnt what became of ${what}`)
  }
  return wrong
}

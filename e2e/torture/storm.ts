/** One storm: things happen, the weather clears, and what is left is compared with the log. */
import { FaceTab } from './face.ts'
import { comeHome, pagesOf } from './identity.ts'
import { judge, tabsOf } from './judge.ts'
import type { Mutation } from './mutation.ts'
import { happen } from './operations.ts'
import { PageTab } from './page.ts'
import type { Person } from './person.ts'
import { World } from './world.ts'

/** Long enough for a zombie line to be found, the longest pause before a reconnect, and a full outbox to go out. */
const CLEARING_MS = 60_000
const TRACE_LINES = 40

/** What one schedule proved wrong; empty when all holds. */
export async function storm(seed: number, mutation: Mutation = {}): Promise<string[]> {
  const world = await World.create(seed, mutation)
  const trace: string[] = []
  try {
    for (const person of world.people) person.openTab()
    await world.flow()
    for (let left = world.random.int(40, 120); left > 0; left--) {
      trace.push(await happen(world))
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

/** The weather clears: everything moves, the server runs, everyone is online and at their tabs, comes home, and looks at all chats. */
async function clear(world: World): Promise<void> {
  world.network.release()
  world.start()
  world.life?.mortality.calm()
  for (const person of world.people) {
    person.device.goOnline()
    for (const { tab } of person.tabs) if (tab.frozen) tab.thaw()
    if (person.kind === 'customer' && pagesOf(person).length === 0) person.openPage()
    if (person.tabs.length === 0) person.openTab()
    for (const { sdk } of pagesOf(person)) sdk.connect()
  }
  await world.clock.advance(CLEARING_MS)
  for (const person of world.people) await person.keep()
  await checkAgreement(world)
  await comeHome(world)
  for (const [person, tab] of tabsOf(world)) {
    if (tab instanceof FaceTab) await lookAtAll(world, person, tab)
    else if (tab instanceof PageTab) person.expect(tab, 'survey', tab.survey())
  }
  await world.clock.advance(CLEARING_MS)
}

/** IDN8: with their next token at the latest all tabs of a device speak for the same customer. */
async function checkAgreement({ people, clock }: World): Promise<void> {
  for (const person of people) for (const page of pagesOf(person)) person.expect(page, 'token', page.sdk.auth.getFreshToken())
  await clock.advance(10_000)
  for (const { name, tabs, complaints } of people) {
    const who = new Set(tabs.map(({ me }) => me))
    if (who.size > 1) complaints.push(`[IDN8] ${name} is ${[...who].join(' and ')} in several tabs`)
  }
}

async function lookAtAll(world: World, person: Person, tab: FaceTab): Promise<void> {
  for (const { id } of tab.client.chats.state.chats) {
    const conversation = tab.look(id)
    await world.clock.advance(1000)
    for (let pages = 0; conversation.state.has_older && pages < 50; pages++) {
      person.expect(tab, 'older', conversation.loadOlder())
      await world.clock.advance(100)
    }
  }
}

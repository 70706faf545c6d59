/** One storm: things happen, the weather clears, and what is left is compared with the log. */

import type { EventRow } from '../../src/server/store/rows.ts'
import type { Store } from '../../src/server/store/store.ts'
import { checkPromised, checkSayings, checkSecrecy } from './checks.ts'
import { FaceTab } from './face.ts'
import { checkFiles } from './files.ts'
import { checkFreshFace, checkFreshPage, fetchFresh } from './fresh.ts'
import { comeHome, pagesOf } from './identity.ts'
import type { Ledger } from './ledger.ts'
import { broughtBy, checkLog, type FinalChat, readAll } from './log.ts'
import type { Mutation } from './mutation.ts'
import { happen } from './operations.ts'
import { PageTab } from './page.ts'
import { checkEras, checkFound, checkTold, ownersOf } from './pages.ts'
import type { OpenTab, Person } from './person.ts'
import { checkView } from './views.ts'
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

function tabsOf({ people }: World): [Person, OpenTab][] {
  return people.flatMap((person) => person.tabs.map((tab): [Person, OpenTab] => [person, tab]))
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

async function judge(world: World): Promise<string[]> {
  const { life, ground, people, ledger } = world
  if (!life) return ['the server did not start']
  const chats = await readAll(life.store, ground.organization_id)
  const events = chats.flatMap(({ entries }) => entries.flatMap((entry) => broughtBy(entry) ?? []))
  const known = customersOf(people, events, ledger)
  return [
    ...world.faults,
    ...ledger.complaints,
    ...chats.flatMap(checkLog),
    ...checkSayings(people, chats, ledger),
    ...checkPromised(people, chats),
    ...checkSecrecy(world.network),
    ...checkBelonging(chats, known),
    ...tabsOf(world).flatMap(([person, tab]) => [...tab.pending].map((what) => `${person.name} never learnt what became of ${what}`)),
    ...tabsOf(world).flatMap(([person, tab]) => (tab instanceof FaceTab ? checkFace(person, tab, chats) : [])),
    ...checkPages(people, chats, known, ledger),
    ...(await checkFreshness(world, life.store, chats)),
    ...(await checkFiles(world, events)),
  ]
}

/** Everyone who was ever a customer, though they may have been replaced before anybody told who it was. */
function customersOf(people: readonly Person[], events: readonly EventRow[], ledger: Ledger): Set<string> {
  const tabs = people.flatMap(({ kind, everyTab }) => (kind === 'customer' ? everyTab : []))
  const ids = tabs.flatMap((tab) => (tab instanceof PageTab ? tab.eras.map(({ owner }) => owner) : [tab.me]))
  const unnamed = new Set(people.flatMap(({ sayings }) => sayings.flatMap(({ stretch, words }) => (stretch.owner ? [] : [words]))))
  const authors = events.flatMap((event) => (unnamed.has(ledger.wordsOf(event)) ? [event.author_id] : []))
  return new Set([...ids, ...authors].filter((id) => id !== null))
}

/** LIN5, IDN7: every chat is somebody's, and no other customer says anything in it. */
function checkBelonging(chats: readonly FinalChat[], known: ReadonlySet<string>): string[] {
  return chats.flatMap(({ row, entries }) => {
    const strangers = entries.filter((entry) => known.has(broughtBy(entry)?.author_id ?? '') && entry.event?.author_id !== row.created_by)
    const nobodys = known.has(row.created_by) ? [] : [`[LIN5] ${row.id} belongs to ${row.created_by}, who is nobody`]
    return [...nobodys, ...strangers.map(({ event }) => `[IDN7] ${event?.author_id} spoke in ${row.id} of ${row.created_by}`)]
  })
}

/** Whether the chat is theirs to read. */
const isReadable = ({ row }: FinalChat, { kind }: Person, user_id: string | null) => kind === 'agent' || row.created_by === user_id

async function checkFreshness(world: World, store: Store, chats: readonly FinalChat[]): Promise<string[]> {
  const wrong: string[] = []
  for (const [person, tab] of tabsOf(world)) {
    for (const chat of chats.filter((one) => isReadable(one, person, tab.me))) {
      const who = `${person.name} in ${chat.row.id}`
      const fresh = await fetchFresh(store, chat, tab.me ?? '', person.kind === 'agent' ? 'agents' : 'public')
      if (tab instanceof FaceTab) wrong.push(...checkFreshFace(who, tab, fresh))
      else if (tab instanceof PageTab) wrong.push(...checkFreshPage(who, tab.stretch.folded, fresh))
    }
  }
  return wrong
}

function checkFace(person: Person, tab: FaceTab, chats: readonly FinalChat[]): string[] {
  const user_id = tab.me ?? ''
  const view = person.kind === 'agent' ? 'agents' : 'public'
  const own = chats.filter(({ row }) => view === 'agents' || row.created_by === user_id)
  const { length } = tab.client.chats.state.chats
  const counted = length === own.length ? [] : [`${person.name} lists ${length} chats of ${own.length}`]
  return [...counted, ...own.flatMap((chat) => checkView(`${person.name} in ${chat.row.id}`, tab.look(chat.row.id), chat, user_id, view))]
}

function checkPages(people: readonly Person[], chats: readonly FinalChat[], known: ReadonlySet<string>, ledger: Ledger): string[] {
  const owners = ownersOf(chats, known)
  return people.flatMap(({ name, everyTab, tabs, sayings }) => [
    ...everyTab.flatMap((page) => {
      if (!(page instanceof PageTab)) return []
      const said = new Set(sayings.flatMap(({ tab, words }) => (tab === page.tab ? [words] : [])))
      return [...checkEras(name, page, owners), ...checkTold(name, page, chats, said, ledger)]
    }),
    ...tabs.flatMap((tab) => (tab instanceof PageTab ? checkFound(name, tab, chats) : [])),
  ])
}

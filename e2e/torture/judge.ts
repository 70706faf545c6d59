/** What is left of a storm, compared with the log. */
import type { EventRow } from '../../src/server/store/rows.ts'
import type { Store, View } from '../../src/server/store/store.ts'
import { checkPromised, checkSayings } from './checks.ts'
import { FaceTab } from './face.ts'
import { checkFiles } from './files.ts'
import { checkFreshFace, checkFreshPage, checkGone, checkListed, fetchFresh } from './fresh.ts'
import { checkHouses } from './houses.ts'
import type { Ledger } from './ledger.ts'
import { broughtBy, checkLog, type FinalChat } from './log.ts'
import { checkComings, checkSpeakers, checkStays, partOf } from './membership.ts'
import { checkMentions } from './mentions.ts'
import { PageTab } from './page.ts'
import { checkEras, checkFound, checkTold, ownersOf } from './pages.ts'
import type { OpenTab, Person } from './person.ts'
import { checkGoing, checkPresence } from './presences.ts'
import { checkReplays } from './replays.ts'
import { checkSecrecy } from './secrecy.ts'
import { checkLeft, checkView } from './views.ts'
import type { World } from './world.ts'

export function tabsOf({ people }: World): [Person, OpenTab][] {
  return people.flatMap((person) => person.tabs.map((tab): [Person, OpenTab] => [person, tab]))
}

const viewOf = ({ kind }: Person): View => (kind === 'agent' ? 'agents' : 'public')

export async function judge(world: World): Promise<string[]> {
  const { life, people, ledger } = world
  if (!life) return ['the server did not start']
  const chats = await world.readAll(life)
  const events = chats.flatMap(({ entries }) => entries.flatMap((entry) => broughtBy(entry) ?? []))
  const known = customersOf(people, events, ledger)
  return [
    ...world.faults,
    ...ledger.complaints,
    ...chats.flatMap((chat) => [...checkLog(chat), ...checkStays(chat), ...checkSpeakers(chat, known)]),
    ...checkComings(chats, ledger),
    ...checkSayings(world, chats),
    ...checkPromised(people, chats),
    ...checkSecrecy(world, chats),
    ...checkHouses(world, chats),
    ...(await checkMentions(world, chats)),
    ...(await checkPresence(world, chats)),
    ...checkBelonging(chats, known),
    ...tabsOf(world).flatMap(([person, tab]) => [...tab.pending].map((what) => `${person.name} never learnt what became of ${what}`)),
    ...tabsOf(world).flatMap(([person, tab]) => (tab instanceof FaceTab ? checkFace(person, tab, chats, ledger) : [])),
    ...checkPages(people, chats, known, ledger),
    ...(await checkFreshness(world, life.store, chats)),
    ...(await checkReplays(world, life.store, chats)),
    ...(await checkFiles(world, events)),
    // Last, since not all are there any more.
    ...(await checkGoing(world, chats)),
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

/** LIN5, IDN7: every support chat is somebody's, and no other customer says anything in it. */
function checkBelonging(chats: readonly FinalChat[], known: ReadonlySet<string>): string[] {
  return chats.flatMap(({ row, entries }) => {
    if (row.kind !== 'support') return []
    const strangers = entries.filter((entry) => known.has(broughtBy(entry)?.author_id ?? '') && entry.event?.author_id !== row.created_by)
    const nobodys = known.has(row.created_by) ? [] : [`[LIN5] ${row.id} belongs to ${row.created_by}, who is nobody`]
    return [...nobodys, ...strangers.map(({ event }) => `[IDN7] ${event?.author_id} spoke in ${row.id} of ${row.created_by}`)]
  })
}

async function checkFreshness(world: World, store: Store, chats: readonly FinalChat[]): Promise<string[]> {
  const wrong: string[] = []
  for (const [person, tab] of tabsOf(world)) {
    const [user_id, view] = [tab.me ?? '', viewOf(person)]
    for (const chat of chats.filter((one) => partOf(one, user_id, view))) {
      const who = `${person.name} in ${chat.row.id}`
      const fresh = await fetchFresh(store, chat, user_id, view)
      if (tab instanceof FaceTab) wrong.push(...checkFreshFace(who, tab, fresh))
      else if (tab instanceof PageTab) wrong.push(...checkFreshPage(who, tab.stretch.folded, fresh), ...checkListed(who, tab, fresh))
    }
  }
  return wrong
}

function checkFace(person: Person, tab: FaceTab, chats: readonly FinalChat[], ledger: Ledger): string[] {
  const [user_id, view] = [tab.me ?? '', viewOf(person)]
  const own = chats.filter((chat) => partOf(chat, user_id, view))
  const { length } = tab.client.chats.state.chats
  const counted = length === own.length ? [] : [`${person.name} lists ${length} chats of ${own.length}`]
  const lost = chats.filter(({ row }) => tab.conversations.has(row.id) && own.every((one) => one.row.id !== row.id))
  return [
    ...counted,
    ...own.flatMap((chat) => checkView(`${person.name} in ${chat.row.id}`, tab.look(chat.row.id), chat, user_id, view)),
    ...lost.flatMap((chat) => checkLeft(`${person.name} out of ${chat.row.id}`, tab.look(chat.row.id), chat, user_id, view)),
    ...checkGone(person.name, tab, own, ledger),
  ]
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

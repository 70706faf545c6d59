/** What must hold when the storm is over of all that was said: there once, as its own author's, acknowledged as it is, or seen to have failed. */
import type { EventRow, LogKind } from '../../src/server/store/rows.ts'
import { FaceTab } from './face.ts'
import { broughtBy, type FinalChat, seqOf } from './log.ts'
import { wasEverOut } from './membership.ts'
import { PageTab } from './page.ts'
import type { Person } from './person.ts'
import { codeOf, isCancelled, isOutCode, isUndecided, type Saying } from './saying.ts'
import type { World } from './world.ts'

/** LOG4, IDM6, IDN7: everything said is there once, nobody said it in another's name, and nothing was promised that is not. */
export function checkSayings({ people, ledger, elsewhere }: World, chats: readonly FinalChat[]): string[] {
  const events = chats.flatMap(({ entries }) => entries.flatMap((entry) => broughtBy(entry) ?? []))
  const found = Map.groupBy(events, (event) => ledger.wordsOf(event))
  const ids = new Set(events.map(({ id }) => id))
  const byId = new Map(chats.map((chat) => [chat.row.id, chat]))
  const wrong: string[] = []
  for (const person of people) {
    wrong.push(...person.complaints)
    for (const [id, text] of person.shownAsSent)
      if (!ids.has(id)) wrong.push(`[LOG4] ${person.name} was shown ${id} "${text}" as sent; it is not in the log`)
    for (const saying of person.sayings) {
      const rows = saying.hopeless ? [] : (found.get(saying.words) ?? [])
      wrong.push(...checkSaying(person, saying, rows, wasEverOut(byId.get(saying.chat ?? ''), saying.stretch.owner)))
      if (!saying.hopeless) found.delete(saying.words)
    }
  }
  for (const words of found.keys()) if (!elsewhere.has(words)) wrong.push(`"${words}" is in the log and was said by nobody`)
  return wrong
}

/** `excused`: the chat was not always theirs. */
function* checkSaying(person: Person, saying: Saying, rows: readonly EventRow[], excused: boolean): Generator<string> {
  const { words, hopeless, kept, outcome, tab, stretch } = saying
  const [row] = rows
  if (rows.length > 1) yield `[IDM1] "${words}" is in the log ${rows.length} times`
  if (hopeless && kept && !isSeenFailed(person, saying))
    yield `[IDM6] ${JSON.stringify(words)} cannot be sent, and nobody is told (${outcome})`
  if (outcome === 'failed' && !mayFail(saying) && !(excused && isOutCode(codeOf(saying))))
    yield `"${words}" failed: ${codeOf(saying)} ${String(saying.error)}`
  if (outcome === 'unknown' && tab.alive) yield `"${words}" is neither sent nor failed`
  if (!row && mustArrive(person, saying) && (outcome === 'sent' || !excused)) yield `[IDM6] "${words}" is lost (${outcome})`
  if (row) yield* checkRow(person, saying, row)
  for (const by of person.keptAs.get(words) ?? [])
    if (stretch.owner !== null && by !== stretch.owner && isCustomer(person, by))
      yield `[IDN7] "${words}" of ${stretch.owner} was kept as ${by}'s`
}

function* checkRow(person: Person, { words, event, stretch }: Saying, row: EventRow): Generator<string> {
  const seq = person.kind === 'agent' ? row.seq_agents : row.seq_public
  if (event && (row.id !== event.id || (event.seq ?? seq) !== seq))
    yield `[LOG4] "${words}" was acknowledged as ${event.id} at ${event.seq}, and is ${row.id} at ${seq}`
  if (stretch.owner !== null && row.author_id !== stretch.owner)
    yield `[IDN7] "${words}" of ${stretch.owner} is in the log as ${row.author_id}'s`
  const [first] = person.keptAs.get(words) ?? []
  if (stretch.owner === null && !stretch.over && person.role === 'guest' && first !== row.author_id)
    yield `[IDN7] "${words}" was said before anybody knew by whom, and is ${row.author_id}'s`
}

/** Whom this device has ever been. */
const isCustomer = ({ everyTab }: Person, id: string) =>
  everyTab.some((tab) => tab.me === id || (tab instanceof PageTab && tab.eras.some(({ owner }) => owner === id)))

/** Who is gone for good sends no more, and what has no name cannot be sent again. */
function mustArrive(person: Person, saying: Saying): boolean {
  const { outcome, kept, hopeless, customId, stretch, bytes } = saying
  if (outcome === 'sent') return true
  if (hopeless || bytes || !kept) return false
  if (!person.switches) return true
  return stretch.owner !== null && person.home.has(stretch.owner) && customId !== null
}

function mayFail(saying: Saying): boolean {
  return saying.hopeless || isCancelled(saying) || isUndecided(saying) || (saying.stretch.over && codeOf(saying) === 'IDENTITY_CHANGED')
}

function isSeenFailed({ tabs }: Person, { words, outcome, tab }: Saying): boolean {
  // Pages have no other way to learn of it than to have asked.
  const faces = tabs.filter((open) => open instanceof FaceTab)
  return outcome === 'failed' || faces.some((face) => face.showsFailed(words)) || (!tab.alive && faces.length < tabs.length)
}

const KINDS: Readonly<Record<string, LogKind>> = {
  incoming_event: 'event_added',
  incoming_chat: 'thread_opened',
  chat_deactivated: 'thread_closed',
  user_added_to_chat: 'user_added',
  user_removed_from_chat: 'user_removed',
}

/** LOG4: an entry that an answer named is in the log, where it said. */
export function checkPromised(people: readonly Person[], chats: readonly FinalChat[]): string[] {
  const found = new Map(chats.map((chat) => [chat.row.id, chat]))
  return people.flatMap(({ name, kind, promised }) => {
    const view = kind === 'agent' ? 'agents' : 'public'
    return promised.flatMap(({ action, chat_id, seq }) => {
      const entry = found.get(chat_id)?.entries.find((one) => seqOf(one, view) === seq)
      return entry?.kind === (KINDS[action] ?? action)
        ? []
        : [`[LOG4] ${name} was answered ${action} at ${seq} of ${chat_id}; there is ${entry?.kind}`]
    })
  })
}

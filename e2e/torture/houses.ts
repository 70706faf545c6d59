/** Two organizations on one server: nothing of the one is anything to the other. */
import { type Operations, somebody } from './choice.ts'
import type { FinalChat } from './log.ts'
import type { OpenTab, Person } from './person.ts'
import { listenerOf } from './secrecy.ts'
import type { World } from './world.ts'

/** What somebody is told of a chat or an event that is not there. A call may also come to nothing by itself. */
const NOTHING_THERE = 'NOT_FOUND'
const TELLING = /^(MISSING_ACCESS|AUTHORIZATION|CONFLICT|MESSAGE_DELETED|CHAT_INACTIVE|HISTORY_RESET|VALIDATION|IDEMPOTENCY_MISMATCH)$/

/** Requests that name what is another organization's. */
function namesOf(world: World, { me }: OpenTab, own: string | undefined, chat_id: string): [string, object] | null {
  const { random, ledger } = world
  const [event = null] = ledger.ofChat(chat_id).slice(-1)
  const event_id = event?.id ?? 'none_1'
  const text = { type: 'message', text: 'is anybody here?' }
  return random.pick<[string, object]>([
    ...(own ? ([['send_event', { chat_id: own, event: { ...text, reply_to_id: event_id } }]] as [string, object][]) : []),
    ...(own ? ([['send_event', { chat_id: own, event: { ...text, quoted_event_id: event_id } }]] as [string, object][]) : []),
    ['get_chat', { chat_id }],
    ['list_events', { chat_id }],
    ['list_threads', { chat_id }],
    ['list_users', { chat_id }],
    ['sync', { chat_id, after: 0 }],
    ['get_presence', { chat_id }],
    ['join_chat', { chat_id }],
    ['leave_chat', { chat_id }],
    ['update_chat', { chat_id, name: 'mine' }],
    ['add_users_to_chat', { chat_id, user_ids: [me] }],
    ['send_event', { chat_id, event: text }],
    ['mark_events_as_seen', { chat_id }],
    ['get_event', { chat_id, event_id }],
    ['list_replies', { chat_id, event_id }],
    ['edit_event', { chat_id, event_id, text: 'mine' }],
    ['delete_event', { chat_id, event_id }],
    ['add_reaction', { chat_id, event_id, emoji: '👍' }],
  ])
}

/** MEM6: it is answered like what does not exist. */
function stray(world: World, person: Person, tab: OpenTab): void {
  const chats = [...world.ledger.chats.values()]
  const others = chats.filter(({ row }) => row.organization_id !== person.house.organization_id)
  const own = tab.chats().find((id) => world.ledger.chats.has(id))
  const asked = others.length > 0 && tab.me ? namesOf(world, tab, own, world.random.pick(others).row.id) : null
  if (!asked) return
  const [action, payload] = asked
  const answer = tab.ask(action, payload)
  person.expect(tab, action, answer)
  answer.then(
    () => person.complaints.push(`[MEM6] ${person.name} may ${action} ${JSON.stringify(payload)}`),
    ({ code }: { code: string }) => {
      if (code !== NOTHING_THERE && TELLING.test(code))
        person.complaints.push(`[MEM6] ${action} ${JSON.stringify(payload)} of ${person.name} is ${code}`)
    },
  )
}

export const houses: Operations = {
  stray: [
    6,
    (world) => {
      const { person, tab } = somebody(world)
      stray(world, person, tab)
    },
  ],
}

/** Ids are 32 hexadecimal digits, but for those of agents and organizations. */
const IDS = /[0-9a-f]{32}|(?:agent|organization)-\d(?:-\d)?/g

/** To which organization each id belongs. */
function housesOf({ people, ground }: World, chats: readonly FinalChat[]): Map<string, string> {
  const houses = new Map<string, string>()
  for (const { organization_id, agents } of ground.houses)
    for (const id of [organization_id, ...agents.map((agent) => agent.id)]) houses.set(id, organization_id)
  for (const { house, everyTab } of people) for (const { me } of everyTab) if (me) houses.set(me, house.organization_id)
  for (const { row, entries, stays } of chats) {
    const ids = entries.flatMap(({ thread_id, event }) => [thread_id, event?.author_id, ...(event?.files ?? []).map(({ id }) => id)])
    for (const id of [row.id, ...stays.keys(), ...ids]) if (id) houses.set(id, row.organization_id)
  }
  return houses
}

/** MEM6: not one id of the one reaches the other. Words are looked at by `secrecy.ts`. */
export function checkHouses(world: World, chats: readonly FinalChat[]): string[] {
  const houses = housesOf(world, chats)
  const strange = (house: string | undefined, text: string, who: string) =>
    [...new Set(text.match(IDS))].flatMap((id) => {
      const its = houses.get(id)
      return !house || !its || its === house ? [] : [`[MEM6] ${who} of ${house} received ${id} of ${its} in ${text.slice(0, 300)}`]
    })
  const byLicense = new Map(world.ground.houses.map(({ license, organization_id }) => [String(license), organization_id]))
  return [
    ...world.network.opened.flatMap((line) => {
      const user = listenerOf(line)?.user_id ?? ''
      return line.received.flatMap((text) => strange(houses.get(user), text, user))
    }),
    ...world.answers.flatMap(({ license, body }) => strange(byLicense.get(license ?? ''), body, 'somebody')),
  ]
}

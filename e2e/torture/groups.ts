/** Direct and group chats: made, joined, left, and changed, by those who are in them and by a back end. */
import type { Founded } from '../../src/testing/factories.ts'
import { type Operation, type Operations, somebody, tabOf } from './choice.ts'
import { USERS } from './identity.ts'
import type { NotedChat } from './ledger.ts'
import type { Action } from './life.ts'
import { PageTab } from './page.ts'
import type { OpenTab, Person } from './person.ts'
import type { World } from './world.ts'

/** Whom the site knows, and who is never here. */
const ABSENT = 'user-3'
const MOST_GROUPS = 4

/** Everyone who can be in a chat: who is here, agents, and whom the site knows. */
function someUsers({ random, people }: World, { organization_id, agents }: Founded, least = 1): string[] {
  const own = people.filter(({ house }) => house.organization_id === organization_id)
  const here = own.flatMap(({ tabs }) => tabs.flatMap(({ me }) => me ?? []))
  const all = [...new Set([...here, ...agents.map(({ id }) => id), ...USERS, ABSENT])]
  const some = all.filter(() => random.chance(0.35))
  while (some.length < least) some.push(random.pick(all.filter((id) => !some.includes(id))))
  return some
}

const someGroup = ({ random, ledger }: World): NotedChat | null => {
  const groups = [...ledger.chats.values()].filter(({ row }) => row.kind !== 'support' && row.deleted_at === null)
  return groups.length > 0 ? random.pick(groups) : null
}

/** Somebody who is in the chat and here, at one of their tabs. */
function someoneIn(world: World, { row, users }: NotedChat): { person: Person; tab: OpenTab } | null {
  const tabs = world.people.flatMap((person) => person.awake.map((tab) => ({ person, tab })))
  const inside = tabs.filter(({ tab }) => users.has(tab.me ?? '') && tab.chats().includes(row.id))
  return inside.length > 0 ? world.random.pick(inside) : null
}

const byBackend = ({ life }: World, { organization_id }: { readonly organization_id: string }, action: Action, payload: object) =>
  life?.act({ type: 'backend', id: 'key', organization_id }, action, payload)

const houseOf = ({ ground }: World, { row }: NotedChat): Founded =>
  ground.houses.find(({ organization_id }) => organization_id === row.organization_id) ?? ground

/** By a back end, or by somebody who is in the chat, whether or not they may. */
const change =
  (what: (world: World, group: NotedChat, byUser: boolean) => [Action, object]): Operation =>
  (world) => {
    const group = someGroup(world)
    const someone = group && world.random.chance(0.5) ? someoneIn(world, group) : null
    if (someone && group) {
      const [action, payload] = what(world, group, true)
      someone.person.promise(someone.tab, action, someone.tab.ask(action, payload))
    } else if (group) byBackend(world, group.row, ...what(world, group, false))
  }

function described({ random }: World): object {
  return {
    name: `group ${random.id()}`,
    ...(random.chance(0.3) && { history: true }),
    ...(random.chance(0.5) && { joinable: true }),
  }
}

export const groups: Operations = {
  makeGroup: [
    5,
    (world) => {
      const { random, ledger } = world
      if ([...ledger.chats.values()].filter(({ row }) => row.kind !== 'support').length >= MOST_GROUPS) return
      const direct = random.chance(0.25)
      const said = direct ? { kind: 'direct' } : { kind: 'group', ...described(world) }
      const { person, tab } = somebody(world)
      const { house } = person
      if (random.chance(0.5))
        return byBackend(world, house, 'create_chat', { ...said, users: someUsers(world, house, 2).slice(0, direct ? 2 : 9) })
      const users = someUsers(world, house).filter((id) => id !== tab.me)
      person.promise(tab, 'create_chat', tab.ask('create_chat', { ...said, users: direct ? users.slice(0, 1) : users }))
    },
  ],
  addUsers: [
    6,
    change((world, group) => {
      const history = world.random.chance(0.6) ? { history: world.random.chance(0.5) } : {}
      return ['add_users_to_chat', { chat_id: group.row.id, user_ids: someUsers(world, houseOf(world, group)), ...history }]
    }),
  ],
  removeUser: [
    4,
    change(({ random }, { row: { id }, users }) => ['remove_user_from_chat', { chat_id: id, user_id: random.pick([...users]) }]),
  ],
  leave: [
    2,
    (world) => {
      const group = someGroup(world)
      const someone = group && someoneIn(world, group)
      if (!someone || !group) return
      const { person, tab } = someone
      const byName = tab instanceof PageTab && world.random.chance(0.5)
      person.expect(tab, 'leave', byName ? tab.sdk.leaveChat(group.row.id) : tab.ask('leave_chat', { chat_id: group.row.id }))
    },
  ],
  /** Only some groups can be. */
  join: [
    4,
    (world) => {
      const group = someGroup(world)
      if (!group) return
      const person = world.random.pick(world.people.filter(({ house }) => house === houseOf(world, group)))
      const tab = tabOf(world, person)
      const byName = tab instanceof PageTab && world.random.chance(0.5)
      person.expect(tab, 'join', byName ? tab.sdk.joinChat(group.row.id) : tab.ask('join_chat', { chat_id: group.row.id }))
    },
  ],
  describe: [
    3,
    change((world, { row: { id } }, byUser) => [
      'update_chat',
      { chat_id: id, ...(byUser ? { name: `renamed ${world.random.id()}` } : described(world)) },
    ]),
  ],
  destroy: [
    1,
    (world) => {
      const group = world.random.chance(0.3) ? someGroup(world) : null
      if (group) byBackend(world, group.row, 'delete_chat', { chat_id: group.row.id })
    },
  ],
  /** A back end speaks in somebody's name. */
  speakFor: [
    4,
    (world) => {
      const group = someGroup(world)
      if (!group) return
      const text = `ghost 1 says ${world.elsewhere.size + 1}`
      world.elsewhere.add(text)
      byBackend(world, group.row, 'send_event', {
        chat_id: group.row.id,
        user_id: world.random.pick([...group.users]),
        event: { type: 'message', text },
      })
    },
  ],
}

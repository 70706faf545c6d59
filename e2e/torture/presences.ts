/** Who is there: asked for now and then, followed from then on, and in the end exactly those who are connected. */
import { PRESENCE_GRACE_MS } from '../../src/protocol/limits.ts'
import { type Operations, somebody, someChat, somePage } from './choice.ts'
import type { FinalChat } from './log.ts'
import { partOf } from './membership.ts'
import { PageTab } from './page.ts'
import type { OpenTab, Person } from './person.ts'
import type { World } from './world.ts'

export const presences: Operations = {
  askPresence: [
    5,
    (world) => {
      // A page goes on from the answer by what it is told.
      const { person, tab } = somePage(world) ?? somebody(world)
      const chat = someChat(world, tab)
      if (!chat || chat.startsWith('local_')) return
      const asked = tab instanceof PageTab ? tab.rich.getPresence(chat) : tab.ask('get_presence', { chat_id: chat })
      person.expect(tab, 'get_presence', asked)
    },
  ],
}

/** PRE3, PRE4: of the users of a chat those who have a tab. */
export async function checkPresence(world: World, chats: readonly FinalChat[]): Promise<string[]> {
  const here = new Set(world.people.flatMap(({ tabs }) => tabs.flatMap(({ me }) => me ?? [])))
  const wrong: string[] = []
  for (const person of world.people) {
    const { name } = person
    for (const tab of person.tabs) {
      const view = person.kind === 'agent' ? 'agents' : 'public'
      for (const chat of chats.filter((one) => tab.me !== null && partOf(one, tab.me, view))) {
        const { id } = chat.row
        const users = [...chat.stays].flatMap(([user_id, stays]) => (stays.at(-1)?.to_agents === null ? [user_id] : []))
        const should = users
          .filter((user_id) => here.has(user_id))
          .sort()
          .join()
        for (const [how, shown] of await shownBy(world, person, tab, id)) {
          const is = [...shown].sort().join()
          if (is !== should)
            wrong.push(`[PRE3] ${name}, who is ${tab.me}, is ${how} that ${is || 'nobody'} is in ${id}, where ${should} are`)
        }
      }
    }
  }
  return wrong
}

/** PRE5: whoever goes for good is there no more, for those who follow as well. */
export async function checkGoing(world: World, chats: readonly FinalChat[]): Promise<string[]> {
  const { people, clock, random } = world
  for (const page of people.flatMap(({ tabs }) => tabs.filter((tab) => tab instanceof PageTab)))
    for (const chat of page.chats()) page.rich.getPresence(chat).catch(() => {})
  await clock.advance(1000)
  for (const { tab } of random.pick(people).tabs) tab.kill()
  await clock.advance(PRESENCE_GRACE_MS + 2000)
  return checkPresence(world, chats)
}

/** What the tab was answered and told since, and what it would be answered now. */
async function shownBy({ life }: World, person: Person, tab: OpenTab, chat_id: string): Promise<[string, string[]][]> {
  const principal = person.principal(tab)
  const { users = [] } = ((await life?.ask(principal, 'get_presence', { chat_id })) ?? {}) as { users?: { user_id: string }[] }
  const followed = tab instanceof PageTab ? Object.keys(tab.rich.chat(chat_id).presence) : []
  // Whoever follows a chat is in it, and there; else nothing was asked.
  return [['answered', users.map(({ user_id }) => user_id)], ...(followed.length > 0 ? [['told', followed] as [string, string[]]] : [])]
}

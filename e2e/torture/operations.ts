/** Everything that may happen in a storm, and what people do in chats. */
import type { DomainAction } from '../../src/server/domain/handlers.ts'
import { type Operation, type Operations, place, somebody, someChat, somePage } from './choice.ts'
import { files } from './files.ts'
import { groups } from './groups.ts'
import { houses } from './houses.ts'
import { identities } from './identity.ts'
import type { PageTab } from './page.ts'
import type { Person, Shown } from './person.ts'
import { presences } from './presences.ts'
import { snapshots } from './replays.ts'
import { rich, someReference } from './rich.ts'
import { tabs } from './tabs.ts'
import { weather } from './weather.ts'
import type { World } from './world.ts'

type Rating = { value: 'good' } | { value: 'bad'; comment: string } | null

const RATINGS: readonly Rating[] = [{ value: 'good' }, { value: 'bad', comment: 'slow' }, null]

/** By a request from elsewhere, not by the tab's own SDK: all of its tabs hear of it as others do. */
function act(world: World, kind: Person['kind'] | undefined, actionOn: (shown: Shown) => [DomainAction, object]): void {
  const spot = place(world, kind)
  const id = spot?.tab.me
  const shown = spot?.chat && spot.tab.shown(spot.chat)
  if (!shown || !id) return
  world.life?.act(spot.person.principal(spot.tab), ...actionOn(shown))
}

/** Properties of a chat, of a thread or of an event, set or deleted. */
function markWith({ random }: World, { id: chat_id, thread, events }: Shown): [DomainAction, object] {
  const verb = random.pick(['update', 'delete'] as const)
  const properties = verb === 'update' ? { storm: { [random.pick(['a', 'b'])]: random.int(1, 3) } } : { storm: ['a'] }
  const event = events.length > 0 ? random.pick(events) : null
  return random.pick<() => [DomainAction, object]>([
    () => [`${verb}_chat_properties`, { id: chat_id, properties }],
    () => [`${verb}_thread_properties`, { chat_id, thread_id: thread ?? 'none', properties }],
    () => [`${verb}_event_properties`, { chat_id, thread_id: event?.thread ?? 'none', event_id: event?.id ?? 'none', properties }],
  ])()
}

/** The same by the public SDK. */
async function markOn({ random }: World, { sdk, shown }: PageTab, chat: string): Promise<unknown> {
  const { thread = null, events = [] } = shown(chat) ?? {}
  const properties = { storm: { [random.pick(['a', 'b'])]: random.int(1, 3) } }
  const names = { storm: ['a'] }
  const event = events.length > 0 ? random.pick(events) : null
  return random.pick<() => Promise<unknown>>([
    () => sdk.updateChatProperties(chat, properties),
    () => sdk.deleteChatProperties(chat, names),
    () => sdk.updateChatThreadProperties(chat, thread ?? 'none', properties),
    () => sdk.updateEventProperties(chat, event?.thread ?? 'none', event?.id ?? 'none', properties),
    () => sdk.deleteEventProperties(chat, event?.thread ?? 'none', event?.id ?? 'none', names),
  ])()
}

const rateOn = ({ sdk }: PageTab, chat: string, rating: Rating): Promise<unknown> =>
  rating ? sdk.sendRating(chat, rating) : sdk.cancelRate(chat)

/** By the public SDK where somebody is at a page, else from elsewhere. */
const byPage =
  (
    kind: Person['kind'] | undefined,
    on: (world: World, page: PageTab, chat: string) => Promise<unknown>,
    otherwise: Operation,
  ): Operation =>
  (world) => {
    const spot = world.random.chance(0.5) ? somePage(world) : null
    const chat = spot && someChat(world, spot.tab)
    if (spot && chat) spot.person.expect(spot.tab, 'edit', on(world, spot.tab, chat))
    else if (kind !== 'agent') return otherwise(world)
  }

const say =
  (times: (world: World) => number, note = false): Operation =>
  (world) => {
    const spot = place(world, note ? 'agent' : undefined)
    if (!spot) return
    const padding = world.random.chance(0.1) ? ` ${'ä'.repeat(world.random.int(1, 4000))}` : ''
    let { chat } = spot
    for (let count = times(world); count > 0; count--) {
      const refers = someReference(world, { ...spot, chat }, note)
      chat = spot.person.say(spot.tab, chat, { note, padding, refers, customId: world.random.chance(0.8) })
    }
  }

const talk: Operations = {
  say: [16, say(() => 1)],
  burst: [4, say(({ random }) => random.int(3, 8))],
  note: [3, say(() => 1, true)],
  sayHopeless: [
    1,
    (world) => {
      const spot = place(world)
      if (spot?.chat && !spot.chat.startsWith('local_')) spot.person.say(spot.tab, spot.chat, { hopeless: true })
    },
  ],
  start: [
    3,
    (world) => {
      const { person, tab } = somebody(world, 'customer')
      person.say(tab, null, { customId: world.random.chance(0.8) })
    },
  ],
  close: [
    4,
    (world) => {
      const spot = place(world)
      if (spot?.chat) spot.person.expect(spot.tab, 'close', spot.tab.close(spot.chat))
    },
  ],
  seen: [
    5,
    (world) => {
      const spot = place(world)
      if (spot?.chat) spot.person.expect(spot.tab, 'seen', spot.tab.seen(spot.chat))
    },
  ],
  peek: [
    3,
    (world) => {
      const spot = place(world)
      if (spot?.chat) spot.tab.peek(spot.chat, `typing ${world.random.id()}`)
    },
  ],
  rate: [
    6,
    byPage(
      'customer',
      ({ random }, page, chat) => rateOn(page, chat, random.pick(RATINGS)),
      (world) => act(world, 'customer', ({ id }) => ['rate_chat', { chat_id: id, rating: world.random.pick(RATINGS) }]),
    ),
  ],
  mark: [8, byPage(undefined, markOn, (world) => act(world, undefined, (shown) => markWith(world, shown)))],
  older: [
    2,
    (world) => {
      const spot = place(world)
      if (spot?.chat) spot.person.expect(spot.tab, 'older', spot.tab.older(spot.chat))
    },
  ],
  look: [
    3,
    (world) => {
      const spot = place(world)
      if (spot?.chat) spot.tab.look(spot.chat)
    },
  ],
}

const OPERATIONS: Operations = {
  ...talk,
  ...rich,
  ...groups,
  ...files,
  ...identities,
  ...tabs,
  ...weather,
  ...snapshots,
  ...presences,
  ...houses,
}
const WEIGHTS = Object.fromEntries(Object.entries(OPERATIONS).map(([name, [weight]]) => [name, weight]))

/** Does something; returns what it was. */
export async function happen(world: World): Promise<string> {
  const name = world.random.weighted(WEIGHTS)
  await OPERATIONS[name]?.[1](world)
  return name
}

/** Everything that may happen in a storm: what people do, what lines suffer, and what servers die of. */
import type { ConversationState } from '../../src/sdk/agent/types.ts'
import type { DomainAction } from '../../src/server/domain/handlers.ts'
import type { Line } from '../../src/testing/wire.ts'
import type { OpenTab, Person } from './person.ts'
import type { World } from './world.ts'

type Operation = (world: World) => void | Promise<void>

/** What happens how often, relative to the rest. */
const WEIGHTS = {
  step: 30,
  flurry: 14,
  flow: 12,
  wait: 10,
  sleep: 1,
  say: 16,
  burst: 4,
  note: 3,
  sayHopeless: 1,
  start: 3,
  close: 4,
  seen: 5,
  peek: 3,
  rate: 6,
  mark: 8,
  older: 2,
  look: 3,
  cut: 3,
  halfOpen: 2,
  duplicate: 4,
  delay: 2,
  loseAnswer: 2,
  offline: 2,
  online: 3,
  kill: 2,
  reload: 2,
  secondTab: 2,
  serverDies: 2,
  serverStarts: 4,
} as const
export type OperationName = keyof typeof WEIGHTS

export const pickOperation = (world: World): OperationName => world.random.weighted(WEIGHTS)

/** Somebody, with a tab that is open; opens one where there is none. */
function somebody(world: World, kind?: Person['kind']): { person: Person; tab: OpenTab } {
  const person = world.random.pick(world.people.filter((candidate) => !kind || candidate.kind === kind))
  const tab = person.tabs.length > 0 ? world.random.pick(person.tabs) : person.openTab()
  return { person, tab }
}

/** A chat that the tab knows of; null where there is none, or where a customer begins another by speaking. */
function someChat(world: World, { client, conversations }: OpenTab): string | null {
  const known = new Set([...client.chats.state.chats.map(({ id }) => id), ...conversations.keys()])
  return known.size > 0 ? world.random.pick([...known]) : null
}

/** Where this person may speak: an agent needs a chat, a customer's first words make one. */
function place(world: World, kind?: Person['kind']): { person: Person; tab: OpenTab; chat: string | null } | null {
  const { person, tab } = somebody(world, kind)
  const chat = someChat(world, tab)
  return chat === null && person.kind === 'agent' ? null : { person, tab, chat }
}

function someLine(world: World): Line | null {
  const { lines } = world.network
  return lines.length > 0 ? world.random.pick(lines) : null
}

/** By a request from elsewhere, not by the tab's own SDK: all of its tabs hear of it as others do. */
function act(world: World, kind: Person['kind'] | undefined, actionOn: (state: ConversationState) => [DomainAction, object]) {
  const spot = place(world, kind)
  const id = spot?.tab.client.me
  if (!spot?.chat || !id) return
  const { state } = spot.person.look(spot.tab, spot.chat)
  const principal = { type: spot.person.kind, id, organization_id: world.ground.organization_id }
  if (!state.provisional) world.life?.act(principal, ...actionOn(state))
}

/** Properties of a chat, of a thread or of an event, set or deleted. */
function markWith({ random }: World, { id: chat_id, thread, items }: ConversationState): [DomainAction, object] {
  const verb = random.pick(['update', 'delete'] as const)
  const properties = verb === 'update' ? { storm: { [random.pick(['a', 'b'])]: random.int(1, 3) } } : { storm: ['a'] }
  const events = items.flatMap((item) => (item.kind === 'event' && item.seq !== null ? [item.event] : []))
  const event = events.length > 0 ? random.pick(events) : null
  return random.pick<() => [DomainAction, object]>([
    () => [`${verb}_chat_properties`, { id: chat_id, properties }],
    () => [`${verb}_thread_properties`, { chat_id, thread_id: thread?.id ?? 'none', properties }],
    () => [`${verb}_event_properties`, { chat_id, thread_id: event?.thread_id ?? 'none', event_id: event?.id ?? 'none', properties }],
  ])()
}

const say =
  (times: (world: World) => number, note = false): Operation =>
  (world) => {
    const spot = place(world, note ? 'agent' : undefined)
    if (!spot) return
    const padding = world.random.chance(0.1) ? ` ${'ä'.repeat(world.random.int(1, 4000))}` : ''
    const conversation = spot.person.look(spot.tab, spot.chat)
    for (let count = times(world); count > 0; count--) spot.person.say(spot.tab, conversation, { note, padding })
  }

export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  step(world) {
    const line = someLine(world)
    if (line) world.random.pick([line.up, line.down]).step(world.random.int(1, 3))
  },
  /** Much arrives in the same moment. */
  flurry(world) {
    for (const line of world.network.lines) {
      line.up.step(world.random.int(0, 3))
      line.down.step(world.random.int(0, 3))
    }
  },
  flow: (world) => world.flow(),
  wait: (world) => world.clock.advance(world.random.pick([1, 30, 400, 1000, 2500, 9000, 30_000])),
  /** Longer than an access token lasts. */
  sleep: (world) => world.clock.advance(20 * 60_000),
  say: say(() => 1),
  burst: say(({ random }) => random.int(3, 8)),
  note: say(() => 1, true),
  sayHopeless(world) {
    const spot = place(world)
    if (!spot?.chat || spot.chat.startsWith('local_')) return
    spot.person.say(spot.tab, spot.person.look(spot.tab, spot.chat), { hopeless: true })
  },
  start(world) {
    const { person, tab } = somebody(world, 'customer')
    person.say(tab, person.look(tab, null))
  },
  close(world) {
    const spot = place(world)
    if (spot?.chat) spot.person.expect(spot.tab, 'close', spot.person.look(spot.tab, spot.chat).close())
  },
  seen(world) {
    const spot = place(world)
    if (spot?.chat) spot.person.look(spot.tab, spot.chat).markSeen()
  },
  peek(world) {
    const spot = place(world)
    if (!spot?.chat) return
    spot.tab.client.setSneakPeek?.(spot.chat, `typing ${world.random.id()}`)
    spot.tab.client.setTyping?.(spot.chat, world.random.chance(0.5))
  },
  rate(world) {
    const rating = world.random.pick([{ value: 'good' }, { value: 'bad', comment: 'slow' }, null])
    act(world, 'customer', ({ id }) => ['rate_chat', { chat_id: id, rating }])
  },
  mark: (world) => act(world, undefined, (state) => markWith(world, state)),
  older(world) {
    const spot = place(world)
    if (spot?.chat) spot.person.expect(spot.tab, 'older', spot.person.look(spot.tab, spot.chat).loadOlder())
  },
  look(world) {
    const spot = place(world)
    if (spot?.chat) spot.person.look(spot.tab, spot.chat)
  },
  cut(world) {
    someLine(world)?.cut()
  },
  halfOpen(world) {
    someLine(world)?.cut(world.random.pick(['client', 'server']))
  },
  duplicate(world) {
    const line = someLine(world)
    if (!line) return
    const pipe = world.random.pick([line.up, line.down])
    const frames = pipe.waiting.flatMap(({ kind }, at) => (kind === 'frame' ? [at] : []))
    if (frames.length > 0) pipe.duplicate(world.random.pick(frames))
  },
  /** The line moves by itself from now on, slowly. */
  delay(world) {
    const line = someLine(world)
    line?.up.delay(world.random.int(0, 3000))
    line?.down.delay(world.random.int(0, 3000))
    line?.release()
  },
  loseAnswer(world) {
    world.network.answersToLose = world.random.int(1, 2)
  },
  offline(world) {
    world.random.pick(world.people).device.goOffline()
  },
  online(world) {
    for (const { device } of world.people) device.goOnline()
  },
  kill(world) {
    somebody(world).tab.tab.kill()
  },
  reload(world) {
    const { person, tab } = somebody(world)
    tab.tab.kill()
    person.openTab()
  },
  secondTab(world) {
    const { person } = somebody(world)
    if (person.tabs.length < 2) person.openTab()
  },
  serverDies(world) {
    world.random.pick([
      () => world.life?.mortality.die(),
      () => world.life?.mortality.await('before commit'),
      () => world.life?.mortality.await('after commit'),
      () => world.life?.mortality.await('after commit'),
    ])()
  },
  serverStarts: (world) => world.start(),
}

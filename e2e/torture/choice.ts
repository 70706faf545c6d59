/** Who does something next, where, and to which part of the network. */
import type { Line } from '../../src/testing/wire.ts'
import { PageTab } from './page.ts'
import type { OpenTab, Person } from './person.ts'
import type { World } from './world.ts'

export type Operation = (world: World) => void | Promise<void>
/** What may happen, and how often relative to the rest. */
export type Operations = Readonly<Record<string, readonly [weight: number, happen: Operation]>>

export interface Spot {
  readonly person: Person
  readonly tab: OpenTab
}

/** A tab of the person's in which something can be done; opened or thawed where there is none. */
export function tabOf({ random }: World, person: Person): OpenTab {
  if (person.awake.length > 0) return random.pick(person.awake)
  const [frozen] = person.tabs
  if (!frozen) return person.openTab()
  frozen.tab.thaw()
  return frozen
}

export function somebody(world: World, kind?: Person['kind']): Spot {
  const person = world.random.pick(world.people.filter((candidate) => !kind || candidate.kind === kind))
  return { person, tab: tabOf(world, person) }
}

/** A page with the public SDK; null when nobody is at one. */
export function somePage({ people, random }: World, isMeant = (_: Person) => true): { person: Person; tab: PageTab } | null {
  const pages = people.filter(isMeant).flatMap((person) => person.awake.flatMap((tab) => (tab instanceof PageTab ? [{ person, tab }] : [])))
  return pages.length > 0 ? random.pick(pages) : null
}

/** A chat that the tab knows of; null where there is none, or where a customer begins another by speaking. */
export function someChat({ random }: World, tab: OpenTab): string | null {
  const known = tab.chats()
  return known.length > 0 ? random.pick(known) : null
}

/** Where somebody may speak: an agent needs a chat, a customer's first words make one. */
export function place(world: World, kind?: Person['kind']): (Spot & { readonly chat: string | null }) | null {
  const spot = somebody(world, kind)
  const chat = someChat(world, spot.tab)
  return chat === null && spot.person.kind === 'agent' ? null : { ...spot, chat }
}

export function someLine({ random, network }: World): Line | null {
  return network.lines.length > 0 ? random.pick(network.lines) : null
}

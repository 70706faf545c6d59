/** What becomes of tabs: several of one device are opened, frozen, thawed, left for another, and killed without a word. */
import { type Operations, somebody, somePage } from './choice.ts'
import type { World } from './world.ts'

const MOST_TABS = 3

const someTab = ({ people, random }: World, isFrozen: boolean) => {
  const tabs = people.flatMap((person) => person.tabs).filter(({ tab }) => tab.frozen === isFrozen)
  return tabs.length > 0 ? random.pick(tabs).tab : null
}

export const tabs: Operations = {
  open: [
    4,
    ({ people, random }) => {
      const person = random.pick(people)
      if (person.tabs.length < MOST_TABS) person.openTab()
    },
  ],
  freeze: [4, (world) => someTab(world, false)?.freeze()],
  thaw: [4, (world) => someTab(world, true)?.thaw()],
  kill: [2, (world) => someTab(world, world.random.chance(0.3))?.kill()],
  /** Its outbox goes out by another tab, if there is one. */
  disconnect: [2, (world) => somePage(world)?.tab.sdk.disconnect()],
  connect: [4, (world) => somePage(world)?.tab.sdk.connect()],
  reload: [
    2,
    (world) => {
      const { person, tab } = somebody(world)
      tab.tab.kill()
      person.openTab()
    },
  ],
}

/** People who sign in and out with the site that the chat is on: whose everything is, at every moment. */
import type { Founded } from '../../src/testing/factories.ts'
import { vouchFor } from '../../src/testing/identity.ts'
import { type Operations, somebody, somePage } from './choice.ts'
import { PageTab } from './page.ts'
import type { Person } from './person.ts'
import type { World } from './world.ts'

/** Whom the site knows. Two people may be one of them, on two devices. */
export const USERS = ['user-1', 'user-2'] as const

const isMember = ({ role }: Person) => role === 'member'
const isGuest = ({ role }: Person) => role === 'guest'

export const pagesOf = (person: Person): PageTab[] => person.awake.flatMap((tab) => (tab instanceof PageTab ? [tab] : []))

/** What the site's own back end says for whoever is signed in there. */
export const vouch = ({ clock }: Pick<World, 'clock'>, house: Founded, user: string): string =>
  vouchFor(house.identity_secret, user, clock.now())

/** The site says who it is: to a page, or when a page is asked. */
export function becomes(world: World, person: Person, user: string): void {
  person.user = user
  const [page, ...others] = pagesOf(person)
  if (!page) return
  if (isMember(person)) return person.expect(page, 'identify', page.sdk.identify(vouch(world, person.house, user)))
  for (const each of [page, ...others]) person.expect(each, 'getFreshToken', each.sdk.auth.getFreshToken())
}

export const identities: Operations = {
  identify: [
    3,
    (world) => {
      const spot = somePage(world, isMember)
      if (!spot) return
      const { person, tab } = spot
      person.expect(tab, 'identify', tab.sdk.identify(vouch(world, person.house, world.random.pick(USERS))))
    },
  ],
  logout: [
    2,
    (world) => {
      const spot = somePage(world, isMember)
      spot?.person.expect(spot.tab, 'logout', spot.tab.sdk.logout())
    },
  ],
  /** Nobody tells the SDK, which learns of it by asking. */
  signInOrOut: [
    3,
    (world) => {
      const guests = world.people.filter(isGuest)
      if (guests.length > 0) world.random.pick(guests).user = world.random.pick([...USERS, null])
    },
  ],
  freshToken: [
    2,
    (world) => {
      const spot = somePage(world)
      spot?.person.expect(spot.tab, 'getFreshToken', spot.tab.sdk.auth.getFreshToken())
    },
  ],
  /** Into a chat of somebody who was here before. */
  trespass: [
    1,
    (world) => {
      const { person, tab } = somebody(world, 'customer')
      if (!(tab instanceof PageTab)) return
      const others = tab.eras.slice(0, -1).flatMap(({ owner, chats }) => (owner && owner !== tab.me ? [...chats.keys()] : []))
      const real = others.filter((chat) => world.ledger.chats.get(chat)?.row.kind === 'support')
      if (real.length > 0 && tab.me) person.say(tab, world.random.pick(real), { hopeless: true })
    },
  ],
}

/** All identities in turn, of everyone who has any: each comes back, and sends what had failed when it left. */
export async function comeHome(world: World): Promise<void> {
  const people = world.people.filter(({ switches }) => switches)
  for (const user of people.length > 0 ? USERS : []) {
    for (const person of people) becomes(world, person, user)
    await world.clock.advance(12_000)
    for (const person of people) await person.keep()
    for (const person of people) sendAgain(person)
    await world.clock.advance(20_000)
    for (const person of people) await person.keep()
    for (const person of people) for (const { me } of pagesOf(person)) if (me) person.home.add(me)
  }
  for (const person of world.people) if (!person.switches) for (const { me } of person.tabs) if (me) person.home.add(me)
}

function sendAgain(person: Person): void {
  const [page] = pagesOf(person)
  for (const { stretch, outcome, customId, bytes, hopeless } of person.sayings) {
    const isOwn = stretch.owner !== null && stretch.owner === page?.me
    if (isOwn && outcome !== 'sent' && customId !== null && !bytes && !hopeless) page.sdk.retry(customId)
  }
}

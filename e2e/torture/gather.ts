/** The people of a storm: customers and agents of an organization, and at times some of another that the server serves too. */
import { Device } from '../../src/testing/environment.ts'
import type { Founded } from '../../src/testing/factories.ts'
import { agentFace, page, visitorFace } from './clients.ts'
import { vouch } from './identity.ts'
import { Person, type Role } from './person.ts'
import type { World } from './world.ts'

/** Servers and pages do not agree on the time. */
const MOST_SKEW_MS = 10 * 60_000
const OTHERS = 0.4

export function gather(world: World): Person[] {
  const { random, ground } = world
  const [first, other] = ground.houses as [Founded, Founded]
  const people = [...customersOf(world, first, random.int(1, 2), 0), ...agentsOf(world, first, random.int(1, 2), 0)]
  if (!random.chance(OTHERS)) return people
  return [...people, ...customersOf(world, other, 1, people.length), ...agentsOf(world, other, 1, people.length)]
}

function customersOf(world: World, house: Founded, count: number, before: number): Person[] {
  const { random, mutation } = world
  const ways = {
    face: visitorFace(mutation, house),
    page: page(mutation, house, (user) => vouch(world, house, user)),
  }
  return Array.from({ length: count }, (_, at) => {
    const number = before + at + 1
    const name = `customer ${number}`
    const role = random.weighted<Role>({ agent: 0, visitor: 3, member: 2, guest: 1 })
    return new Person(name, mutation.role ?? role, house, deviceOf(world, name, 'http://localhost', `10.0.0.${number}`), ways)
  })
}

function agentsOf(world: World, house: Founded, count: number, before: number): Person[] {
  const { ground, mutation } = world
  const face = agentFace(mutation, ground)
  return house.agents.slice(0, count).map(({ id, cookie }, at) => {
    const number = before + at + 1
    const desk = deviceOf(world, `agent ${number}`, ground.server, `10.0.1.${number}`)
    desk.cookies.set(cookie.name, cookie.value)
    desk.cupboard.leave('agent', id)
    return new Person(`agent ${number}`, 'agent', house, desk, { face, page: noPage })
  })
}

function noPage(): never {
  throw new Error('unable to open a page; agents have none')
}

function deviceOf({ network, clock, random }: World, name: string, origin: string, address: string): Device {
  return new Device({ network, clock, random: random.fork(name), origin, address, skew: random.int(-MOST_SKEW_MS, MOST_SKEW_MS) })
}

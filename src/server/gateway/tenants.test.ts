/** Nobody reaches what is not theirs: every action, by everybody, over both transports, for every kind of thing that it can name. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ActionSpec, AGENT_ACTIONS, CUSTOMER_ACTIONS, SERVER_ACTIONS } from '../../protocol/actions.ts'
import type { Side } from './dispatch.ts'
import { ALLOWED, FACES, LIVE, type Row, TARGETS, type Target } from './tenants-table.contract.ts'
import { aFile, openWorld, type Principal, type Socket, type Thing, type Things, type World } from './tenants-world.contract.ts'

const ACTIONS: Record<Side, Record<string, ActionSpec>> = { customer: CUSTOMER_ACTIONS, agent: AGENT_ACTIONS, backend: SERVER_ACTIONS }
const SIDES = Object.keys(ACTIONS) as Side[]
const INTRUDERS = [
  'nobody',
  'customer',
  'agent',
  'other agent',
  'backend',
  'other backend',
  'revoked customer',
  'signed-out agent',
  'revoked key',
]

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const principal = (name: string): Principal => world.principals[name] as Principal
const isLive = (name: string, side: Side) => (LIVE[side] as readonly string[]).includes(name)

/** How it went: whether it was carried out and, where not, every byte that was told of why. */
interface Outcome {
  readonly done: boolean
  readonly told: string
}

/** Whose things are asked for: each time others where they may be used up, the same where they must not be. */
type Wardrobe = (target: Target) => Things

const fresh = (who: Principal, side: Side): Wardrobe => {
  const things = {
    own: world.own(who, side),
    'another’s': world.anothers(who, side),
    missing: world.missing,
    deleted: world.deleted(who, side),
  }
  return (target) => things[target]
}
const victims = new Map<Side, Wardrobe>()
function ofVictim(side: Side): Wardrobe {
  const things = victims.get(side) ?? fresh(principal(LIVE[side][0]), side)
  victims.set(side, things)
  return things
}

/** The request, with the things of the target where it names some. */
async function request({ names, says }: Row, things: Things, own: Things): Promise<Record<string, unknown>> {
  const body = structuredClone(says) as Record<string, unknown>
  for (const [path, named] of Object.entries(names)) {
    const isOwn = named.startsWith('own ')
    const id = await (isOwn ? own : things)[named.replace('own ', '') as Thing]()
    const [field = '', inside, first] = path.split('.')
    if (inside === undefined) body[field] = id
    else if (inside === '0') body[field] = [id]
    else body[field] = { ...(body[field] as object), [inside]: first === '0' ? [id] : id }
  }
  return body
}

async function overHttp(side: Side, action: string, who: Principal, row: Row, body: unknown): Promise<Outcome> {
  const path = `/v1/${side === 'backend' ? 'server' : side}/action/${action}`
  const response = await world.http(path, who, { method: 'POST', body: row.upload ? aFile() : JSON.stringify(body) })
  return { done: response.ok, told: `${response.status} ${response.ok ? '' : await response.text()}` }
}

async function overSocket(socket: Socket, action: string, body: unknown): Promise<Outcome> {
  const { success, payload } = await socket.ask(action, body)
  return { done: success === true, told: success ? '' : JSON.stringify(payload) }
}

type Ask = (body: unknown) => Promise<Outcome>

/** Tries every target, and finds refused what the table does not allow, in words that say nothing of whether it is there. */
async function tryAll(row: Row, thingsOf: Wardrobe, allowed: readonly Target[], ask: Ask): Promise<void> {
  const own = thingsOf('own')
  const told: Partial<Record<Target, string>> = {}
  for (const target of TARGETS) {
    const outcome = await ask(await request(row, thingsOf(target), own))
    expect([target, outcome.done, outcome.told]).toEqual([target, allowed.includes(target), outcome.told])
    if (!outcome.done) told[target] = outcome.told
  }
  if (row.apart === undefined) expect(new Set(Object.values(told)).size, JSON.stringify(told)).toBeLessThanOrEqual(1)
}

describe('the table', () => {
  test.each(SIDES)('has a row for every action of a %s, and for no other', (side) => {
    expect(Object.keys(ALLOWED[side]).sort()).toEqual(Object.keys(ACTIONS[side]).sort())
  })
})

describe.each(SIDES)('[MEM1][MEM6] over HTTP, as a %s', (side) => {
  describe.each(Object.keys(ACTIONS[side]))('%s', (action) => {
    const rows = ALLOWED[side][action] ?? []
    const only = ACTIONS[side][action]?.only

    test.each(LIVE[side])('of things of their own: %s', async (name) => {
      for (const row of rows) {
        const allowed = only === 'socket' ? [] : row.allowed
        await tryAll(row, fresh(principal(name), side), allowed, (body) => overHttp(side, action, principal(name), row, body))
      }
    })

    test.each(INTRUDERS.filter((name) => !isLive(name, side)))('of nothing at all: %s', async (name) => {
      for (const row of rows) await tryAll(row, ofVictim(side), [], (body) => overHttp(side, action, principal(name), row, body))
    })
  })
})

const loginOf = ({ tokens }: Principal) => (tokens ? { token: tokens.access_token } : {})

describe.each(FACES)('[MEM1][MEM6] over a socket, as a %s', (side) => {
  describe.each(LIVE[side])('%s', (name) => {
    let socket: Socket
    beforeAll(async () => {
      socket = await world.open(side, principal(name))
      expect(await socket.ask('login', loginOf(principal(name)))).toMatchObject({ success: true })
    })
    afterAll(() => socket.close())

    test.each(Object.keys(ACTIONS[side]))('%s', async (action) => {
      for (const row of ALLOWED[side][action] ?? []) {
        const allowed = ACTIONS[side][action]?.only === 'http' ? [] : row.allowed
        await tryAll(row, fresh(principal(name), side), allowed, (body) => overSocket(socket, action, body))
      }
    })
  })

  test.each(INTRUDERS.filter((name) => !isLive(name, side)))('%s does not get in, and nothing is done before that', async (name) => {
    const socket = await world.open(side, principal(name))
    for (const action of Object.keys(ACTIONS[side])) {
      const login = side === 'customer' ? { token: 'none', ...loginOf(principal(name)) } : {}
      const outcome = await overSocket(socket, action, action === 'login' ? login : {})
      expect([action, outcome.done]).toEqual([action, false])
    }
    socket.close()
  })
})

test('what was refused has changed nothing: the log of another’s chat is as long as it was', async () => {
  for (const side of SIDES) {
    for (const name of LIVE[side]) {
      const things = world.anothers(principal(name), side)
      await things.event()
      const { entries } = await world.store.entries(await things.chat(), 'agents', 0, 100)
      const kinds = entries.map(({ kind }) => kind).filter((kind) => kind !== 'user_added')
      expect(kinds).toEqual(['thread_opened', 'event_added'])
    }
  }
})

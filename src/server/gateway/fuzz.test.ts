/** Frames of every form in every state: each is answered in the words of the table, and none ends or changes what it may not. */
import { expect, test } from 'vitest'
import { AGENT_ACTIONS, CUSTOMER_ACTIONS } from '../../protocol/actions.ts'
import { ERRORS } from '../../protocol/errors.ts'
import { createClock } from '../../testing/clock.ts'
import { openScene, type Peer } from '../../testing/gateway.ts'
import { createRandom, type Random } from '../../testing/random.ts'
import { turns } from '../../testing/turns.ts'
import { createRateLimiter } from './ratelimit.ts'

const ACTIONS = [...new Set([...Object.keys(CUSTOMER_ACTIONS), ...Object.keys(AGENT_ACTIONS)]), '__proto__', 'nothing']
const FIELDS = [
  'chat_id',
  'id',
  'event',
  'after',
  'limit',
  'seq',
  'chats',
  'token',
  'epoch',
  'sneak_peek_text',
  'is_typing',
  'custom_id',
  '__proto__',
]

function anything(random: Random, depth = 0): unknown {
  const simple = [null, true, false, 0, -1, 1.5, 1e300, '', 'x', '1e1', '../x', '\u202E', [], {}]
  if (depth > 2 || random.chance(0.5)) return random.pick<unknown>(simple)
  if (random.chance(0.3)) return Array.from({ length: random.int(0, 3) }, () => anything(random, depth + 1))
  const fields = Array.from({ length: random.int(0, 4) }, () => [random.pick(FIELDS), anything(random, depth + 1)] as const)
  return Object.fromEntries(fields)
}

/** The types with which so many frames were answered; a frame that is not answered fails the test. */
async function throwAt(peer: Peer, random: Random, count: number): Promise<Set<string>> {
  const types = new Set<string>()
  for (let at = 0; at < count; at++) {
    const before = peer.frames.length
    const frame = JSON.stringify({ action: random.pick(ACTIONS.filter((name) => name !== 'login')), payload: anything(random) })
    peer.send(random.chance(0.1) ? frame.slice(0, random.int(0, frame.length)) : frame)
    await turns(2)
    const answer = peer.frames.slice(before).find(({ type }) => type === 'response')
    if (!answer) throw new Error(`not answered: ${frame}`)
    types.add(answer.success ? 'success' : (answer.payload['error'] as { type: string }).type)
  }
  return types
}

test.each([1, 2, 3])('[CON3] [CON5] [CON13] whatever is thrown at a socket: seed %i', async (seed) => {
  const scene = await openScene({ parts: { rates: createRateLimiter({ clock: createClock(), factor: 100 }) } })
  const random = createRandom(seed)
  const ann = await scene.customer('ann')
  const { chat } = await ann.ask('start_chat')
  const before = await ann.ask('get_chat', { chat_id: chat.id })
  const fresh = await scene.connect('customer')
  const bob = await scene.customer('bob')
  const seen = new Set([...(await throwAt(fresh, random, 100)), ...(await throwAt(bob, random, 250))])
  for (const type of seen) expect([...Object.keys(ERRORS), 'success']).toContain(type)
  expect(seen).not.toContain('internal')
  expect([fresh.closedWith, bob.closedWith]).toEqual([null, null])
  expect(await ann.ask('get_chat', { chat_id: chat.id })).toEqual(before)
  await scene.close()
})

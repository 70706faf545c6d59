/** A lane hands out each entry once and in order, whatever it is given (RES9). */
import { expect, test } from 'vitest'
import { createRandom } from '../../testing/random.ts'
import { turns } from '../../testing/turns.ts'
import { Lane } from './lane.ts'

function createLane(stored: () => number, read: (after: number, to: number) => Promise<void> = async () => {}) {
  const handed: number[] = []
  const failures: unknown[] = []
  const lane = new Lane<number>({
    numberOf: (entry) => entry,
    async read(after, to) {
      await read(after, to)
      return Array.from({ length: Math.min(to, stored()) - after }, (_, at) => after + 1 + at)
    },
    failed: (error) => failures.push(error),
  })
  const hand = async (entries: readonly number[]) => {
    handed.push(...entries)
  }
  return { lane, handed, failures, hand, deliver: (...entries: number[]) => lane.deliver(entries, hand) }
}

test('[RES9] what comes in order goes out in order', async () => {
  const { handed, deliver } = createLane(() => 9)
  deliver(3)
  deliver(4, 5)
  deliver(6)
  await turns()
  expect(handed).toEqual([3, 4, 5, 6])
})

test('[RES9] a hole is read, a repetition dropped, and a late one is not told twice', async () => {
  const { handed, deliver } = createLane(() => 9)
  deliver(1)
  deliver(4)
  deliver(2)
  deliver(4)
  deliver(3, 4, 5)
  await turns()
  expect(handed).toEqual([1, 2, 3, 4, 5])
})

test('[RES9] a bus that drops, repeats and reorders is not noticed: 200 seeded schedules', async () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = createRandom(seed)
    const { handed, deliver } = createLane(() => 30)
    deliver(1)
    const arriving = Array.from({ length: 29 }, (_, at) => at + 2).filter(() => !random.chance(0.3))
    for (let swaps = random.int(0, 20); swaps > 0; swaps--) {
      const [a, b] = [random.int(0, arriving.length - 1), random.int(0, arriving.length - 1)]
      ;[arriving[a], arriving[b]] = [arriving[b] as number, arriving[a] as number]
    }
    for (const entry of arriving) {
      deliver(entry)
      if (random.chance(0.2)) deliver(entry)
      if (random.chance(0.3)) await turns(1)
    }
    await turns()
    const last = Math.max(1, ...arriving)
    expect(handed, `seed ${seed}`).toEqual(Array.from({ length: last }, (_, at) => at + 1))
  }
})

test('[LOG6] what waits for its turn comes after the entries it belongs to and before the next ones', async () => {
  const { lane, handed, hand } = createLane(() => 9)
  lane.deliver([1], hand, async () => void handed.push(101))
  lane.turn(async () => {
    await turns(2)
    handed.push(1000)
  })
  lane.deliver([2], hand, async () => void handed.push(102))
  await turns(8)
  expect(handed).toEqual([1, 101, 1000, 2, 102])
})

test('an answer is given even when its entries were handed out before, or could not be', async () => {
  const { lane, handed, hand, failures } = createLane(() => 9)
  lane.deliver([1, 2], hand)
  lane.deliver([2], hand, async () => void handed.push(102))
  lane.deliver(
    [3],
    () => Promise.reject(new Error('no')),
    async () => void handed.push(103),
  )
  lane.deliver([4], hand)
  await turns()
  expect(handed).toEqual([1, 2, 102, 103, 4])
  expect(failures).toHaveLength(1)
})

test('[RES9] what was missed comes together with what showed it, told apart by its number', async () => {
  const { lane } = createLane(() => 9)
  const batches: (readonly [readonly number[], number])[] = []
  const hand = async (entries: readonly number[], missed: number) => void batches.push([entries, missed])
  for (const entries of [[1], [2, 3], [6, 7], [7, 8], [5]]) lane.deliver(entries, hand)
  await turns()
  expect(batches).toEqual([
    [[1], 0],
    [[2, 3], 0],
    [[4, 5, 6, 7], 2],
    [[8], 0],
  ])
})

test('a hole too large to pass on is left to the readers', async () => {
  const { handed, deliver } = createLane(() => 10_000)
  deliver(1)
  deliver(9000)
  await turns()
  expect(handed).toEqual([1, 9000])
})

test('while nothing is known of a log nothing is missing', async () => {
  let reads = 0
  const { lane, deliver, handed } = createLane(
    () => 99,
    async () => void reads++,
  )
  expect(lane.last).toBeNull()
  deliver(41)
  await turns()
  expect([lane.last, reads, handed, lane.idle]).toEqual([41, 0, [41], true])
})

/** What lines and requests suffer, what servers die of, and how time goes by. */
import { type Operations, someLine } from './choice.ts'
import type { World } from './world.ts'

function someCall({ random, network }: World) {
  return network.calls.length > 0 ? random.pick(network.calls) : null
}

export const weather: Operations = {
  step: [
    30,
    (world) => {
      const line = someLine(world)
      if (line) world.random.pick([line.up, line.down]).step(world.random.int(1, 3))
    },
  ],
  stepCall: [20, (world) => void someCall(world)?.step()],
  /** Much arrives in the same moment. */
  flurry: [
    14,
    async (world) => {
      const { network, random } = world
      for (const line of network.lines) {
        line.up.step(random.int(0, 3))
        line.down.step(random.int(0, 3))
      }
      for (const call of network.calls) if (random.chance(0.5)) await world.step(call)
    },
  ],
  flow: [9, (world) => world.flow()],
  /** Much of what is under way gets on, and stops somewhere. */
  stir: [14, (world) => world.flow(world.random.int(1, 6))],
  wait: [10, ({ clock, random }) => clock.advance(random.pick([1, 30, 400, 1000, 2500, 9000, 30_000]))],
  /** Longer than an access token lasts. */
  sleep: [1, ({ clock }) => clock.advance(20 * 60_000)],
  cut: [3, (world) => someLine(world)?.cut()],
  cutCall: [3, (world) => someCall(world)?.cut()],
  halfOpen: [2, (world) => someLine(world)?.cut(world.random.pick(['client', 'server']))],
  duplicate: [
    4,
    (world) => {
      const line = someLine(world)
      if (!line) return
      const pipe = world.random.pick([line.up, line.down])
      const frames = pipe.waiting.flatMap(({ kind }, at) => (kind === 'frame' ? [at] : []))
      if (frames.length > 0) pipe.duplicate(world.random.pick(frames))
    },
  ],
  /** The line moves by itself from now on, slowly. */
  delay: [
    2,
    (world) => {
      const line = someLine(world)
      line?.up.delay(world.random.int(0, 3000))
      line?.down.delay(world.random.int(0, 3000))
      line?.release()
    },
  ],
  loseAnswer: [
    2,
    ({ network, random }) => {
      network.answersToLose = random.int(1, 2)
    },
  ],
  offline: [2, ({ random, people }) => random.pick(people).device.goOffline()],
  online: [
    3,
    ({ people }) => {
      for (const { device } of people) device.goOnline()
    },
  ],
  serverDies: [
    2,
    ({ life, random }) => {
      const mortality = life?.mortality
      const moment = random.pick(['now', 'before commit', 'after commit', 'after commit', 'after file'] as const)
      if (moment === 'now') mortality?.die()
      else mortality?.await(moment)
    },
  ],
  serverStarts: [4, (world) => world.start()],
}

/** The world of one storm: a clock, a network, a server with its file, and the people; everything in it follows from the seed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Call } from '../../src/testing/call.ts'
import { createClock, type FakeClock } from '../../src/testing/clock.ts'
import { Network } from '../../src/testing/network.ts'
import { createRandom, type Random } from '../../src/testing/random.ts'
import { quiet } from '../../src/testing/turns.ts'
import { gather } from './gather.ts'
import { type Ground, prepareGround } from './ground.ts'
import { Ledger } from './ledger.ts'
import { beginLife, type Life } from './life.ts'
import { type FinalChat, readAll } from './log.ts'
import { Namings } from './mentions.ts'
import type { Mutation } from './mutation.ts'
import type { Person } from './person.ts'
import type { Snapshot } from './replays.ts'

export class World {
  readonly random: Random
  readonly network: Network
  readonly clock: FakeClock
  readonly people: readonly Person[]
  readonly ground: Ground
  readonly path: string
  readonly mutation: Mutation
  /** Errors that the server wrote to its log. */
  readonly faults: string[] = []
  readonly ledger = new Ledger()
  readonly namings = new Namings(this.ledger)
  /** Words that a back end was to say for somebody. */
  readonly elsewhere = new Set<string>()
  /** What was answered over HTTP, and under which organization's number. */
  readonly answers: { readonly license: string | null; readonly body: string }[] = []
  readonly snapshots: Snapshot[] = []
  life: Life | null = null
  readonly #folder: string
  #lives = 0

  private constructor(seed: number, ground: Ground, mutation: Mutation) {
    this.random = createRandom(seed)
    this.clock = createClock({ settle: () => this.rest() })
    this.network = new Network(this.clock)
    this.network.held = true
    this.ground = ground
    this.mutation = mutation
    this.#folder = mkdtempSync(join(tmpdir(), 'storm-'))
    this.path = join(this.#folder, 'chat.db')
    writeFileSync(this.path, ground.database)
    this.people = gather(this)
  }

  static async create(seed: number, mutation: Mutation = {}): Promise<World> {
    const world = new World(seed, await prepareGround(), mutation)
    world.start()
    return world
  }

  /** Starts the server if it is dead. */
  start(): void {
    if (this.life && !this.life.mortality.dead) return
    const life = beginLife(this, this.random.fork(`life ${this.#lives++}`))
    this.life = life
    const read = this.readAll(life).then((chats) => {
      this.namings.read(chats)
      this.ledger.read(chats)
    })
    // It may die meanwhile.
    void this.network.attend(read.catch(() => {}))
  }

  /** Of both organizations. */
  readAll({ store }: Life): Promise<FinalChat[]> {
    const known = [...this.ledger.chats.values()].map(({ row }) => row)
    return Promise.all(
      this.ground.houses.map(({ organization_id: id }) =>
        readAll(
          store,
          id,
          known.filter((row) => row.organization_id === id),
        ),
      ),
    ).then((all) => all.flat())
  }

  /** Lets everything finish that needs no packet and no time. */
  async rest(): Promise<void> {
    await quiet(this.network)
    this.ledger.rest()
  }

  /** Delivers everything that waits anywhere, and what follows from that, until nothing does or so many times. */
  async flow(rounds = Number.POSITIVE_INFINITY): Promise<void> {
    for (let moved = 1, done = 0; moved > 0 && rounds > done; done++) {
      moved = 0
      for (const line of this.network.lines) {
        moved += line.up.step(100) + line.down.step(100)
        await this.rest()
      }
      for (const call of this.network.calls) moved += await this.step(call)
      await this.rest()
    }
  }

  /** Moves a request on, alone: of several that the server had at once it might be any that is answered first. */
  async step(call: Call): Promise<number> {
    const moved = call.step()
    await this.rest()
    return moved ? 1 : 0
  }

  async end(): Promise<void> {
    for (const { tabs } of this.people) for (const { tab } of tabs) tab.kill()
    this.life?.mortality.die()
    await this.rest()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

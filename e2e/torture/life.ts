/** One life of the server: the real gateway and store on the storm's file, from its start to its `kill -9`. */
import type { ServerAction } from '../../src/protocol/actions.ts'
import type { Principal } from '../../src/server/domain/context.ts'
import type { DomainAction } from '../../src/server/domain/handlers.ts'
import { openDiskFiles } from '../../src/server/files/disk.ts'
import type { Files } from '../../src/server/files/files.ts'
import { type Fields, type Log, silentLog } from '../../src/server/gateway/log.ts'
import type { Wire } from '../../src/server/gateway/wire.ts'
import { openSqliteStore } from '../../src/server/store/sqlite/store.ts'
import type { Store } from '../../src/server/store/store.ts'
import { sweepRegularly } from '../../src/server/sweeper.ts'
import { createFarEnd, type TestServer } from '../../src/testing/far-end.ts'
import type { Random } from '../../src/testing/random.ts'
import type { Ledger } from './ledger.ts'
import { Mortality, openUnsynced } from './mortal.ts'
import { muffled } from './mutation.ts'
import type { World } from './world.ts'

/** What somebody can ask for, or a back end. */
export type Action = DomainAction | ServerAction

export interface Life {
  readonly store: Store
  readonly files: Files
  readonly log: Log
  readonly far: TestServer
  readonly mortality: Mortality
  /** Somebody asks for something from elsewhere, such as a back end; whatever becomes of it. */
  act(principal: Principal, action: Action, payload: object): void
  /** The same, for what is answered. */
  ask(principal: Principal, action: Action, payload: object): Promise<object>
}

/** A store whose every change is written down. */
const noted = (store: Store, { ledger, namings }: World): Store => ({
  ...store,
  async commit(change) {
    const outcome = await store.commit(change)
    if (!outcome.ok) return outcome
    namings.committed(outcome.committed)
    ledger.committed(outcome.committed, change)
    return outcome
  },
})

/** A socket whose every frame is looked at. */
const watched = (wire: Wire, ledger: Ledger): Wire => ({
  ...wire,
  send(frame) {
    ledger.sent(frame)
    wire.send(frame)
  },
})

export function beginLife(world: World, random: Random): Life {
  const { path, clock, network, mutation, faults, ledger } = world
  const mortality = new Mortality(() => network.sever(() => random.chance(0.5)))
  const open = mutation.driver?.(openUnsynced) ?? openUnsynced
  const opened = openSqliteStore({ path, onFatal: () => {}, openDriver: mortality.drivers(open) })
  const store = noted(mutation.store?.(opened) ?? opened, world)
  /** The dead set no timers off. */
  const mortalClock = {
    now: () => clock.now(),
    after: (ms: number, callback: () => void) => clock.after(ms, () => void (mortality.dead || callback())),
  }
  const fault = ({ err }: Fields, message: string) =>
    void (mortality.dead || faults.push(`${message}: ${err instanceof Error ? err.stack : err}`))
  const log = { ...silentLog, error: fault, fatal: fault }
  const files = mortality.files(openDiskFiles(`${path}.files`))
  const far = createFarEnd({ store, files, clock: mortalClock, random, parts: { log } })
  sweepRegularly({ store, files, clock: mortalClock, log, tell: () => {} })
  const { accept } = far
  network.listen({
    accept: (wire, handshake) => accept(muffled(watched(wire, ledger), mutation), handshake),
    async fetch(request, caller) {
      const answer = await far.fetch(request, caller)
      world.answers.push({ license: new URL(request.url).searchParams.get('license'), body: answer.body })
      return answer
    },
  })
  const { gateway } = far
  const run = (principal: Principal, action: Action, payload: object) => {
    const ctx = gateway.contextOf(principal, { host: 'storm.test' })
    return gateway.dispatcher.run({ ctx, action, payload, key: null, origin: () => null })
  }
  return {
    store,
    files,
    log,
    far,
    mortality,
    act(principal, action, payload) {
      run(principal, action, payload).catch(() => {})
    },
    async ask(principal, action, payload) {
      const result = await run(principal, action, payload)
      return 'reply' in result ? result.reply.answer : result.plan.answer(result.committed)
    },
  }
}

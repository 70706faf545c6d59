/** One life of the server: the real gateway and store on the storm's file, from its start to its `kill -9`. */
import type { Principal } from '../../src/server/domain/context.ts'
import type { DomainAction } from '../../src/server/domain/handlers.ts'
import { openDiskFiles } from '../../src/server/files/disk.ts'
import type { Files } from '../../src/server/files/files.ts'
import { type Fields, type Log, silentLog } from '../../src/server/gateway/log.ts'
import { openSqliteStore } from '../../src/server/store/sqlite/store.ts'
import type { Store } from '../../src/server/store/store.ts'
import { sweepRegularly } from '../../src/server/sweeper.ts'
import { createFarEnd, type TestServer } from '../../src/testing/far-end.ts'
import type { Random } from '../../src/testing/random.ts'
import { Mortality, openUnsynced } from './mortal.ts'
import { muffled } from './mutation.ts'
import type { World } from './world.ts'

export interface Life {
  readonly store: Store
  readonly files: Files
  readonly log: Log
  readonly far: TestServer
  readonly mortality: Mortality
  /** Somebody asks for something from elsewhere, such as a back end; whatever becomes of it. */
  act(principal: Principal, action: DomainAction, payload: object): void
}

export function beginLife({ path, clock, network, mutation, faults }: World, random: Random): Life {
  const mortality = new Mortality(() => network.sever(() => random.chance(0.5)))
  const open = mutation.driver?.(openUnsynced) ?? openUnsynced
  const opened = openSqliteStore({ path, onFatal: () => {}, openDriver: mortality.drivers(open) })
  const store = mutation.store?.(opened) ?? opened
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
  network.listen({ ...far, accept: (wire, handshake) => accept(muffled(wire, mutation), handshake) })
  const { gateway } = far
  return {
    store,
    files,
    log,
    far,
    mortality,
    act(principal, action, payload) {
      const ctx = gateway.contextOf(principal, { host: 'storm.test' })
      gateway.dispatcher.run({ ctx, action, payload, key: null, origin: () => null }).catch(() => {})
    },
  }
}

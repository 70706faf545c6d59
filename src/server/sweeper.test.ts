/** A running server forgets what has expired, step by step, and stops when it ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createClock, SOME_DAY } from '../testing/clock.ts'
import { ACME, openOrganization } from '../testing/organization.ts'
import { startServer } from '../testing/server.ts'
import { openDiskFiles } from './files/disk.ts'
import { silentLog } from './gateway/log.ts'
import type { Write } from './store/change.ts'
import { SWEEP_EVERY_MS, sweepRegularly } from './sweeper.ts'

test('what has expired goes a few hundred at a time, and what holds stays', async () => {
  const { store, agent, close } = await openOrganization()
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-sweeper-'))
  const { id: agent_id } = await agent('robin')
  const clock = createClock({ settle: () => store.ping() })
  const session = (hash: string, expires_at: number): Write => ({
    write: 'insert',
    table: 'agent_sessions',
    row: { hash, organization_id: ACME, agent_id, created_at: SOME_DAY, expires_at },
  })
  const names = Array.from({ length: 450 }, (_, at) => `old ${at}`)
  const writes = [...names.map((name) => session(name, SOME_DAY + 1)), session('new', SOME_DAY + 1e9)]
  await store.commit({ at: SOME_DAY, expect: [], writes, idempotency: [] })
  const left = async () => (await Promise.all(names.map((name) => store.agentSession(name)))).filter((row) => row !== null).length
  const stop = sweepRegularly({ store, files: openDiskFiles(folder), clock, log: silentLog })
  const seen = []
  for (let round = 0; round < 4; round++) {
    seen.push(await left())
    await clock.advance(SWEEP_EVERY_MS)
  }
  expect(seen).toEqual([450, 250, 50, 0])
  expect(await store.agentSession('new')).not.toBeNull()
  stop()
  expect(clock.next()).toBeNull()
  await close()
  rmSync(folder, { recursive: true })
})

test('a full disk puts it off until later, and a server does it until it ends', async () => {
  const clock = createClock()
  let sweeps = 0
  const server = await startServer({
    clock,
    wrapStore: (store) => ({
      ...store,
      commit: async (change) => {
        if (!change.writes.some(({ write }) => write === 'sweep')) return store.commit(change)
        sweeps++
        return { ok: false, why: 'full' }
      },
    }),
  })
  await clock.advance(3 * SWEEP_EVERY_MS)
  expect(sweeps).toBe(3)
  await server.stop()
  expect(clock.next()).toBeNull()
})

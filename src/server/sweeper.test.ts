/** A running server forgets what has expired, step by step, and stops when it ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createClock, SOME_DAY } from '../testing/clock.ts'
import { ACME, openOrganization } from '../testing/organization.ts'
import { startServer } from '../testing/server.ts'
import { openDiskFiles } from './files/disk.ts'
import { silentLog } from './gateway/log.ts'
import type { Committed, Write } from './store/change.ts'
import type { Store } from './store/store.ts'
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
  const stop = sweepRegularly({ store, files: openDiskFiles(folder), clock, log: silentLog, tell: () => {} })
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

test('[EDT4] what was deleted is purged at every turn, and again within seconds where somebody is in the way', async () => {
  const clock = createClock()
  const purges: number[] = []
  let inTheWay = 0
  const server = await startServer({
    clock,
    wrapStore: (store) => ({
      ...store,
      async purge() {
        purges.push(clock.now() - SOME_DAY)
        if (inTheWay-- === 3) throw new Error('it cannot be read')
        return inTheWay < 0
      },
    }),
  })
  await clock.advance(2 * SWEEP_EVERY_MS)
  expect(purges.splice(0)).toEqual([30_000, 60_000])
  inTheWay = 2
  await clock.advance(SWEEP_EVERY_MS)
  expect(purges.splice(0)).toEqual([90_000])
  await clock.advance(SWEEP_EVERY_MS)
  expect(purges.splice(0)).toEqual([95_000, 100_000, 120_000])
  // Where it fails it is left to the next turn.
  inTheWay = 3
  await clock.advance(SWEEP_EVERY_MS)
  expect(purges.splice(0)).toEqual([150_000])
  inTheWay = 9
  await clock.advance(SWEEP_EVERY_MS)
  await server.stop()
  expect(clock.next()).toBeNull()
})

test('[EDT4] bytes of files go at the next turn, however many they are', async () => {
  const { store, close } = await openOrganization()
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-sweeper-'))
  const clock = createClock({ settle: () => store.ping() })
  const files = openDiskFiles(folder)
  const ids = Array.from({ length: 450 }, (_, at) => `file-${at}-of-many`)
  const removals = ids.map((file_id): Write => ({ write: 'insert', table: 'file_removals', row: { file_id, due_at: 0 } }))
  await store.commit({ at: SOME_DAY, expect: [], writes: removals, idempotency: [] })
  for (const id of ids) await files.write(id, Readable.from([Buffer.from(id)]))
  const stop = sweepRegularly({ store, files, clock, log: silentLog, tell: () => {} })
  await clock.advance(SWEEP_EVERY_MS)
  await expect.poll(() => store.fileRemovals(clock.now(), 999)).toEqual([])
  for (const id of ids) expect(await files.read(id)).toBeNull()
  stop()
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

test('[USR4] an erasure that was cut off is gone on with, and does not end while the disk is full', async () => {
  const organization = await openOrganization()
  const { store, serve } = organization
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-sweeper-'))
  const clock = createClock({ settle: () => store.ping() })
  const { user } = await serve('create_user', { external_id: 'jo' })
  const { chat } = await serve('create_chat', { users: ['jo', 'kim'] })
  await serve('send_event', { chat_id: chat.id, user_id: 'jo', event: { type: 'message', text: 'mine' } })
  // As far as the process came that began it.
  const key = { organization_id: ACME, id: user.id }
  const begun: Write = { write: 'update', table: 'customers', key, set: { external_id: null, deleted_at: clock.now() } }
  await store.commit({ at: 0, expect: [], writes: [begun], idempotency: [] })
  let full = true
  const sparing: Store = {
    ...store,
    commit: async (change) =>
      full && change.writes.some(({ write }) => write === 'delete_event') ? { ok: false, why: 'full' } : store.commit(change),
  }
  const told: string[] = []
  const tell = (id: string, { entries }: Committed) => void told.push(...entries.map(({ kind }) => `${id} ${kind}`))
  const stop = sweepRegularly({ store: sparing, files: openDiskFiles(folder), clock, log: silentLog, tell })
  const left = async () => [(await store.unerased(9e15, 9)).length, (await serve('list_events', { chat_id: chat.id })).data[0]?.text]
  const sweep = async () => {
    await clock.advance(SWEEP_EVERY_MS)
    for (let turn = 0; turn < 20; turn++) await store.ping()
  }
  // Whoever began it may still be at it.
  await sweep()
  expect([await left(), told]).toEqual([[1, 'mine'], []])
  await clock.advance(5 * 60_000)
  await sweep()
  expect(await left()).toEqual([1, 'mine'])
  full = false
  await sweep()
  expect(await left()).toEqual([0, undefined])
  expect((await store.present(chat.id)).map(({ user_id }) => user_id)).not.toContain(user.id)
  expect(told).toEqual(['acme event_deleted', 'acme user_removed'])
  stop()
  await organization.close()
  rmSync(folder, { recursive: true })
})

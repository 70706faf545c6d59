/** Webhooks over real sockets and a real file: very much is said, endpoints are bad in every way, the server dies, and nobody misses anything. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MAX_WEBHOOK_DELIVERIES } from '../../src/protocol/limits.ts'
import { createReach } from '../../src/server/domain/addresses.ts'
import { createOrganization } from '../../src/server/domain/organizations.ts'
import { silentLog } from '../../src/server/gateway/log.ts'
import { Metrics } from '../../src/server/gateway/metrics.ts'
import type { Change, Write } from '../../src/server/store/change.ts'
import { openNodeDriver } from '../../src/server/store/sqlite/driver.ts'
import { openSqliteStore } from '../../src/server/store/sqlite/store.ts'
import type { Store } from '../../src/server/store/store.ts'
import { openWebhooks, type Webhooks } from '../../src/server/webhooks.ts'
import { someAddresses } from '../../src/testing/factories.ts'
import { createRandom } from '../../src/testing/random.ts'
import { Endpoint, type Vice } from './endpoints.ts'
import { type HastyClock, hastyClock } from './hasty.ts'
import { Mortality } from './mortal.ts'

const CHATS = 300
const SAID_IN_EACH = 80
const DEATHS = 4
/** An answer has a fifth of a second, and a minute passes in one. */
const HASTE = 50
const VICES: readonly (Vice | null)[] = [null, 'fails', 'hangs', 'is slow', 'closes']

const since = Date.now()
const random = createRandom('webhooks')
const chats = Array.from({ length: CHATS }, (_, at) => `chat-${at}`)

interface Life {
  readonly store: Store
  readonly webhooks: Webhooks
  readonly clock: HastyClock
  readonly mortality: Mortality
}

let folder: string
let life: Life
let endpoints: Endpoint[]

async function begin(): Promise<Life> {
  const clock = hastyClock(HASTE, since)
  const mortality = new Mortality(() => clock.stop())
  const store = openSqliteStore({ path: join(folder, 'chat.db'), onFatal: () => {}, openDriver: mortality.drivers(openNodeDriver) })
  const parts = { store, clock, log: silentLog, metrics: new Metrics(), reach: createReach('127.0.0.1'), random: () => random.next() }
  const webhooks = openWebhooks(parts)
  await webhooks.start(someAddresses)
  return { store, webhooks, clock, mortality }
}

async function commit(store: Store, writes: readonly Write[]): Promise<void> {
  const change: Change = { at: life.clock.now(), expect: [], writes, idempotency: [] }
  const done = await store.commit(change)
  if (!done.ok) throw new Error(`unable to write; ${done.why}`)
}

const start = (organization_id: string, chat_id: string): Write[] => [
  {
    ...{ write: 'create_chat', chat_id, organization_id, kind: 'group', name: null, joinable: false, history: false, properties: {} },
    ...{ created_by: organization_id, members: [] },
  },
  { write: 'open_thread', chat_id, thread_id: `${chat_id}-t`, by: null, properties: {} },
]

const say = (chat_id: string, text: string): Write => ({
  ...{ write: 'add_event', chat_id, thread_id: `${chat_id}-t`, type: 'system_message', audience: 'all', author_id: null, custom_id: null },
  ...{ fingerprint: null, text, content: null, file_ids: [], properties: null, waiting: 'same' },
})

async function register(organization_id: string, id: string, url: string): Promise<void> {
  const row = {
    ...{ id, organization_id, url, events: [], description: null, secret: 'whsec_AAAA', previous_secret: null, previous_until: null },
    ...{ created_at: since, changed_at: since, failing_since: null, retry_at: null, succeeded_at: null, disabled_at: null },
  }
  await commit(life.webhooks.store, [{ write: 'insert', table: 'webhooks', row }])
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'webhooks-'))
  life = await begin()
  for (const [at, id] of ['told', 'untold'].entries()) {
    const outcome = await life.store.commit(createOrganization({ id, license: at + 1, name: id, created_at: since }))
    expect(outcome.ok).toBe(true)
  }
  endpoints = VICES.map((vice) => new Endpoint(vice ?? 'is good', vice, random.fork(vice ?? 'good')))
  for (const endpoint of endpoints) await register('told', endpoint.name, await endpoint.listen())
})

afterEach(async () => {
  await life.webhooks.stop()
  await life.store.close()
  for (const endpoint of endpoints) endpoint.close()
  rmSync(folder, { recursive: true })
})

/** As after `kill -9`: the file has what was committed, and another server takes it over. */
async function killAndRestart(): Promise<void> {
  const { mortality, webhooks } = life
  mortality.die()
  void webhooks.stop()
  life = await begin()
}

const undelivered = () =>
  endpoints.flatMap(({ name, heads }) =>
    chats.filter((id) => heads.get(id) !== SAID_IN_EACH + 1).map((id) => `${name}: ${id} at ${heads.get(id)}`),
  )

test('[WHK2] very many entries in hundreds of chats reach good and bad endpoints in order, whole, and again only where the server died', async () => {
  await Promise.all(chats.map((id) => commit(life.webhooks.store, start('told', id))))
  let most = 0
  for (let round = 1; round <= SAID_IN_EACH; round++) {
    await Promise.all(chats.map((id) => commit(life.webhooks.store, [say(id, `said ${round}`)])))
    most = Math.max(most, await life.store.cursors(1_000_000))
    if (round % Math.floor(SAID_IN_EACH / (DEATHS + 1)) === 0) await killAndRestart()
  }
  for (const endpoint of endpoints) if (endpoint.vice !== 'is slow') endpoint.vice = null
  for (let waited = 0; undelivered().length > 0 && waited < 90_000; waited += 100) await setTimeout(100)
  expect(undelivered()).toEqual([])
  expect(endpoints.flatMap(({ wrong }) => wrong)).toEqual([])
  expect(most).toBeGreaterThan(CHATS)
  expect(most).toBeLessThanOrEqual(CHATS * VICES.length)
  await expect.poll(() => life.store.cursors(10), { timeout: 10_000 }).toBe(0)
  const [good] = endpoints
  // At most what was under way at each death.
  expect(good?.repeated).toBeLessThanOrEqual(DEATHS * 8)
  for (const { name } of endpoints) {
    const { total } = await life.store.deliveries({ webhook_id: name, status: null, from: { offset: 0 }, limit: 1, count: true })
    expect(total).toBe(MAX_WEBHOOK_DELIVERIES)
  }
})

test('[WHK2] what waits for endpoints that are dead is a row for each chat, however much is said', async () => {
  for (const endpoint of endpoints) Object.assign(endpoint, { dead: true, vice: endpoint.vice ?? 'hangs' })
  await Promise.all(chats.map((id) => commit(life.webhooks.store, start('told', id))))
  for (let count = 0; count < 60; count++) await Promise.all(chats.map((id) => commit(life.webhooks.store, [say(id, `said ${count}`)])))
  expect(await life.store.cursors(1_000_000)).toBe(CHATS * VICES.length)
})

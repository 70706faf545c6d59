/** `npm run bench:webhooks`: what webhooks to good and dead endpoints cost those who write, as ratios, and that a good one misses nothing. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createReach } from '../../src/server/domain/addresses.ts'
import { createOrganization } from '../../src/server/domain/organizations.ts'
import { silentLog } from '../../src/server/gateway/log.ts'
import { Metrics } from '../../src/server/gateway/metrics.ts'
import type { Write } from '../../src/server/store/change.ts'
import { openSqliteStore } from '../../src/server/store/sqlite/store.ts'
import type { Store } from '../../src/server/store/store.ts'
import { openWebhooks } from '../../src/server/webhooks.ts'
import { someAddresses } from '../../src/testing/factories.ts'
import { createRandom } from '../../src/testing/random.ts'
import { Endpoint, type Vice } from '../torture/endpoints.ts'
import { hastyClock } from '../torture/hasty.ts'

const EVENTS = Number(process.env.EVENTS ?? 100_000)
const CHATS = 300
const ROUNDS = Math.ceil(EVENTS / CHATS)
const DEAD: readonly Vice[] = ['fails', 'hangs', 'is slow', 'closes']
/** Who is told by whom. */
const CASES: Readonly<Record<string, readonly (Vice | null)[]>> = { 'no webhook': [], 'four dead ones': DEAD, 'a good one': [null] }

const since = Date.now()
const random = createRandom('webhooks')
const folder = mkdtempSync(join(tmpdir(), 'porchlight-webhooks-'))
const clock = hastyClock(1, since)
const bare = openSqliteStore({ path: join(folder, 'chat.db'), onFatal: (error) => Promise.reject(error) })
const metrics = new Metrics()
const parts = { store: bare, clock, log: silentLog, metrics, reach: createReach('127.0.0.1'), random: () => random.next() }
const webhooks = openWebhooks(parts)
const { store } = webhooks
const endpoints = new Map<string, Endpoint>()

async function commit(to: Store, writes: readonly Write[]): Promise<void> {
  const outcome = await to.commit({ at: clock.now(), expect: [], writes, idempotency: [] })
  if (!outcome.ok) throw new Error(`unable to write; ${outcome.why}`)
}

const chatsOf = (organization: string) => Array.from({ length: CHATS }, (_, at) => `${organization} ${at}`)

async function begin(organization_id: string, vices: readonly (Vice | null)[], license: number): Promise<void> {
  await store.commit(createOrganization({ id: organization_id, license, name: organization_id, created_at: since }))
  for (const vice of vices) {
    const endpoint = new Endpoint(vice ?? 'is good', vice, random.fork(vice ?? 'good'))
    endpoint.dead = vice !== null
    endpoints.set(endpoint.name, endpoint)
    const row = {
      ...{ id: endpoint.name, organization_id, url: await endpoint.listen(), events: [], description: null, secret: 'whsec_AAAA' },
      ...{ previous_secret: null, previous_until: null, created_at: since, changed_at: since, failing_since: null, retry_at: null },
      ...{ succeeded_at: null, disabled_at: null },
    }
    await commit(store, [{ write: 'insert', table: 'webhooks', row }])
  }
  const described = { organization_id, kind: 'group', name: null, joinable: false, history: false, properties: {} } as const
  const writes = (chat_id: string): Write[] => [
    { write: 'create_chat', chat_id, ...described, created_by: organization_id, members: [] },
    { write: 'open_thread', chat_id, thread_id: `${chat_id}-t`, by: null, properties: {} },
  ]
  await Promise.all(chatsOf(organization_id).map((id) => commit(store, writes(id))))
}

const say = (chat_id: string, text: string): Write => ({
  ...{ write: 'add_event', chat_id, thread_id: `${chat_id}-t`, type: 'system_message', audience: 'all', author_id: null, custom_id: null },
  ...{ fingerprint: null, text, content: null, file_ids: [], properties: null, waiting: 'same' },
})

/** One event in each chat; how long that took, in ms. */
async function round(organization: string, number: number): Promise<number> {
  const started = performance.now()
  await Promise.all(chatsOf(organization).map((id) => commit(store, [say(id, `said ${number}`)])))
  return performance.now() - started
}

const median = (all: readonly number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0

/** By turns, so that what else the machine does hits all alike. */
async function write(): Promise<Map<string, number[]>> {
  const took = new Map(Object.keys(CASES).map((name) => [name, [] as number[]]))
  for (let number = 1; number <= ROUNDS; number++) {
    for (const [name, all] of took) all.push(await round(name, number))
    if (number % 50 === 0) process.stderr.write(`\r${(number * CHATS).toLocaleString('en')} events for each `)
  }
  process.stderr.write('\r')
  return took
}

const missed = (good: Endpoint) => chatsOf('a good one').filter((id) => good.heads.get(id) !== ROUNDS + 1).length

await webhooks.start(someAddresses)
try {
  for (const [at, [name, vices]] of Object.entries(CASES).entries()) await begin(name, vices, at + 1)
  const took = await write()
  const base = median(took.get('no webhook') ?? [])
  console.log(`${(ROUNDS * CHATS).toLocaleString('en')} events in ${CHATS} chats for each; a round is one event in every chat\n`)
  for (const [name, all] of took) {
    console.log(`${name.padEnd(16)}${median(all).toFixed(2).padStart(8)} ms a round${(median(all) / base).toFixed(2).padStart(8)} x`)
  }
  console.log(`\nrows that wait: ${(await store.cursors(10_000_000)).toLocaleString('en')}, of at most ${CHATS * (DEAD.length + 1)}`)
  const good = endpoints.get('is good') as Endpoint
  const started = performance.now()
  while (missed(good) > 0) await setTimeout(100)
  console.log(
    `the good one had everything ${((performance.now() - started) / 1000).toFixed(1)} s later; out of order or skipped: ${good.wrong.length}`,
  )
  process.exitCode = good.wrong.length > 0 ? 1 : 0
} finally {
  await webhooks.stop()
  await store.close()
  for (const endpoint of endpoints.values()) endpoint.close()
  rmSync(folder, { recursive: true })
}

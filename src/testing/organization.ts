/** An organization on a real store for tests of the domain: people, and a way to let them act without a wire. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RequestOf, ResponseOf, ServerAction, ServerRequestOf, ServerResponseOf } from '../protocol/actions.ts'
import { createReach } from '../server/domain/addresses.ts'
import { createAgent, newAgent } from '../server/domain/agents.ts'
import { type Commit, type Context, isCourse, isPlan, type Principal, type Stream } from '../server/domain/context.ts'
import { createCustomer, newCustomer } from '../server/domain/customers.ts'
import { type DomainAction, handlerOf } from '../server/domain/handlers.ts'
import { createOrganization } from '../server/domain/organizations.ts'
import { Refusal } from '../server/domain/refusal.ts'
import { createIdentities } from '../server/gateway/identity-tokens.ts'
import type { Change, Committed } from '../server/store/change.ts'
import type { ChatRow, EventRow } from '../server/store/rows.ts'
import { openSqliteStore } from '../server/store/sqlite/store.ts'
import type { Store } from '../server/store/store.ts'
import { createClock, type FakeClock, SOME_DAY } from './clock.ts'
import { someAddresses } from './factories.ts'
import { createRandom } from './random.ts'

export interface TestOrganization {
  readonly store: Store
  readonly clock: FakeClock
  /** Those who are connected, by their ids. */
  readonly online: string[]
  /** The customers of each answer of a bot that was counted. */
  readonly answered: string[][]
  /** How long bots have to wait until their next answer. */
  patience: number
  customer(id: string, organization_id?: string): Promise<Principal>
  agent(id: string, organization_id?: string): Promise<Principal>
  bot(id: string): Promise<Principal>
  /** Carries out an action as the gateway does: commits its change, and looks again when another was first. */
  act<A extends DomainAction>(principal: Principal, action: A, request: RequestOf<A>): Promise<ResponseOf<A>>
  /** As domain code is given it. */
  contextOf(principal: Principal): Context
  /** The same for a back end of the organization. */
  serve<A extends ServerAction>(action: A, request: ServerRequestOf<A>, organization_id?: string): Promise<ServerResponseOf<A>>
  close(): Promise<void>
}

export const ACME = 'acme'

export async function openOrganization(): Promise<TestOrganization> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-domain-'))
  const clock = createClock()
  const random = createRandom('domain')
  const store = openSqliteStore({ path: join(folder, 'porchlight.db'), onFatal: () => {} })
  const commit = async (change: Change) => {
    const outcome = await store.commit(change)
    if (!outcome.ok) throw new Error(`a change of the test bed failed: ${outcome.why}`)
  }
  for (const [at, id] of [ACME, 'other'].entries()) {
    await commit(createOrganization({ id, license: at + 1, name: id, created_at: SOME_DAY }))
  }
  const files = someAddresses
  const online: string[] = []
  const isOnline = ({ user_id }: { readonly user_id: string }) => online.includes(user_id)
  const identities = createIdentities(store, clock)
  const streams = createStreams()
  const answered: string[][] = []
  const answers = { wait: () => org.patience, count: (_: string, customers: readonly string[]) => void answered.push([...customers]) }
  const contextOf = (principal: Principal): Context => ({
    ...{ principal, store, files, identities, streams, answers },
    ...{ reach: createReach(), online: () => online, now: () => clock.now(), id: () => random.id() },
    presence: async (chat_id) => (await store.present(chat_id)).filter(isOnline).map(({ user_id }) => ({ user_id, since: SOME_DAY })),
    uploadAddress: async ({ file_id }) => `/uploads/${file_id}`,
  })
  const org: TestOrganization = {
    store,
    clock,
    online,
    answered,
    patience: 0,
    contextOf,
    async customer(id, organization_id = ACME) {
      const token = {
        hash: `${id}-token`,
        organization_id,
        customer_id: id,
        client_id: 'web',
        created_at: SOME_DAY,
        expires_at: SOME_DAY + 1e9,
      }
      await commit(createCustomer({ ...newCustomer(id, organization_id, `${id}-key`, SOME_DAY), name: id }, token))
      return { type: 'customer', id, organization_id }
    },
    async agent(id, organization_id = ACME) {
      await commit(createAgent({ ...newAgent(id, organization_id, id, SOME_DAY), email: `${id}@example.test` }))
      return { type: 'agent', id, organization_id }
    },
    async bot(id) {
      await commit(createAgent({ ...newAgent(id, ACME, id, SOME_DAY), kind: 'bot' }))
      return { type: 'agent', id, organization_id: ACME, bot: true }
    },
    act: async <A extends DomainAction>(principal: Principal, action: A, request: RequestOf<A>) =>
      (await carryOut(store, contextOf(principal), action, request, streams)) as ResponseOf<A>,
    serve: async <A extends ServerAction>(action: A, request: ServerRequestOf<A>, organization_id = ACME) => {
      const principal: Principal = { type: 'backend', id: 'key', organization_id }
      return (await carryOut(store, contextOf(principal), action, request, streams)) as ServerResponseOf<A>
    },
    async close() {
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
  return org
}

/** As the gateway has them, but that nothing of them is told or stored by itself. */
function createStreams() {
  const carried = new Map<string, Stream>()
  return {
    of: (id: string) => carried.get(id) ?? null,
    textOf: (id: string) => carried.get(id)?.text ?? null,
    carry: (_: ChatRow, event: EventRow) => void carried.set(event.id, { event, text: event.text ?? '', at: event.streaming_at ?? 0 }),
    grow(id: string, text: string) {
      const stream = carried.get(id)
      if (stream) carried.set(id, { ...stream, text })
    },
    heard(entries: Committed['entries']) {
      for (const { event } of entries) if (event && event.streaming_at === null) carried.delete(event.id)
    },
  }
}

async function carryOut(
  store: Store,
  ctx: Context,
  action: DomainAction | ServerAction,
  request: unknown,
  streams: ReturnType<typeof createStreams>,
): Promise<unknown> {
  const outcome = await handlerOf(ctx.principal.type, action)(ctx, request)
  const commit: Commit = async (change) => {
    const done = await store.commit(change)
    if (done.ok) return done.committed
    if (done.why === 'stale') return null
    throw done.why === 'mismatch'
      ? new Refusal('idempotency_mismatch', `unable to ${action}; the same id was used with other content`)
      : new Refusal('conflict', `unable to ${action}; ${done.why}`)
  }
  if (isCourse(outcome)) return outcome.run(commit)
  if (!isPlan(outcome)) return outcome.answer
  const committed = await commit(outcome.change)
  if (!committed) return carryOut(store, ctx, action, request, streams)
  if (!committed.replayed) outcome.made?.(committed)
  streams.heard(committed.entries)
  return outcome.answer(committed)
}

/** The code with which a promise was refused; fails the test when it was not. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Refusal) return error.type
    throw error
  }
  throw new Error('it was not refused')
}

/** An organization on a real store for tests of the domain: people, and a way to let them act without a wire. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RequestOf, ResponseOf } from '../protocol/actions.ts'
import { createAgent } from '../server/domain/agents.ts'
import { type Context, isPlan, type Principal } from '../server/domain/context.ts'
import { createCustomer, newCustomer } from '../server/domain/customers.ts'
import { type DomainAction, handlerOf } from '../server/domain/handlers.ts'
import { createOrganization } from '../server/domain/organizations.ts'
import { Refusal } from '../server/domain/refusal.ts'
import type { Change } from '../server/store/change.ts'
import { openSqliteStore } from '../server/store/sqlite/store.ts'
import type { Store } from '../server/store/store.ts'
import { createClock, type FakeClock, SOME_DAY } from './clock.ts'
import { someAddresses } from './factories.ts'
import { createRandom } from './random.ts'

export interface TestOrganization {
  readonly store: Store
  readonly clock: FakeClock
  /** The agents who are connected, by their ids. */
  readonly online: string[]
  customer(id: string, organization_id?: string): Promise<Principal>
  agent(id: string, organization_id?: string): Promise<Principal>
  /** Carries out an action as the gateway does: commits its change, and looks again when another was first. */
  act<A extends DomainAction>(principal: Principal, action: A, request: RequestOf<A>): Promise<ResponseOf<A>>
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
  const contextOf = (principal: Principal): Context => ({
    ...{ principal, store, files, online: () => online, now: () => clock.now(), id: () => random.id() },
  })
  return {
    store,
    clock,
    online,
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
      const row = { id, organization_id, email: `${id}@example.test`, name: id, avatar: null, job_title: null, password_hash: null }
      await commit(createAgent({ ...row, not_before: 0, created_at: SOME_DAY }))
      return { type: 'agent', id, organization_id }
    },
    act: async <A extends DomainAction>(principal: Principal, action: A, request: RequestOf<A>) =>
      (await carryOut(store, contextOf(principal), action, request)) as ResponseOf<A>,
    async close() {
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

async function carryOut(store: Store, ctx: Context, action: DomainAction, request: unknown): Promise<unknown> {
  const outcome = await handlerOf(action)(ctx, request)
  if (!isPlan(outcome)) return outcome.answer
  const done = await store.commit(outcome.change)
  if (done.ok) return outcome.answer(done.committed)
  if (done.why === 'stale') return carryOut(store, ctx, action, request)
  throw done.why === 'mismatch'
    ? new Refusal('idempotency_mismatch', `unable to ${action}; the same id was used with other content`)
    : new Refusal('conflict', `unable to ${action}; ${done.why}`)
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

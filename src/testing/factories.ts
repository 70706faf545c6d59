/** The rows that nearly every test needs: an organization, its web client, and agents who are signed in. */
import { createHash } from 'node:crypto'
import { createAgent, newAgent, openSession } from '../server/domain/agents.ts'
import type { FileAddresses } from '../server/domain/context.ts'
import { createClient, createKey, createOrganization } from '../server/domain/organizations.ts'
import type { AgentRow } from '../server/store/account-rows.ts'
import type { Store } from '../server/store/store.ts'
import { SOME_DAY } from './clock.ts'

/** Addresses of files where nobody follows them. */
export const someAddresses: FileAddresses = { base: '', addressOf: ({ id }) => `/files/${id}` }

/** An agent with the cookie of a session that lasts. */
export interface SignedIn {
  readonly id: string
  readonly cookie: { readonly name: string; readonly value: string }
}

export interface Founded {
  readonly organization_id: string
  readonly license: number
  readonly client_id: string
  readonly agents: readonly SignedIn[]
  /** With which the host's back end vouches for its users. */
  readonly identity_secret: string
}

const FAR_AHEAD = SOME_DAY + 1000 * 24 * 60 * 60 * 1000
const hash = (secret: string) => createHash('sha256').update(secret).digest('base64url')

export const agentRow = (organization_id: string, id: string): AgentRow => ({
  ...newAgent(id, organization_id, `Agent ${id}`, SOME_DAY),
  email: `${id}@${organization_id}.test`,
})

export interface FoundOptions {
  readonly license?: number
  readonly agents?: number
  /** Origins its pages may have; any on this machine unless told otherwise. */
  readonly origins?: readonly string[]
}

/** Founds an organization in an empty store. Ids carry the license, so that several stand side by side. */
export async function found(store: Store, { license = 1, agents = 2, origins = ['loopback'] }: FoundOptions = {}): Promise<Founded> {
  const organization_id = `organization-${license}`
  const identity_secret = `identity secret of ${organization_id}`
  const client = { id: 'demo', organization_id, name: 'Shop', kind: 'web', created_at: SOME_DAY } as const
  const rows = Array.from({ length: agents }, (_, at) => agentRow(organization_id, `agent-${license}-${at + 1}`))
  const sessions = rows.map(({ id }) => ({ id, secret: `session-of-${id}` }))
  const changes = [
    createOrganization({ id: organization_id, license, name: `Shop ${license}`, created_at: SOME_DAY }),
    createClient({ ...client, origins: [...origins], redirect_uris: [] }),
    createKey({ id: `key-${license}`, organization_id, scopes: ['identity'], secret: identity_secret, created_at: SOME_DAY }),
    ...rows.map(createAgent),
    ...sessions.map(({ id, secret }) =>
      openSession({ hash: hash(secret), organization_id, agent_id: id, created_at: SOME_DAY, expires_at: FAR_AHEAD }),
    ),
  ]
  for (const change of changes) {
    const outcome = await store.commit(change)
    if (!outcome.ok) throw new Error(`unable to found the organization; ${outcome.why}`)
  }
  const signedIn = sessions.map(({ id, secret }) => ({ id, cookie: { name: 'porchlight', value: secret } }))
  return { organization_id, license, client_id: 'demo', agents: signedIn, identity_secret }
}

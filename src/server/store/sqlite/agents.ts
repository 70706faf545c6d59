/** Agents, their sessions and their one-time sign-in links. */
import type { AgentRow, AgentSessionRow, SignInLinkRow } from '../account-rows.ts'
import type { Driver } from './driver.ts'
import { many, one, type Stored, type Table } from './table.ts'

export const agentsTable: Table<AgentRow> = {
  name: 'agents',
  columns: {
    id: 'plain',
    organization_id: 'plain',
    kind: 'plain',
    external_id: 'plain',
    email: 'plain',
    name: 'plain',
    avatar: 'plain',
    job_title: 'plain',
    password_hash: 'plain',
    not_before: 'plain',
    deleted_at: 'plain',
    erased_at: 'plain',
    created_at: 'plain',
  },
}

export const agentSessionsTable: Table<AgentSessionRow> = {
  name: 'agent_sessions',
  columns: { hash: 'plain', organization_id: 'plain', agent_id: 'plain', created_at: 'plain', expires_at: 'plain' },
}

export const signInLinksTable: Table<SignInLinkRow> = {
  name: 'sign_in_links',
  columns: { hash: 'plain', organization_id: 'plain', agent_id: 'plain', expires_at: 'plain' },
}

export function openAgents(db: Driver) {
  const byId = db.prepare<Stored>('SELECT * FROM agents WHERE id = ? AND organization_id = ?')
  const byEmail = db.prepare<Stored>('SELECT * FROM agents WHERE email = ?')
  const byExternal = db.prepare<Stored>('SELECT * FROM agents WHERE organization_id = ? AND external_id = ?')
  const all = db.prepare<Stored>('SELECT * FROM agents WHERE organization_id = ? ORDER BY created_at, id')
  const ofIds = db.prepare<Stored>('SELECT * FROM agents WHERE id IN (SELECT value FROM json_each(?)) AND organization_id = ?')
  const session = db.prepare<Stored>('SELECT * FROM agent_sessions WHERE hash = ?')
  const link = db.prepare<Stored>('SELECT * FROM sign_in_links WHERE hash = ?')
  return {
    agent: (organization_id: string, id: string) => one(agentsTable, byId.get(id, organization_id)),
    agentByEmail: (email: string) => one(agentsTable, byEmail.get(email)),
    agentByExternalId: (organization_id: string, id: string) => one(agentsTable, byExternal.get(organization_id, id)),
    agents: (organization_id: string) => many(agentsTable, all.all(organization_id)),
    agentsOf: (organization_id: string, ids: readonly string[]) => many(agentsTable, ofIds.all(JSON.stringify(ids), organization_id)),
    agentSession: (hash: string) => one(agentSessionsTable, session.get(hash)),
    signInLink: (hash: string) => one(signInLinksTable, link.get(hash)),
  }
}

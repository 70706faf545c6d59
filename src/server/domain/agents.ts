/** Agent accounts, their sessions and their sign-in links, as changes. Hashing is the caller's. */

import type { AgentRow, AgentSessionRow, SignInLinkRow } from '../store/account-rows.ts'
import type { Change } from '../store/change.ts'

const change = (at: number, writes: Change['writes'], expect: Change['expect'] = []): Change => ({ at, expect, writes, idempotency: [] })

/** Somebody of whom nothing is known but the name. */
export const newAgent = (id: string, organization_id: string, name: string, at: number): AgentRow => ({
  ...{ id, organization_id, kind: 'agent', external_id: null, email: null, name, avatar: null, job_title: null },
  ...{ password_hash: null, not_before: 0, deleted_at: null, erased_at: null, created_at: at },
})

export const createAgent = (row: AgentRow): Change => change(row.created_at, [{ write: 'insert', table: 'agents', row }])

/** A new password voids every session that was opened before it. */
export const changePassword = (agent: AgentRow, password_hash: string, at: number): Change =>
  change(at, [
    {
      write: 'update',
      table: 'agents',
      key: { organization_id: agent.organization_id, id: agent.id },
      set: { password_hash, not_before: at },
    },
    { write: 'delete', table: 'agent_sessions', key: { organization_id: agent.organization_id, agent_id: agent.id } },
  ])

export const openSession = (row: AgentSessionRow): Change => change(row.created_at, [{ write: 'insert', table: 'agent_sessions', row }])

export const endSession = (hash: string, at: number): Change => change(at, [{ write: 'delete', table: 'agent_sessions', key: { hash } }])

export const createSignInLink = (row: SignInLinkRow, at: number): Change => change(at, [{ write: 'insert', table: 'sign_in_links', row }])

/** The link is used up in the transaction that opens the session, so of many at once one succeeds. */
export const redeemSignInLink = (link: SignInLinkRow, row: AgentSessionRow): Change =>
  change(
    row.created_at,
    [
      { write: 'delete', table: 'sign_in_links', key: { hash: link.hash } },
      { write: 'insert', table: 'agent_sessions', row },
    ],
    [{ holds: 'exists', table: 'sign_in_links', hash: link.hash }],
  )

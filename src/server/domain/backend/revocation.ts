/** Taking back what let somebody in: their proofs at once, and within a second the sockets that came in by one (TOK3). */
import type { BusMessage } from '../../bus/bus.ts'
import type { Write } from '../../store/change.ts'
import type { Person } from '../people.ts'

/** What was given before this moment is of no use any more. */
export function voiding({ type, row }: Person, not_before: number): Write[] {
  const { organization_id, id } = row
  const key = { organization_id, id }
  if (type === 'customer') {
    return [
      { write: 'update', table: 'customers', key, set: { not_before } },
      { write: 'delete', table: 'refresh_tokens', key: { customer_id: id } },
    ]
  }
  return [
    { write: 'update', table: 'agents', key, set: { not_before } },
    { write: 'delete', table: 'agent_sessions', key: { organization_id, agent_id: id } },
    { write: 'delete', table: 'sign_in_links', key: { organization_id, agent_id: id } },
  ]
}

/** To every process. */
export const ended = ({ row: { organization_id, id: user_id } }: Person, not_before: number): BusMessage => ({
  ...{ kind: 'revoked', organization_id, user_id, not_before, reason: 'access_token_revoked' },
})

/** What is relied on of a user while something is done in their name, or to them: that they are as they were read. */
import type { AgentRow, CustomerRow } from '../store/account-rows.ts'
import type { Precondition } from '../store/change.ts'

type Named = Pick<CustomerRow, 'organization_id' | 'id'>

/** These columns of theirs say what they said. */
export const unchanged = ({ organization_id, id }: Named, as: Partial<CustomerRow> | Partial<AgentRow>): Precondition => ({
  ...{ holds: 'user', organization_id, user_id: id, as },
})

/** Whatever is written to who was erased meanwhile would be found by nobody. */
export const notErased = (user: Named): Precondition => unchanged(user, { deleted_at: null })

export const nobodyErased = (organization_id: string, users: readonly { readonly user_id: string }[]): Precondition[] =>
  users.map(({ user_id: id }) => notErased({ organization_id, id }))

/** Since the row was read nobody has revoked, suspended or erased them. */
export const notVoided = (row: CustomerRow): Precondition => unchanged(row, { deleted_at: null, not_before: row.not_before })

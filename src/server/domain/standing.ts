/** What is relied on of a customer while something is done in their name: that they are not erased, and that nothing has voided what let them in. */

import type { CustomerRow } from '../store/account-rows.ts'
import type { Precondition } from '../store/change.ts'
import type { UserType } from '../store/rows.ts'

/** Whatever is written to who was erased meanwhile would be found by nobody. */
export const notErased = ({ organization_id, id }: Pick<CustomerRow, 'organization_id' | 'id'>): Precondition => ({
  ...{ holds: 'standing', organization_id, customer_id: id, not_before: null },
})

/** The same of the customers among them. */
export const nobodyErased = (
  organization_id: string,
  users: readonly { readonly user_id: string; readonly user_type: UserType }[],
): Precondition[] => users.flatMap(({ user_id: id, user_type }) => (user_type === 'customer' ? [notErased({ organization_id, id })] : []))

/** Since the row was read nobody has revoked, suspended or erased them. */
export const notVoided = ({ organization_id, id, not_before }: CustomerRow): Precondition => ({
  ...{ holds: 'standing', organization_id, customer_id: id, not_before },
})

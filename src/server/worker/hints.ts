/** Hints of what was just committed, so that nobody has to ask the store again and again whether there is something to do. */
import type { Change, Committed } from '../store/change.ts'
import type { Store } from '../store/store.ts'

export interface Hints {
  /** Something happened in a chat of the organization. */
  appended(organization_id: string): void
  /** Its webhooks are not what they were. */
  changed(organization_id: string): void
  /** A delivery of the webhook was asked for again. */
  asked(webhook_id: string): void
}

/** The same store, whose commits are overheard once they are done. Whoever commits does not wait for that. */
export function overheard(store: Store, hints: Hints): Store {
  return {
    ...store,
    commit(change) {
      const outcome = store.commit(change)
      outcome.then(
        (result) => {
          if (result.ok && !result.committed.replayed) tell(hints, change, result.committed)
        },
        () => {},
      )
      return outcome
    },
  }
}

function tell(hints: Hints, { writes }: Change, { audience, entries }: Committed): void {
  if (audience && entries.length > 0) hints.appended(audience.organization_id)
  for (const write of writes) {
    if (write.write === 'note_delivery' && write.row.status === 'replaying') hints.asked(write.row.webhook_id)
    if (!('table' in write) || write.table !== 'webhooks') continue
    const organization_id = write.write === 'insert' ? write.row.organization_id : write.key.organization_id
    // What the worker itself writes down of an endpoint it knows.
    if (organization_id !== undefined && (write.write !== 'update' || 'changed_at' in write.set)) hints.changed(organization_id)
  }
}

/** Entries as webhooks are sent them, shaped when they are sent: what was deleted by then is not in them. */
import { hash, hkdfSync } from 'node:crypto'
import type { LogPushName } from '../../protocol/pushes.ts'
import type { WebhookMessage } from '../../protocol/webhooks.ts'
import type { LogEntry } from '../store/change.ts'
import { NOBODY } from '../store/store.ts'
import type { FileAddresses, Reads } from './context.ts'
import { shapeEntry } from './entries.ts'

const NAMES = {
  event_added: 'incoming_event',
  event_updated: 'event_updated',
  event_deleted: 'event_deleted',
  reaction_added: 'reaction_added',
  reaction_removed: 'reaction_removed',
  chat_updated: 'chat_updated',
  chat_deleted: 'chat_deleted',
  thread_opened: 'incoming_chat',
  thread_closed: 'chat_deactivated',
  user_added: 'user_added_to_chat',
  user_removed: 'user_removed_from_chat',
  seen: 'events_marked_as_seen',
  rated: 'chat_rated',
} as const satisfies Partial<Record<LogEntry['kind'], LogPushName>>

/** The name that the entry's push has, without shaping it. */
export function pushNameOf({ kind, thread_id, event_id }: LogEntry): LogPushName {
  if (kind !== 'properties_updated' && kind !== 'properties_deleted') return NAMES[kind]
  return `${event_id !== null ? 'event' : thread_id !== null ? 'thread' : 'chat'}_${kind}`
}

/** Null of what is not to be sent any more: of a chat that was deleted only that it was. */
export async function messageOf(
  store: Reads,
  organization_id: string,
  entry: LogEntry,
  files: FileAddresses,
): Promise<WebhookMessage | null> {
  const organization = await store.organization(organization_id)
  const deleted = (await store.chat(organization_id, entry.chat_id)) === null
  if (!organization || (deleted && entry.kind !== 'chat_deleted')) return null
  // What is shown to one user only is not shown here.
  const { action, payload } = await shapeEntry(store, organization_id, entry, { user_id: NOBODY, view: 'agents', files, from: 1 })
  const { created_at: timestamp } = payload
  return {
    type: action,
    timestamp,
    data: { ...payload, organization_id, license: organization.license },
  }
}

/** The same for the same entry at the same webhook, however often it is sent, and for no other of any history. */
export const deliveryIdOf = (
  epoch: string,
  webhook_id: string,
  { chat_id, seq_agents }: Pick<LogEntry, 'chat_id' | 'seq_agents'>,
): string => `msg_${hash('sha256', `${epoch} ${webhook_id} ${chat_id} ${seq_agents}`, 'base64url')}`

/**
 * Follows from the store's own secret and an id that is used once, so that whoever repeats the request that made it is told
 * the same one again, whatever became of it since.
 */
export function webhookSecretOf({ secret }: Pick<Reads, 'secret'>, id: string): string {
  return `whsec_${Buffer.from(hkdfSync('sha256', secret, id, 'porchlight webhook secrets', 32)).toString('base64')}`
}

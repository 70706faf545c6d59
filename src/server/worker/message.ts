/** What an endpoint is sent of an entry, as the entry is now. */
import type { WebhookMessage } from '../../protocol/webhooks.ts'
import { messageOf } from '../domain/webhooks.ts'
import type { LogEntry } from '../store/change.ts'
import type { Endpoint } from './endpoint.ts'

/** Null of what is no more, and of what cannot be read: one such entry is not to hold up all that come after it. */
export async function messageFor({ parts, row }: Endpoint, entry: LogEntry): Promise<WebhookMessage | null> {
  const { store, files, log } = parts
  try {
    return await messageOf(store, row.organization_id, entry, files())
  } catch (error) {
    log.error({ err: error, webhook_id: row.id, chat_id: entry.chat_id, seq: entry.seq_agents }, 'unable to put a delivery together')
    return null
  }
}

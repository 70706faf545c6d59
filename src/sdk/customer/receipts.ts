/** Saying how far the customer has seen. */
import type { Client } from '../core/client.ts'
import type { CustomerSDK } from './api.ts'
import { check } from './arguments.ts'

export const createReceipts = ({ outbox, receipts }: Client): Pick<CustomerSDK, 'updateLastSeenTimestamp'> => ({
  async updateLastSeenTimestamp(chat, timestamp) {
    check(timestamp === undefined || timestamp >= 0, 'timestamp')
    const place = timestamp === undefined ? timestamp : new Date(timestamp).toISOString()
    const { seen_up_to } = await receipts.push(await outbox.arrived(chat), { seen_up_to: place })
    return { timestamp: Date.parse(seen_up_to ?? '') || 0 }
  },
})

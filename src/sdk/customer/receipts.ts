/** Saying how far the customer has seen. */
import { arrived } from '../core/outbox-arrived.ts'
import type { CustomerSDK } from './api.ts'
import { check } from './arguments.ts'
import type { Paces } from './paces.ts'
import type { Part } from './part.ts'

export const createReceipts = ({ client }: Part, { receipts }: Paces): Pick<CustomerSDK, 'updateLastSeenTimestamp'> => ({
  async updateLastSeenTimestamp(chat, timestamp) {
    const time = new Date(timestamp ?? 0)
    // What no date can be is not 0 or more.
    check(+time >= 0, 'timestamp')
    const place = timestamp === undefined ? timestamp : time.toISOString()
    const { seen_up_to } = await receipts.push(await arrived(client, chat), { seen_up_to: place })
    return { timestamp: Date.parse(seen_up_to ?? '') || 0 }
  },
})

/** Saying how far the customer has seen. */
import { arrivedInTime } from '../core/outbox-arrived.ts'
import type { CustomerSDK } from './api.ts'
import { check } from './arguments.ts'
import type { Paces } from './paces.ts'
import type { Part } from './part.ts'

export const createReceipts = (part: Part, { mark }: Paces, signal?: AbortSignal): Pick<CustomerSDK, 'updateLastSeenTimestamp'> => ({
  async updateLastSeenTimestamp(chat, timestamp) {
    // What no date can be is not 0 or more.
    check(+new Date(timestamp ?? 0) >= 0, 'timestamp')
    const { seen_up_to } = await mark(await arrivedInTime(part, chat), timestamp ?? Number.POSITIVE_INFINITY, signal)
    return { timestamp: Date.parse(seen_up_to ?? '') || 0 }
  },
})

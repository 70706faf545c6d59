/** Listing chats by their last activity. */
import { MAX_PAGE_CHATS_CUSTOMER } from '../../protocol/limits.ts'
import type { CustomerSDK } from './api.ts'
import { checkPage } from './arguments.ts'
import type { Part } from './part.ts'
import { chatsOf } from './shapes.ts'

export const createSummaries = ({ client: { ask, replica } }: Part): Pick<CustomerSDK, 'getChatsSummary'> => ({
  async getChatsSummary({ offset = 0, limit = 10 } = {}) {
    checkPage(offset, limit, MAX_PAGE_CHATS_CUSTOMER)
    return chatsOf(await ask('list_chats', { offset, limit }, ({ chats_summary }) => chats_summary.forEach(replica.learn)))
  },
})

/** Starting chats and listing them. */
import type { Chat } from '../../protocol/chats.ts'
import { MAX_INITIAL_EVENTS, MAX_PAGE_CHATS_CUSTOMER } from '../../protocol/limits.ts'
import type { Client } from '../core/client.ts'
import type { CustomerSDK } from './api.ts'
import { check, checkPage } from './arguments.ts'
import { checkEvent } from './events.ts'
import { asSent, chatsOf, newEventOf, startedOf } from './shapes.ts'

export const createChats = (
  { ask, outbox, replica }: Client,
  provisionalId: () => string,
): Pick<CustomerSDK, 'startChat' | 'getChatsSummary'> => ({
  startChat({ events = [], properties } = {}) {
    const id = provisionalId()
    const start = async () => {
      check(events.length <= MAX_INITIAL_EVENTS, `events (at most ${MAX_INITIAL_EVENTS})`)
      events.forEach(checkEvent)
      const { chat } = await outbox.start(id, events.map(newEventOf), asSent({ properties }).properties)
      return startedOf(chat as Chat)
    }
    return Object.assign(start(), { provisionalId: id })
  },
  async getChatsSummary({ offset = 0, limit = 10 } = {}) {
    checkPage(offset, limit, MAX_PAGE_CHATS_CUSTOMER)
    return chatsOf(await ask('list_chats', { offset, limit }, ({ chats_summary }) => chats_summary.forEach(replica.learn)))
  },
})

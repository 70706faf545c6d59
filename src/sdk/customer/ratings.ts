/** Rating the last thread of a chat, rating it anew, and withdrawing that. */

import { MAX_COMMENT_CHARS } from '../../protocol/limits.ts'
import { arrivedInTime } from '../core/outbox-arrived.ts'
import type { CustomerSDK } from './api.ts'
import { check } from './arguments.ts'
import type { Ground } from './part.ts'
import type { Rating } from './types.ts'

/** What was said before comes before: the thread that is rated may begin with it. */
export function createRatings(ground: Ground): Pick<CustomerSDK, 'sendRating' | 'cancelRate'> {
  const rate = async (chat: string, rating: Rating | null) =>
    ground.client.ask('rate_chat', { chat_id: await arrivedInTime(ground, chat, true), rating })
  return {
    async sendRating(chat, { value, comment }) {
      check(value === 'good' || value === 'bad', 'rating')
      check(comment === undefined || comment.length <= MAX_COMMENT_CHARS, `comment (at most ${MAX_COMMENT_CHARS})`)
      const { rating } = await rate(chat, { value, ...(comment !== undefined && { comment }) })
      return rating as Rating
    },
    async cancelRate(chat) {
      await rate(chat, null)
      return { success: true }
    },
  }
}

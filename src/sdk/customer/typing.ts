/** What the customer is typing, shown to agents before it is sent. TYP1, TYP2 */
import { MAX_SNEAK_PEEK_CHARS, SNEAK_PEEK_EVERY_MS } from '../../protocol/limits.ts'
import type { Client } from '../core/client.ts'
import { createPace } from '../core/pace.ts'
import type { Clock } from '../kit/environment.ts'
import type { CustomerSDK } from './api.ts'

export function createTyping({ ask, connection, events, outbox, replica }: Client, clock: Clock): Pick<CustomerSDK, 'setSneakPeek'> {
  const peeks = createPace(clock, SNEAK_PEEK_EVERY_MS, async (chat_id, sneak_peek_text: string) => {
    if (connection.state !== 'live' || !replica.get(chat_id)?.chat?.active) return
    // It may be lost: nobody is told.
    await ask('send_sneak_peek', { chat_id, sneak_peek_text }).catch(() => {})
  })
  events.on('accepted', (chat) => peeks.cancel(outbox.real(chat)))
  return {
    setSneakPeek: (chat, text) => void peeks.push(outbox.real(chat), String(text).slice(0, MAX_SNEAK_PEEK_CHARS)),
  }
}

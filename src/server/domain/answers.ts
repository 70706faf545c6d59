/** How often bots answer: counted where a message of theirs begins, for the customer, the customer's address and the organization (BOT8). */
import type { Audience, ChatRow } from '../store/rows.ts'
import type { Context } from './context.ts'
import { Refusal } from './refusal.ts'

const nothing = () => {}

/** Refuses what would be too many; the one that comes of it is to be counted when it is there. */
export async function countingAnswer(ctx: Context, action: string, chat: ChatRow, audience: Audience): Promise<() => void> {
  const { principal, answers, store } = ctx
  if (!principal.bot || audience === 'agents') return nothing
  const { organization_id } = principal
  const customers = chat.kind === 'support' ? await customersIn(store, chat.id) : []
  const retry_after_ms = answers.wait(organization_id, customers)
  if (retry_after_ms > 0)
    throw new Refusal('too_many_requests', `unable to ${action}; bots have answered too often here`, { retry_after_ms })
  return () => answers.count(organization_id, customers)
}

const customersIn = async (store: Context['store'], chat_id: string): Promise<string[]> =>
  (await store.present(chat_id)).flatMap(({ user_id, user_type }) => (user_type === 'customer' ? user_id : []))

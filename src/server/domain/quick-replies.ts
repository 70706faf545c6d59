/** Answers that a message suggests: to customers, and not by them (BOT9). */
import type { Context } from './context.ts'
import { invalid, Refusal } from './refusal.ts'

export function checkQuickReplies(
  { principal }: Context,
  action: string,
  quick_replies: readonly string[] | undefined,
  path: string,
): void {
  if (quick_replies && principal.type === 'customer') {
    throw new Refusal('authorization', `unable to ${action}; ${path} is for agents only`, { path })
  }
  if (quick_replies?.some((text) => text.trim() === '')) throw invalid(action, path, 'holds a blank one')
}

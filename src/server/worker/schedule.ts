/** When what failed is tried again: after longer and longer, by chance within it, and as the endpoint asks. */
import { WEBHOOK_RETRY_MAX_MS } from '../../protocol/limits.ts'

const FIRST_MS = 1000

/** How long to wait after so many attempts. Full jitter: endpoints that come back are not met by everyone at once. */
export const backoff = (attempts: number, random: number): number =>
  Math.ceil(random * Math.min(WEBHOOK_RETRY_MAX_MS, FIRST_MS * 2 ** Math.min(attempts, 30)))

/** How long a whole endpoint rests that has failed for this long: as long again, so that nothing but that need be remembered. */
export const rest = (failing_ms: number, random: number): number =>
  Math.ceil((0.5 + random / 2) * Math.min(WEBHOOK_RETRY_MAX_MS, Math.max(FIRST_MS, failing_ms)))

/** `Retry-After` in ms, as seconds or as a date; at most the longest wait there is. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(ms) ? null : Math.min(WEBHOOK_RETRY_MAX_MS, Math.max(0, ms))
}

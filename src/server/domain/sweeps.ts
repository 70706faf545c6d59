/** What is of no use any more, as a change that forgets some of it. */
import type { Change } from '../store/change.ts'

/** Few enough that those who write at the same moment do not feel it. */
const AT_ONCE = 200

export const sweepExpired = (at: number): Change => ({
  at,
  expect: [],
  writes: (['agent_sessions', 'sign_in_links', 'refresh_tokens', 'chat_starts', 'files'] as const).map((table) => ({
    write: 'sweep',
    table,
    until: at,
    limit: AT_ONCE,
  })),
  idempotency: [],
})

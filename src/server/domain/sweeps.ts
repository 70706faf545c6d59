/** What is of no use any more, as a change that forgets some of it. */
import { AUDIT_TTL_S, DELETED_CHAT_TTL_S } from '../../protocol/limits.ts'
import type { Change, SweepWrite } from '../store/change.ts'

/** Few enough that those who write at the same moment do not feel it. */
const AT_ONCE = 200

/** How long after its time, in ms, a row of each table goes. */
const LATE = {
  agent_sessions: 0,
  sign_in_links: 0,
  refresh_tokens: 0,
  erased_ids: 0,
  chat_starts: 0,
  files: 0,
  audit: AUDIT_TTL_S * 1000,
  chats: DELETED_CHAT_TTL_S * 1000,
} satisfies Record<SweepWrite['table'], number>

export const sweepExpired = (at: number): Change => ({
  at,
  expect: [],
  writes: (Object.keys(LATE) as SweepWrite['table'][]).map((table) => ({ write: 'sweep', table, until: at - LATE[table], limit: AT_ONCE })),
  idempotency: [],
})

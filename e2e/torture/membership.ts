/** Who may read which part of a chat, as the log itself says who came and who went. */
import type { LogEntry } from '../../src/server/store/change.ts'
import type { Audience, StayRow } from '../../src/server/store/rows.ts'
import type { Part, View } from '../../src/server/store/store.ts'
import type { Ledger } from './ledger.ts'
import { broughtBy, type FinalChat, seqOf, visibleTo } from './log.ts'

const WHOLE: Part = { from: 1, to: null }

const isShared = ({ row }: FinalChat) => row.kind !== 'support'

/** Parts of the log, in the view's own sequence, that were ever the reader's. */
export function partsOf(chat: FinalChat, user_id: string, view: View): Part[] {
  if (!isShared(chat)) return isAgentOf(chat, user_id) || chat.row.created_by === user_id ? [WHOLE] : []
  return (chat.stays.get(user_id) ?? []).map((stay) =>
    view === 'agents' ? { from: stay.from_agents, to: stay.to_agents } : { from: stay.from_public, to: stay.to_public },
  )
}

/** An agent of the chat's organization. */
export const isAgentOf = ({ agents }: FinalChat, user_id: string): boolean => agents.has(user_id)

/** The part that is the reader's now; null for a chat that is not theirs any more. */
export function partOf(chat: FinalChat, user_id: string, view: View): Part | null {
  const last = partsOf(chat, user_id, view).at(-1)
  return chat.row.deleted_at === null && last?.to === null ? last : null
}

export const holds = ({ from, to }: Part, seq: number): boolean => seq >= from && (to === null || seq <= to)

/** What the reader may see of the chat now, in order. */
export function visibleIn(chat: FinalChat, user_id: string, view: View): LogEntry[] {
  const part = partOf(chat, user_id, view)
  return part ? chat.entries.filter(visibleTo(view)).filter((entry) => holds(part, seqOf(entry, view) ?? 0)) : []
}

/** Whether the event was ever theirs to see. */
export const everSaw = (chat: FinalChat, user_id: string, view: View, event: { seq_agents: number; audience: Audience }): boolean =>
  (view === 'agents' || event.audience === 'all') &&
  (isShared(chat)
    ? (chat.stays.get(user_id) ?? []).some((stay) => holds(wholeOf(stay), event.seq_agents))
    : partsOf(chat, user_id, view).length > 0)

const wholeOf = ({ from_agents, to_agents }: StayRow): Part => ({ from: from_agents, to: to_agents })

/** Whether somebody who sends may be told that the chat is not theirs, at one time or another. */
export const wasEverOut = (chat: FinalChat | undefined, user_id: string | null): boolean => {
  if (!chat || !isShared(chat)) return false
  const stays = chat.stays.get(user_id ?? '') ?? []
  return chat.row.deleted_at !== null || stays.length !== 1 || stays[0]?.to_agents !== null
}

/** Who is in the chat when each entry is made. */
export function presence({ entries, stays }: FinalChat): (user_id: string, seq_agents: number) => boolean {
  const moves = (user_id: string) =>
    entries.filter(({ kind, user_id: who }) => who === user_id && (kind === 'user_added' || kind === 'user_removed'))
  const byUser = new Map([...stays.keys()].map((user_id) => [user_id, moves(user_id)]))
  return (user_id, seq_agents) => {
    const own = byUser.get(user_id)
    if (!own) return false
    const last = own.findLast((entry) => entry.seq_agents <= seq_agents)
    // Who has not come was there from the beginning.
    return last ? last.kind === 'user_added' : own[0]?.kind !== 'user_added'
  }
}

/** MEM4, MEM5: stays begin with the log or with the coming, and end with the leaving. */
export function checkStays({ row, entries, stays }: FinalChat): string[] {
  const at = (seq: number | null) => entries.find((entry) => entry.seq_agents === seq)
  return [...stays].flatMap(([user_id, all]) =>
    all.flatMap(({ from_agents, to_agents }, index) => {
      const [first, last] = [at(from_agents), at(to_agents)]
      const begins = from_agents === 1 || (first?.kind === 'user_added' && first.user_id === user_id)
      const left = last?.kind === 'chat_deleted' || (last?.kind === 'user_removed' && last.user_id === user_id)
      const ends = to_agents === null ? index === all.length - 1 : left
      return begins && ends ? [] : [`[MEM5] ${user_id} is said to be in ${row.id} from ${from_agents} to ${to_agents}`]
    }),
  )
}

/** MEM4: who was let in reads from their coming on, or from the beginning where they were to. */
export const checkComings = (chats: readonly FinalChat[], { comings }: Ledger): string[] =>
  comings.flatMap(({ chat_id, user_id, seq_agents, history }) => {
    const stays = chats.find(({ row }) => row.id === chat_id)?.stays.get(user_id) ?? []
    const isSo = stays.some(({ from_agents }) => from_agents === (history ? 1 : seq_agents))
    return isSo
      ? []
      : [`[MEM4] ${user_id} came to ${chat_id} at ${seq_agents} ${history ? 'with' : 'without'} its history, and reads otherwise`]
  })

/** MEM1, MEM5: nobody speaks in a chat that they are not in. */
export function checkSpeakers(chat: FinalChat, known: ReadonlySet<string>): string[] {
  if (!isShared(chat)) return []
  const isThere = presence(chat)
  return chat.entries.flatMap((entry) => {
    const { author_id = null, id } = broughtBy(entry) ?? {}
    const strange = author_id !== null && known.has(author_id) && !isThere(author_id, entry.seq_agents)
    return strange ? [`[MEM5] ${author_id} said ${id} in ${chat.row.id}, and was not there`] : []
  })
}

/** Read marks. Each counts in both sequences, and neither part ever goes back (SEE1). */
import type { EntryRow, MarkRow } from '../rows.ts'
import type { Fold } from './chats.ts'
import type { Place } from './entries.ts'

type Marks = Fold['marks']

const NO_MARK: Marks[string] = [0, 0, null]

export function placeOfMark(marks: Marks, user_id: string): Place {
  const [agents, all] = marks[user_id] ?? NO_MARK
  return { agents, public: all }
}

/** Moves the mark to the place, as far as it is not there already. The time goes with the public part. */
export function moveMark(marks: Marks, user_id: string, to: Place, time: number | null): void {
  const [agents, all, seen_up_to] = marks[user_id] ?? NO_MARK
  marks[user_id] = [Math.max(agents, to.agents), Math.max(all, to.public), to.public > all ? (time ?? seen_up_to) : seen_up_to]
}

/** The mark as an entry carries it. */
export function entryMark(marks: Marks, user_id: string): EntryRow['mark'] {
  const [seq_agents, seq_public, seen_up_to] = marks[user_id] ?? NO_MARK
  return { seq_agents, seq_public, seen_up_to }
}

export const markRows = (chat_id: string, marks: Marks): MarkRow[] =>
  Object.entries(marks).map(([user_id, [seq_agents, seq_public, seen_up_to]]) => ({ chat_id, user_id, seq_agents, seq_public, seen_up_to }))

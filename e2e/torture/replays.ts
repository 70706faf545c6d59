/** A stale state plus the entries since is a fresh one: what a reader held at some moment is brought up to date by the folds of the SDK, and compared. */
import type { Chat } from '../../src/protocol/chats.ts'
import type { LogPush } from '../../src/protocol/pushes.ts'
import { type Amending, amended } from '../../src/sdk/core/events.ts'
import { fold } from '../../src/sdk/core/fold.ts'
import { amendedWhole, foldWhole } from '../../src/sdk/core/fold-whole.ts'
import type { Amend } from '../../src/sdk/core/lines.ts'
import { shapeEntries } from '../../src/server/domain/entries.ts'
import type { Store, View } from '../../src/server/store/store.ts'
import { someAddresses } from '../../src/testing/factories.ts'
import type { Operations } from './choice.ts'
import { checkEvents, checkSummary, type Fresh, fetchFresh } from './fresh.ts'
import type { FinalChat } from './log.ts'
import { partOf } from './membership.ts'
import type { World } from './world.ts'

/** What somebody held once. */
export interface Snapshot extends Fresh {
  readonly user_id: string
  readonly view: View
}

export const snapshots: Operations = {
  snapshot: [
    4,
    async (world) => {
      const { life, random } = world
      if (!life || life.mortality.dead) return
      const chats = await world.readAll(life)
      if (chats.length === 0) return
      const chat = random.pick(chats)
      const user_id = random.pick([...chat.agents, ...chat.stays.keys()])
      const view = chat.agents.has(user_id) ? 'agents' : 'public'
      if (!partOf(chat, user_id, view)) return
      world.snapshots.push({ user_id, view, ...(await fetchFresh(life.store, chat, user_id, view)) })
    },
  ],
}

/** RES3, EDT1, RPL2, REA1: every kind of entry says all that it changes. */
export async function checkReplays({ snapshots }: World, store: Store, chats: readonly FinalChat[]): Promise<string[]> {
  const wrong: string[] = []
  for (const snapshot of snapshots) {
    const now = chats.find(({ row }) => row.id === snapshot.chat.id)
    const { user_id, view, chat } = snapshot
    const part = now && partOf(now, user_id, view)
    // Who was out meanwhile loads the chat anew.
    if (!now || !part || chat.seq < part.from - 1) continue
    const reader = { user_id, view, files: someAddresses, from: 1 }
    const { entries } = await store.entries(chat.id, view, chat.seq, 1000)
    const who = `${user_id}, who held ${chat.id} at ${chat.seq},`
    const fresh = await fetchFresh(store, now, user_id, view)
    wrong.push(...compare(who, snapshot, await shapeEntries(store, now.row.organization_id, entries, reader), fresh))
  }
  return wrong
}

/** As the SDK of each side does. */
const FOLDS = {
  public: { chatAfter: fold, eventAfter: ((event, { payload }) => amended(event, payload as Amending)) as Amend },
  agents: { chatAfter: foldWhole, eventAfter: amendedWhole },
}

function compare(who: string, { user_id, view, chat: held, events: known }: Snapshot, entries: readonly LogPush[], fresh: Fresh): string[] {
  const { chatAfter, eventAfter } = FOLDS[view]
  const events = new Map(known)
  let chat = held
  /** What nobody but the server can tell: a client asks for the chat anew. */
  let unsure: Partial<Chat> = {}
  for (const entry of entries) {
    for (const [id, event] of events) events.set(id, eventAfter(event, entry))
    if (entry.action === 'incoming_event') events.set(entry.payload.event.id, entry.payload.event)
    if (isPartial(chat, entry, user_id)) unsure = { ...unsure, unread_count: fresh.chat.unread_count }
    if (isByStranger(chat, entry)) unsure = { ...unsure, users: fresh.chat.users }
    if (entry.payload.seq > chat.seq) chat = { ...chatAfter(chat, entry, user_id), seq: Math.max(chat.seq, entry.payload.seq) }
    if (entry.action === 'incoming_chat') chat = { ...chat, seq: Math.max(chat.seq, entry.payload.chat.seq) }
  }
  return [...checkSummary(who, { ...chat, ...unsure }, fresh.chat), ...checkEvents(who, events.values(), fresh)]
}

/** SEE6 */
const isPartial = (chat: Chat, { action, payload }: LogPush, me: string): boolean =>
  action === 'events_marked_as_seen' && payload.user_id === me && payload.seen_seq < (chat.last_event?.seq ?? 0)

/** Of somebody who is not in the chat. */
function isByStranger({ users }: Chat, { action, payload }: LogPush): boolean {
  const by = action === 'events_marked_as_seen' ? payload.user_id : action === 'incoming_event' ? payload.event.author_id : undefined
  return by !== undefined && users.every(({ id }) => id !== by)
}

/** Listings of chats by activity, and what a summary shows of each. */

import { MAX_UNREAD } from '../../../protocol/limits.ts'
import type { ChatKind, ChatRow, EventRow, MarkRow, StayRow } from '../rows.ts'
import {
  type ActivityCursor,
  type ChatListing,
  type ChatSummary,
  type Listed,
  NOBODY,
  type OrganizationListing,
  type View,
} from '../store.ts'
import type { Fold } from './chats.ts'
import type { Driver, Value } from './driver.ts'
import { offsetOf, placeOf } from './listing.ts'
import { markRows, placeOfMark } from './receipts.ts'
import type { Tables } from './tables.ts'

interface Place {
  readonly id: string
  readonly at: number
}

interface Source {
  page(from: ActivityCursor, limit: number): Place[]
  count(): number
}

type Reader = ChatListing['reader']

/** Before every chat there can be. */
const TOP: ActivityCursor = { at: Number.MAX_SAFE_INTEGER, chat_id: '' }
/** What is folded from a log without entries. */
const NOTHING: Fold = { thread: null, members: {}, latest: {}, marks: {} }
const ACTIVITY: Record<View, string> = { agents: 'activity_agents_at', public: 'activity_public_at' }

export function openChatList(db: Driver, tables: Tables) {
  const support = { active: supportChats(db, 'IS NOT NULL'), closed: supportChats(db, 'IS NULL') }
  const byAge = chatsByAge(db)
  const own = { agents: ownChats(db, 'agents'), public: ownChats(db, 'public') }

  /** Disjoint listings, each read along an index; together they are all that the reader is shown. */
  const sourcesOf = ({ organization_id, reader, scope, kind = null, active }: ChatListing): Source[] => {
    const mine = own[reader.view](reader.user_id, organization_id, kindsOf(scope, kind), active)
    if (scope === 'own') return [mine]
    const shown = [...(active === false ? [] : [support.active]), ...(active === true ? [] : [support.closed])]
    return [mine, ...shown.map((source) => source(organization_id))]
  }

  const summarize = (chat: ChatRow, reader: Reader): ChatSummary => summaryOf(tables, chat, reader)

  return {
    summary: summarize,
    unread: unreadInAll(db),
    organizationChats(listing: OrganizationListing): Listed<ChatSummary> {
      const { ids, total } = byAge(listing)
      const rows = ids.flatMap((id) => tables.chats.get(id)?.row ?? [])
      return { rows: rows.map((row) => summarize(row, listing.reader)), total }
    },
    chats(listing: ChatListing): { chats: ChatSummary[]; total: number } {
      const sources = sourcesOf(listing)
      const [cursor, skip] = 'offset' in listing.from ? [TOP, listing.from.offset] : [listing.from, 0]
      const listed = sources.flatMap((source) => source.page(cursor, skip + listing.limit)).sort(byActivity)
      const rows = listed.slice(skip, skip + listing.limit).flatMap(({ id }) => tables.chats.get(id)?.row ?? [])
      return {
        chats: rows.map((row) => summarize(row, listing.reader)),
        total: sources.reduce((sum, source) => sum + source.count(), 0),
      }
    },
  }
}

/** Most recent first; of chats of one moment the greater id first. SQLite compares text by bytes, and so do ids here. */
const byActivity = (a: Place, b: Place): number => b.at - a.at || Buffer.compare(Buffer.from(b.id), Buffer.from(a.id))

function supportChats(db: Driver, thread: 'IS NULL' | 'IS NOT NULL'): (organization_id: string) => Source {
  const from = `FROM chats WHERE organization_id = ? AND kind = 'support' AND active_thread_id ${thread} AND deleted_at IS NULL`
  const page = db.prepare<Place>(`
    SELECT id, activity_agents_at AS at ${from} AND (activity_agents_at, id) < (?, ?)
    ORDER BY activity_agents_at DESC, id DESC LIMIT ?`)
  const count = db.prepare<{ total: number }>(
    `SELECT total FROM support_counts WHERE organization_id = ? AND active = ${Number(thread === 'IS NOT NULL')}`,
  )
  return (organization_id) => ({
    page: ({ at, chat_id }, limit) => page.all(organization_id, at, chat_id, limit),
    count: () => count.get(organization_id)?.total ?? 0,
  })
}

/** Support chats of the whole organization come from elsewhere. */
function kindsOf(scope: ChatListing['scope'], kind: ChatKind | null): ChatKind[] {
  if (kind) return [kind]
  return scope === 'organization' ? ['direct', 'group'] : ['support', 'direct', 'group']
}

/** Chats where the reader is present: all of them, or, beside the organization's support chats, the others only. */
function ownChats(db: Driver, view: View) {
  const at = `chats.${ACTIVITY[view]}`
  const from = `
    FROM stays CROSS JOIN chats ON chats.id = stays.chat_id
    WHERE stays.user_id = ? AND stays.to_agents IS NULL AND stays.chat_kind IN (SELECT value FROM json_each(?))
      AND chats.organization_id = ? AND ifnull(? = (chats.active_thread_id IS NOT NULL), 1)`
  const page = db.prepare<Place>(`
    SELECT chats.id, ${at} AS at ${from} AND (${at}, chats.id) < (?, ?) ORDER BY ${at} DESC, chats.id DESC LIMIT ?`)
  const count = db.prepare<{ total: number }>(`SELECT count(*) AS total ${from}`)
  return (user_id: string, organization_id: string, kinds: readonly ChatKind[], active: boolean | null): Source => {
    const values: Value[] = [user_id, JSON.stringify(kinds), organization_id, active === null ? null : Number(active)]
    return {
      page: (cursor, limit) => page.all(...values, cursor.at, cursor.chat_id, limit),
      count: () => count.get(...values)?.total ?? 0,
    }
  }
}

/** Newest first, along the index of the organization's chats. */
function chatsByAge(db: Driver) {
  const of = `FROM chats INDEXED BY chats_by_age WHERE organization_id = ? AND deleted_at IS NULL
    AND ifnull(kind = ?, 1) AND ifnull(? = (active_thread_id IS NOT NULL), 1)`
  const page = db.prepare<{ id: string }>(`
    SELECT id ${of} AND (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`)
  const count = db.prepare<{ total: number }>(`SELECT count(*) AS total ${of}`)
  return ({ organization_id, kind, active, from, limit, count: wanted }: OrganizationListing) => {
    const which: Value[] = [organization_id, kind, active === null ? null : Number(active)]
    return {
      ids: page.all(...which, ...placeOf(from), limit, offsetOf(from)).map(({ id }) => id),
      total: wanted ? (count.get(...which)?.total ?? 0) : null,
    }
  }
}

/** A walk from the stays of one user to their chats, and there along what lies behind the mark: nothing that was seen is read. */
function unreadInAll(db: Driver) {
  const count = db.prepare<{ unread: number }>(`
    SELECT count(*) AS unread FROM (SELECT 1 FROM stays CROSS JOIN chats ON chats.id = stays.chat_id
      CROSS JOIN entries ON entries.chat_id = chats.id AND entries.seq_agents >
        ifnull((SELECT value ->> 0 FROM json_each(chats.fold, '$.marks') WHERE key = stays.user_id), 0)
      WHERE stays.user_id = ? AND stays.to_agents IS NULL AND chats.organization_id = ?
        AND entries.audience = 'all' AND entries.kind = 'event_added' AND entries.actor_id IS NOT stays.user_id LIMIT ${MAX_UNREAD})`)
  return (organization_id: string, user_id: string): number => count.get(user_id, organization_id)?.unread ?? 0
}

function summaryOf(tables: Tables, chat: ChatRow, { user_id, view }: Reader): ChatSummary {
  const { thread, latest, marks } = tables.chats.get(chat.id)?.fold ?? NOTHING
  const stays = tables.stays.latest(chat.id)
  const seen = placeOfMark(marks, user_id)
  const after = view === 'agents' ? seen.agents : tables.entries.agentsAt(chat.id, seen.public, chat.seq_agents)
  return {
    chat,
    stays,
    marks: shownMarks(markRows(chat.id, marks), stays, view),
    last_thread: thread,
    last_events: lastEvents(tables, chat.id, latest, view),
    unread: user_id === NOBODY ? 0 : tables.entries.unread(chat.id, view, after, user_id),
  }
}

/** LOG8: an agent who only wrote or read notes is unknown to customers. */
const shownMarks = (marks: MarkRow[], stays: readonly StayRow[], view: View): MarkRow[] =>
  view === 'agents' ? marks : marks.filter((mark) => mark.seq_public > 0 || stays.some((stay) => stay.user_id === mark.user_id))

const lastEvents = (tables: Tables, chat_id: string, latest: Fold['latest'], view: View): EventRow[] =>
  Object.values(latest)
    .map(([agents, all]) => (view === 'agents' ? agents : all))
    .sort((a, b) => b - a)
    .flatMap((seq) => tables.events.byPlace(chat_id, seq) ?? [])

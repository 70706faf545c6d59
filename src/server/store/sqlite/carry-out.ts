/** Carries out one change inside a transaction: looks whether it was made before and whether it may be made, then makes it. */
import type { Change, ChatAudience, Committed, Outcome, Precondition, Write } from '../change.ts'
import type { UserEntryRow } from '../rows.ts'
import { membersOf, type StoredChat } from './chats.ts'
import { type Draft, openDraft, Stale } from './draft.ts'
import { enrich } from './enrich.ts'
import { agrees, type Made } from './idempotency.ts'
import { applyWrite, beginFirstStays, newChat } from './log-writes.ts'
import { heldBy, numberOf } from './properties.ts'
import type { Tables } from './tables.ts'
import { holdsOfWebhooks, writeOfWebhooks } from './webhook-writes.ts'

/** Where it returns that a change cannot be, nothing was written; where it throws, the caller takes back what was. */
export function carryOut(tables: Tables, change: Change): Outcome {
  for (const by of change.idempotency) {
    const made = tables.idempotency.find(by, change.at)
    if (made) return agrees(made, by) ? { ok: true, committed: replay(tables, made, change.at) } : { ok: false, why: 'mismatch' }
  }
  const drafts = openDrafts(tables, change.at)
  for (const precondition of change.expect) if (!holds(tables, drafts, precondition)) return { ok: false, why: 'stale' }
  const userEntries: UserEntryRow[] = []
  for (const write of change.writes) apply(tables, drafts, change.at, write, userEntries)
  return { ok: true, committed: conclude(tables, change, drafts.opened(), userEntries) }
}

/** The one chat that a change writes to, opened when it is first named. */
interface Drafts {
  of(chat_id: string): Draft | null
  create(chat: StoredChat): Draft
  opened(): Draft | null
}

function openDrafts(tables: Tables, at: number): Drafts {
  let draft: Draft | null = null
  return {
    of(chat_id) {
      if (draft?.row.id === chat_id) return draft
      if (draft) throw new Error(`unable to write to chat ${chat_id}; the change is about chat ${draft.row.id}`)
      const stored = tables.chats.get(chat_id)
      draft = stored?.row.deleted_at === null ? openDraft(tables, stored, at) : null
      return draft
    },
    create(stored) {
      if (draft) throw new Error(`unable to create chat ${stored.row.id}; the change is about chat ${draft.row.id}`)
      tables.chats.insert(stored)
      draft = openDraft(tables, stored, at)
      return draft
    },
    opened: () => draft,
  }
}

const USED_UP = {
  sign_in_links: ({ agents }: Tables, hash: string) => agents.signInLink(hash),
  refresh_tokens: ({ customers }: Tables, hash: string) => customers.refreshToken(hash),
  api_keys({ apiKeys }: Tables, hash: string) {
    const key = apiKeys.apiKey(hash)
    return key?.hash === hash && key.revoked_at === null ? key : null
  },
}

function holds(tables: Tables, drafts: Drafts, precondition: Precondition): boolean {
  switch (precondition.holds) {
    case 'active_thread':
      return drafts.of(precondition.chat_id)?.row.active_thread_id === precondition.thread_id
    case 'present': {
      const draft = drafts.of(precondition.chat_id)
      return draft !== null && precondition.user_id in draft.fold.members === precondition.present
    }
    case 'users': {
      const { least = 0, most = Number.MAX_SAFE_INTEGER } = precondition
      const count = Object.keys(drafts.of(precondition.chat_id)?.fold.members ?? {}).length
      return least <= count && count <= most
    }
    case 'user':
      return isAs(tables, precondition)
    case 'event': {
      const number = numberOf(tables, precondition.chat_id, precondition.thread_id, precondition.event_id)
      return number !== null && tables.events.byNumber(number)?.deleted_at === null
    }
    case 'streaming': {
      const number = numberOf(tables, precondition.chat_id, precondition.thread_id, precondition.event_id)
      return number !== null && tables.events.byNumber(number)?.streaming_at === precondition.at
    }
    case 'streams': {
      const streams = tables.events.streams(precondition.chat_id)
      return isSame(Object.fromEntries(streams.map(({ id, streaming_at }) => [id, streaming_at])), precondition.at)
    }
    case 'properties': {
      const draft = drafts.of(precondition.chat_id)
      const held = draft && heldBy(tables, draft, precondition)
      return held !== null && JSON.stringify(held.properties) === JSON.stringify(precondition.properties)
    }
    case 'exists':
      if (precondition.table === 'file_removals') return tables.files.removal(precondition.file_id) !== null
      return USED_UP[precondition.table](tables, precondition.hash) !== null
    case 'unknown': {
      const { organization_id, external_id } = precondition
      const { customers, agents } = tables
      const known = customers.customerByExternalId(organization_id, external_id) ?? agents.agentByExternalId(organization_id, external_id)
      return (known ?? customers.customer(organization_id, external_id) ?? agents.agent(organization_id, external_id)) === null
    }
    case 'free':
      return tables.files.byId(precondition.file_id) === null
    case 'unused':
      return (tables.files.byId(precondition.file_id)?.expires_at ?? null) !== null
    case 'unnamed': {
      const { organization_id, uploader_id, custom_id } = precondition
      return tables.files.byCustomId(organization_id, uploader_id, custom_id) === null
    }
    case 'webhooks':
    case 'webhook':
    case 'cursor':
    case 'delivery':
      return holdsOfWebhooks(tables, precondition)
    case 'visitor_key':
      return tables.customers.customerByVisitorKey(precondition.organization_id, precondition.hash) !== null
  }
}

function isAs({ customers, agents }: Tables, { organization_id, user_id, as }: Extract<Precondition, { holds: 'user' }>): boolean {
  const user: object | null = customers.customer(organization_id, user_id) ?? agents.agent(organization_id, user_id)
  return user !== null && Object.entries(as).every(([name, value]) => isSame((user as Record<string, unknown>)[name], value))
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

function apply(tables: Tables, drafts: Drafts, at: number, write: Write, userEntries: UserEntryRow[]): void {
  if (write.write === 'sweep') {
    tables.sweep(write)
  } else if ('table' in write) {
    tables.plain(write)
    if (write.table === 'webhooks' && write.write !== 'update') for (const { forgetAll } of [tables.webhooks, tables.cursors]) forgetAll()
  } else if (write.write === 'track') {
    tables.activity.track(write, at)
  } else if (write.write === 'forget_activity') {
    tables.activity.forget(write.customer_id)
  } else if (write.write === 'forget_originals') {
    tables.erasures.forgetOriginals(write.organization_id)
  } else if (write.write === 'forget_said') {
    tables.erasures.forgetSaid(write.chat_id, write.user_id, at)
    tables.chats.forgetAll()
  } else if (write.write === 'move_cursor' || write.write === 'hasten_cursors' || write.write === 'note_delivery') {
    writeOfWebhooks(tables, write, at)
  } else if (write.write === 'profile_updated') {
    userEntries.push(tables.userLog.append(write.user_id, 'profile_updated', null, at))
  } else if (write.write === 'create_chat') {
    beginFirstStays(tables, drafts.create(newChat(write, at)), write)
  } else {
    const draft = drafts.of(write.chat_id)
    if (!draft) throw new Stale()
    applyWrite(tables, draft, write)
  }
}

function conclude(tables: Tables, change: Change, draft: Draft | null, userEntries: readonly UserEntryRow[]): Committed {
  const saved = draft?.save()
  const { from, to } = saved?.range ?? { from: 0, to: -1 }
  if (draft && to >= from) tables.cursors.fallBehind(draft.row.organization_id, draft.row.id, from - 1, change.at)
  for (const by of change.idempotency) {
    const made = { chat_id: draft?.row.id ?? null, change_from: from, change_to: to, subject: change.subject ?? null }
    tables.idempotency.put(by, made, change.at)
  }
  if (draft) tables.chats.remember({ row: draft.row, fold: draft.fold })
  return {
    at: change.at,
    subject: change.subject ?? null,
    replayed: false,
    entries: saved?.entries ?? [],
    user_entries: [...userEntries, ...(draft?.userEntries ?? [])],
    audience: draft && audienceOf(draft),
    chat: draft?.row ?? null,
  }
}

function audienceOf({ row, fold, removed }: Draft): ChatAudience {
  const members = membersOf({ ...removed, ...fold.members })
  return { organization_id: row.organization_id, chat_id: row.id, kind: row.kind, members }
}

/** What the first request made, with the rows as they are now. Nobody is told again. */
function replay(tables: Tables, { chat_id, change_from, change_to, made_at, subject = null }: Made, now: number): Committed {
  const chat = chat_id === null ? null : tables.chats.get(chat_id)
  const count = change_to - change_from + 1
  const stored = chat && count > 0 ? tables.entries.range(chat.row.id, 'agents', change_from - 1, change_to, count) : []
  const entries = chat ? enrich(tables, chat, stored) : []
  return {
    at: made_at ?? entries[0]?.created_at ?? now,
    subject,
    replayed: true,
    entries,
    user_entries: [],
    audience: null,
    chat: chat?.row ?? null,
  }
}

/** The store's questions, answered from the tables. */
import type { ChatRow, EventRow } from '../rows.ts'
import type { EventPage, Store, View } from '../store.ts'
import type { openChatList } from './chat-list.ts'
import { membersOf } from './chats.ts'
import { enrich } from './enrich.ts'
import type { Range } from './events.ts'
import { numberOf } from './properties.ts'
import type { Tables } from './tables.ts'

type Reads = Omit<Store, 'epoch' | 'secret' | 'commit' | 'stats' | 'ping' | 'purge' | 'close'>

export function openReads(tables: Tables, list: ReturnType<typeof openChatList>): Reads {
  const headOf = (chat_id: string): number => tables.chats.get(chat_id)?.row.seq_agents ?? 0
  const {
    organizations,
    apiKeys,
    agents,
    customers,
    activity,
    chats,
    threads,
    stays,
    entries,
    files,
    userLog,
    webhooks,
    cursors,
    deliveries,
  } = tables
  return {
    organization: async (id) => organizations.organization(id),
    organizationByLicense: async (license) => organizations.organizationByLicense(license),
    organizations: async () => organizations.organizations(),
    client: async (organization_id, id) => organizations.client(organization_id, id),
    clients: async (organization_id) => organizations.clients(organization_id),
    keys: async (organization_id) => organizations.keys(organization_id),
    apiKey: async (hash) => apiKeys.apiKey(hash),
    apiKeys: async (organization_id) => apiKeys.apiKeys(organization_id),
    audit: async (organization_id, key_id, limit) => apiKeys.audit(organization_id, key_id, limit),
    agent: async (organization_id, id) => agents.agent(organization_id, id),
    agentByEmail: async (email) => agents.agentByEmail(email),
    agentByExternalId: async (organization_id, id) => agents.agentByExternalId(organization_id, id),
    agents: async (organization_id) => agents.agents(organization_id),
    agentSession: async (hash) => agents.agentSession(hash),
    signInLink: async (hash) => agents.signInLink(hash),
    customer: async (organization_id, id) => customers.customer(organization_id, id),
    customerByVisitorKey: async (organization_id, hash) => customers.customerByVisitorKey(organization_id, hash),
    customerByExternalId: async (organization_id, id) => customers.customerByExternalId(organization_id, id),
    customerByUsername: async (organization_id, username) => customers.customerByUsername(organization_id, username),
    erasedId: async (organization_id, hash) => customers.erasedId(organization_id, hash),
    unerased: async (until, limit) => tables.erasures.unerased(until, limit),
    customersPage: async (listing) => customers.customersPage(listing),
    activity: async (customer_id) => activity.ofCustomer(customer_id),
    refreshToken: async (hash) => customers.refreshToken(hash),
    users: async (organization_id, ids) => ({
      customers: customers.customersOf(organization_id, ids),
      agents: agents.agentsOf(organization_id, ids),
    }),

    async chat(organization_id, chat_id) {
      const chat = chats.get(chat_id)?.row
      return chat?.organization_id === organization_id && chat.deleted_at === null ? chat : null
    },
    presentStays: async (chat_id) => stays.latest(chat_id).filter(({ to_agents }) => to_agents === null),
    stays: async (chat_id, user_id) => stays.ofUser(chat_id, user_id),
    present: async (chat_id) => membersOf(chats.get(chat_id)?.fold.members ?? {}),
    summary: async (chat, reader) => list.summary(chat, reader),
    chats: async (listing) => list.chats(listing),
    organizationChats: async (listing) => list.organizationChats(listing),
    chatsOfUser: async (user_id) => stays.chatsOf(user_id),
    unread: async (organization_id, customer_id) => list.unread(organization_id, customer_id),

    async threads(chat_id, part, ids) {
      const chat = chats.get(chat_id)
      if (!chat) return []
      const { first, last } = threads.reaching(chat_id, part, chat.row.thread_count)
      return threads.ofIds(chat_id, ids, chat.fold.thread).filter(({ order }) => order >= first && order <= last)
    },
    async threadPage(chat_id, part, page, newestFirst) {
      const chat = chats.get(chat_id)
      if (!chat) return { threads: [], total: 0 }
      const ordinals = threads.reaching(chat_id, part, chat.row.thread_count)
      const total = Math.max(0, ordinals.last - ordinals.first + 1)
      return { threads: threads.page(chat_id, ordinals, page, newestFirst, chat.fold.thread), total }
    },
    events: async (page) => eventPage(tables, page),
    async replies({ chat_id, thread_id, event_id, after, from, to, limit }) {
      const number = numberOf(tables, chat_id, thread_id, event_id)
      return number === null ? [] : tables.events.replies(number, Math.max(after, from - 1), to ?? headOf(chat_id), limit)
    },
    streams: async (chat_id) => tables.events.streams(chat_id),
    silentStreams: async (until, limit) => tables.events.silentStreams(until, limit),
    eventOfFile: async (file_id) => tables.events.ofFile(file_id),
    async eventsAt(chat_id, page, newestFirst) {
      const chat = chats.get(chat_id)
      return { events: tables.events.page(chat_id, page, newestFirst), total: chat ? threads.events(chat_id, chat.fold.thread) : 0 }
    },
    async event(chat_id, thread_id, event_id) {
      const number = numberOf(tables, chat_id, thread_id, event_id)
      return number === null ? null : tables.events.byNumber(number)
    },
    eventAt: async (chat_id, view, at) => eventAt(tables, chat_id, view, at),
    agentsSeq: async (chat_id, seq_public) => entries.agentsAt(chat_id, seq_public, headOf(chat_id)),
    file: async (id) => files.byId(id),
    fileByCustomId: async (organization_id, uploader_id, custom_id) => files.byCustomId(organization_id, uploader_id, custom_id),
    fileRemovals: async (until, limit) => files.removals(until, limit),

    async entries(chat_id, view, after, limit, to) {
      const chat = chats.get(chat_id)
      if (!chat) return { entries: [], head: 0 }
      const { seq_agents, seq_public } = chat.row
      const place = places(tables, chat.row, view)
      const stored = entries.range(chat_id, view, place(after), to === undefined ? seq_agents : place(to), limit)
      return { entries: enrich(tables, chat, stored), head: view === 'agents' ? seq_agents : seq_public }
    },
    async entriesOfKinds(wanted) {
      const chat = chats.get(wanted.chat_id)
      return chat ? enrich(tables, chat, entries.ofKinds(wanted)) : []
    },
    userHead: async (user_id) => userLog.head(user_id),
    mentions: async (user_id, limit) => userLog.mentions(user_id, limit),
    userEntries: async (user_id, after, limit) => ({ entries: userLog.after(user_id, after, limit), head: userLog.head(user_id) }),

    webhooks: async (organization_id) => webhooks.webhooks(organization_id),
    webhook: async (organization_id, id) => webhooks.webhook(organization_id, id),
    enabledWebhooks: async () => webhooks.enabled(),
    dueCursors: async (webhook_id, until, limit) => cursors.due(webhook_id, until, limit),
    nextCursor: async (webhook_id, after) => cursors.next(webhook_id, after),
    cursors: async (limit) => cursors.count(limit),
    deliveries: async (listing) => deliveries.listed(listing),
    delivery: async (id) => deliveries.byId(id),
  }
}

/** Where the numbers of a view lie in the agents' sequence, by which everything is read. */
function places({ entries }: Tables, { id, seq_agents }: ChatRow, view: View): (seq: number) => number {
  return view === 'agents' ? (seq) => seq : (seq) => entries.agentsAt(id, seq, seq_agents)
}

/** One more than the page is read, to know whether there is more. */
function eventPage(tables: Tables, page: EventPage): { events: EventRow[]; more: boolean } {
  const { chat_id, view, limit } = page
  const range = rangeOf(tables, page)
  if (!range) return { events: [], more: false }
  const forward = page.after !== null
  const walk = tables.events[forward ? 'oldest' : 'newest']
  const found = walk(chat_id, view, range, limit + 1, page.replies === 'among')
  const events = found.slice(0, limit)
  return { events: forward ? events : events.reverse(), more: found.length > limit }
}

function rangeOf(tables: Tables, { chat_id, view, thread_id, before, after, from, to }: EventPage): Range | null {
  const chat = tables.chats.get(chat_id)?.row
  const stretch = thread_id === null ? { after: 0, before: null } : tables.threads.stretch(chat_id, thread_id)
  if (!chat || !stretch) return null
  const place = places(tables, chat, view)
  const ends = [chat.seq_agents + 1, stretch.before, before && place(before), to && place(to) + 1]
  return {
    after: Math.max(stretch.after, place(after ?? 0), place(from - 1)),
    before: Math.min(...ends.map((seq) => seq ?? Number.MAX_SAFE_INTEGER)),
  }
}

/** SEE2: the last event within that millisecond, or the last before it. */
function eventAt({ chats, entries, events }: Tables, chat_id: string, view: View, at: number): EventRow | null {
  const head = chats.get(chat_id)?.row.seq_agents ?? 0
  return events.newest(chat_id, view, { after: 0, before: entries.lastAt(chat_id, at, head) + 1 }, 1)[0] ?? null
}

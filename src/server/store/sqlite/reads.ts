/** The store's questions, answered from the tables. */
import type { EventRow } from '../rows.ts'
import type { EventPage, Store, View } from '../store.ts'
import { enrich } from './carry-out.ts'
import type { openChatList } from './chat-list.ts'
import type { Tables } from './tables.ts'

type Reads = Omit<Store, 'epoch' | 'secret' | 'commit' | 'stats' | 'ping' | 'close'>

export function openReads(tables: Tables, list: ReturnType<typeof openChatList>): Reads {
  const { organizations, agents, customers, chats, threads, stays, entries, userLog } = tables
  return {
    organization: async (id) => organizations.organization(id),
    organizationByLicense: async (license) => organizations.organizationByLicense(license),
    organizations: async () => organizations.organizations(),
    client: async (organization_id, id) => organizations.client(organization_id, id),
    clients: async (organization_id) => organizations.clients(organization_id),
    agent: async (organization_id, id) => agents.agent(organization_id, id),
    agentByEmail: async (email) => agents.agentByEmail(email),
    agents: async (organization_id) => agents.agents(organization_id),
    agentSession: async (hash) => agents.agentSession(hash),
    signInLink: async (hash) => agents.signInLink(hash),
    customer: async (organization_id, id) => customers.customer(organization_id, id),
    customerByVisitorKey: async (organization_id, hash) => customers.customerByVisitorKey(organization_id, hash),
    refreshToken: async (hash) => customers.refreshToken(hash),
    users: async (organization_id, ids) => ({
      customers: customers.customersOf(organization_id, ids),
      agents: agents.agentsOf(organization_id, ids),
    }),

    async chat(organization_id, chat_id) {
      const chat = chats.get(chat_id)?.row
      return chat?.organization_id === organization_id ? chat : null
    },
    stays: async (chat_id, user_id) => stays.ofUser(chat_id, user_id),
    present: async (chat_id) => stays.members(chat_id),
    summary: async (chat, reader) => list.summary(chat, reader),
    chats: async (listing) => list.chats(listing),

    threads: async (chat_id, ids) => threads.ofIds(chat_id, ids),
    threadPage: async (chat_id, page, newestFirst) => threads.page(chat_id, page, newestFirst),
    events: async (page) => eventPage(tables, page),
    eventAt: async (chat_id, view, at) => eventAt(tables, chat_id, view, at),
    agentsSeq: async (chat_id, seq_public) => entries.agentsAt(chat_id, seq_public),

    async entries(chat_id, view, after, limit, to = Number.MAX_SAFE_INTEGER) {
      const chat = chats.get(chat_id)?.row
      const head = (view === 'agents' ? chat?.seq_agents : chat?.seq_public) ?? 0
      return { entries: enrich(tables, entries.range(chat_id, view, after, to, limit)), head }
    },
    userHead: async (user_id) => userLog.head(user_id),
    userEntries: async (user_id, after, limit) => ({ entries: userLog.after(user_id, after, limit), head: userLog.head(user_id) }),
  }
}

/** One more than the page is read, to know whether there is more. */
function eventPage({ events, threads }: Tables, page: EventPage): { events: EventRow[]; more: boolean } {
  const { chat_id, view, thread_id, limit } = page
  const stretch = thread_id === null ? { after: 0, before: null } : threads.stretch(chat_id, thread_id, view)
  if (!stretch) return { events: [], more: false }
  const range = {
    after: Math.max(stretch.after, page.after ?? 0, page.from - 1),
    before: Math.min(...[stretch.before, page.before, page.to === null ? null : page.to + 1].map((seq) => seq ?? Number.MAX_SAFE_INTEGER)),
  }
  if (page.after !== null) {
    const found = events.oldest(chat_id, view, range, limit + 1)
    return { events: found.slice(0, limit), more: found.length > limit }
  }
  const found = events.newest(chat_id, view, range, limit + 1)
  return { events: found.slice(0, limit).reverse(), more: found.length > limit }
}

/** SEE2: the last event within that millisecond, or the last before it. */
function eventAt({ chats, entries, events }: Tables, chat_id: string, view: View, at: number): EventRow | null {
  const head = chats.get(chat_id)?.row.seq_agents ?? 0
  const last = entries.lastAt(chat_id, at, head)
  const seq = view === 'agents' ? last : entries.publicAt(chat_id, last)
  return events.newest(chat_id, view, { after: 0, before: seq + 1 }, 1)[0] ?? null
}

/** Chats, the most recently active first: pages from the server, kept live by the copy of the logs. */
import type { ResponseOf } from '../../protocol/actions.ts'
import type { Chat } from '../../protocol/chats.ts'
import type { Client } from './client.ts'
import { createView } from './view.ts'
import type { ChatList, ChatListState } from './views.ts'

export interface ChatListOptions {
  readonly client: Client
  /** How many chats make a page. */
  readonly limit: number
  readonly filters?: { readonly active: boolean }
  /** Chats that the server does not know yet. */
  starting(): readonly Chat[]
}

export interface OwnChatList extends ChatList {
  touch(): void
}

type Listing = ResponseOf<'list_chats'>

export function createChatList({ client: { ask, events, replica }, limit, filters, starting }: ChatListOptions): OwnChatList {
  let page: Listing | null = null
  /** What is older than the last page's last chat is not known to be complete, and so not shown. */
  let boundary = ''
  let loading = false

  const matches = (chat: Chat) => !filters || chat.active === filters.active

  const view = createView((): ChatListState => {
    const chats = [...replica.all()].flatMap(({ chat }) => (chat && matches(chat) && chat.last_activity_at >= boundary ? [chat] : []))
    chats.sort((a, b) => (a.last_activity_at < b.last_activity_at || (a.last_activity_at === b.last_activity_at && a.id < b.id) ? 1 : -1))
    const has_more = page?.next_page_id !== undefined
    const total = has_more ? Math.max(page?.total_chats ?? 0, chats.length) : chats.length
    return { chats: [...starting(), ...chats], total, has_more, loading, loaded: page !== null }
  })

  function show(listing: Listing) {
    page = listing
    boundary = listing.next_page_id === undefined ? '' : (listing.chats_summary[listing.chats_summary.length - 1]?.last_activity_at ?? '')
    view.touch()
  }

  async function load(from: { readonly page_id?: string }) {
    loading = true
    view.touch()
    try {
      const listing = await ask('list_chats', { limit, ...(filters && { filters }), ...from }, ({ chats_summary }) =>
        chats_summary.forEach(replica.learn),
      )
      show(listing)
    } finally {
      loading = false
      view.touch()
    }
  }

  // The client asks for the first page of all chats; of others every list asks for its own, and does not wait for that one.
  const first = () => void load({}).catch(() => {})
  if (filters) events.on('state', (state) => void (state === 'live' && first()))
  events.on('ready', (listing) => (filters ? void (page || loading || first()) : show(listing)))

  return {
    get state() {
      return view.state
    },
    subscribe: view.subscribe,
    touch: view.touch,
    async loadMore() {
      if (!loading && page?.next_page_id !== undefined) await load({ page_id: page.next_page_id })
    },
  }
}

/** Chats, the most recently active first: pages from the server, kept live by the copy of the logs. */
import type { ResponseOf } from '../../protocol/actions.ts'
import type { Chat } from '../../protocol/chats.ts'
import type { Ask } from './ask.ts'
import type { Replica } from './replica.ts'
import { createView } from './view.ts'
import type { ChatList, ChatListState } from './views.ts'

export interface ChatListOptions {
  readonly ask: Ask
  readonly replica: Replica
  /** How many chats make a page. */
  readonly limit: number
  readonly filters?: { readonly active?: boolean }
  /** Chats that the server does not know yet. */
  starting(): readonly Chat[]
}

export interface OwnChatList extends ChatList {
  touch(): void
  /** Loads the first page, after each login. */
  refresh(): Promise<ResponseOf<'list_chats'>>
}

export function createChatList({ ask, replica, limit, filters, starting }: ChatListOptions): OwnChatList {
  let page: ResponseOf<'list_chats'> | null = null
  /** What is older than the last page's last chat is not known to be complete, and so not shown. */
  let boundary = ''
  let loading: Promise<unknown> | null = null

  const matches = (chat: Chat) => filters?.active === undefined || chat.active === filters.active

  const view = createView((): ChatListState => {
    const chats = [...replica.all()].flatMap(({ chat }) => (chat && matches(chat) && chat.last_activity_at >= boundary ? [chat] : []))
    chats.sort((a, b) => (a.last_activity_at < b.last_activity_at || (a.last_activity_at === b.last_activity_at && a.id < b.id) ? 1 : -1))
    const has_more = page?.next_page_id !== undefined
    const total = has_more ? Math.max(page?.total_chats ?? 0, chats.length) : chats.length
    return { chats: [...starting(), ...chats], total, has_more, loading: loading !== null, loaded: page !== null }
  })

  async function load(from: { readonly page_id?: string }): Promise<ResponseOf<'list_chats'>> {
    const asked = ask('list_chats', { limit, ...(filters && { filters }), ...from }, (answer) => {
      page = answer
      for (const chat of answer.chats_summary) replica.learn(chat)
      boundary = answer.next_page_id === undefined ? '' : (answer.chats_summary[answer.chats_summary.length - 1]?.last_activity_at ?? '')
    })
    loading = asked
    view.touch()
    try {
      return await asked
    } finally {
      loading = null
      view.touch()
    }
  }

  return {
    get state() {
      return view.state
    },
    subscribe: view.subscribe,
    touch: view.touch,
    refresh: () => load({}),
    async loadMore() {
      if (!loading && page?.next_page_id !== undefined) await load({ page_id: page.next_page_id })
    },
  }
}

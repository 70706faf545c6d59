/** The list behind each filter, and the rows of the chosen one that pass the search. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { AgentSDK } from '../../sdk/agent/api.ts'
import type { Chat, ChatListState } from '../../sdk/agent/types.ts'
import { follow } from '../follow.ts'
import type { Mentions } from '../mentions.ts'
import { createPeeks, type Peeks } from '../peeks.ts'
import { isListed, matches, type Row, rowOf } from './rows.ts'

export type Filter = 'open' | 'all'

export interface Listing {
  readonly filter: Signal<Filter>
  readonly query: Signal<string>
  readonly list: ReadonlySignal<ChatListState>
  /** The rows that pass the filter and the search. */
  readonly rows: ReadonlySignal<readonly Row[]>
  /** What customers are typing right now. */
  readonly peeks: ReadonlySignal<Peeks>
  /** Those with something unread, or that name the agent. */
  readonly unreadChats: ReadonlySignal<number>
  /** Whether there is any chat at all, open or closed. */
  readonly anyChats: ReadonlySignal<boolean>
  loadMore(): void
}

interface Parts extends Mentions {
  readonly sdk: AgentSDK
  readonly me: string
  readonly selected: ReadonlySignal<string | null>
  readonly all: ReadonlySignal<ChatListState>
  readonly stops: (() => void)[]
}

const RETRY_MS = 3_000

/** A chat that did not change keeps its row, so that of thousands only those that moved are shaped and drawn again. */
function createRows(me: string): (chat: Chat) => Row {
  const rows = new WeakMap<Chat, Row>()
  return (chat) => {
    const row = rows.get(chat) ?? rowOf(chat, me)
    rows.set(chat, row)
    return row
  }
}

/** Loads once at a time. What failed is tried again after a while, and not as fast as the list asks. */
function createLoader(load: () => Promise<void>, stops: (() => void)[]): () => void {
  let pause: ReturnType<typeof setTimeout> | undefined
  const go = () => {
    if (pause !== undefined) return
    load().catch(() => {
      pause = setTimeout(again, RETRY_MS)
    })
  }
  const again = () => {
    pause = undefined
    go()
  }
  stops.push(() => clearTimeout(pause))
  return go
}

const byActivity = (one: Chat, other: Chat) => other.last_activity_at.localeCompare(one.last_activity_at)

export function createListing({ sdk, me, selected, all, mentions, called, stops }: Parts): Listing {
  const filter = signal<Filter>('open')
  const query = signal('')
  const open = follow(sdk.openChats, stops)
  const list = computed(() => (filter.value === 'open' ? open : all).value)
  const rowFor = createRows(me)
  const peeks = createPeeks(sdk, stops)
  const isShown = (chat: Chat) => filter.value === 'all' || isListed(chat) || peeks.value.has(chat.id) || chat.id === selected.value
  /** A chat that is closed is nothing to answer, unless somebody called the agent to it. */
  const chats = computed(() => {
    const isAll = filter.value === 'all' || called.value.size === 0
    const more = isAll ? [] : all.value.chats.filter(({ id, active }) => !active && called.value.has(id))
    return more.length > 0 ? [...list.value.chats, ...more].sort(byActivity) : list.value.chats
  })
  const rows = computed(() => {
    const shaped = chats.value.filter(isShown).map(rowFor)
    return query.value.trim() === '' ? shaped : shaped.filter((row) => matches(row, query.value))
  })
  const loadMore = createLoader(() => (filter.value === 'open' ? sdk.openChats : sdk.chats).loadMore(), stops)
  const unreadChats = computed(() => {
    const unread = open.value.chats.filter(({ unread_count }) => unread_count > 0).map(({ id }) => id)
    return new Set([...unread, ...mentions.value.keys()]).size
  })
  const anyChats = computed(() => all.value.total > 0)
  return { filter, query, list, rows, peeks, loadMore, unreadChats, anyChats }
}

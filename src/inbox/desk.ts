/** What the agent has in front of them: the list as filtered, the chat that is open, and what is shown around it. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { AgentSDK } from '../sdk/agent/api.ts'
import type { Agent, Chat, ChatListState, ConnectionStatus, Conversation, ConversationState } from '../sdk/agent/types.ts'
import { matches, neighbour, type Row, rowOf } from './chats/rows.ts'
import type { Drafts } from './drafts.ts'

export type Filter = 'open' | 'all'

export interface OpenChat {
  readonly conversation: Conversation
  readonly state: ReadonlySignal<ConversationState>
}

export interface Desk {
  readonly me: Agent
  readonly drafts: Drafts
  readonly status: ReadonlySignal<ConnectionStatus>
  readonly filter: Signal<Filter>
  readonly query: Signal<string>
  readonly list: ReadonlySignal<ChatListState>
  /** The rows that pass the filter and the search. */
  readonly rows: ReadonlySignal<readonly Row[]>
  readonly selected: ReadonlySignal<string | null>
  readonly open: ReadonlySignal<OpenChat | null>
  /** Shown beside a wide conversation always, over a narrow one when asked for. */
  readonly details: Signal<boolean>
  readonly shortcuts: Signal<boolean>
  readonly unreadChats: ReadonlySignal<number>
  loadMore(): void
  select(chat: string | null): void
  /** The chat one row further, or null at the end. */
  step(by: 1 | -1): string | null
  dispose(): void
}

/** A state that can be subscribed to, as a signal. The second part ends it. */
function follow<S>(source: { readonly state: S; subscribe(listener: (state: S) => void): () => void }): [ReadonlySignal<S>, () => void] {
  const state = signal(source.state)
  return [state, source.subscribe((next) => (state.value = next))]
}

/** A chat that did not change keeps its row, so that of thousands only those that moved are shaped and drawn again. */
function createRows(me: string): (chat: Chat) => Row {
  const rows = new WeakMap<Chat, Row>()
  return (chat) => {
    const row = rows.get(chat) ?? rowOf(chat, me)
    rows.set(chat, row)
    return row
  }
}

/** Opens the conversation that is selected, and closes it when another is. */
function createOpenChat(sdk: AgentSDK, selected: ReadonlySignal<string | null>): [ReadonlySignal<OpenChat | null>, () => void] {
  const open = signal<OpenChat | null>(null)
  const stop = effect(() => {
    const id = selected.value
    if (id === null) {
      open.value = null
      return
    }
    const conversation = sdk.conversation(id)
    const close = conversation.open()
    const [state, unfollow] = follow(conversation)
    open.value = { conversation, state }
    return () => {
      unfollow()
      close()
    }
  })
  return [open, stop]
}

export function createDesk(sdk: AgentSDK, me: Agent, drafts: Drafts, first: string | null): Desk {
  const status = signal(sdk.status)
  const filter = signal<Filter>('open')
  const query = signal('')
  const selected = signal(first)
  const details = signal(false)
  const lists = { open: sdk.openChats, all: sdk.chats }
  const [openList, stopOpenList] = follow(lists.open)
  const [allList, stopAllList] = follow(lists.all)
  const list = computed(() => (filter.value === 'open' ? openList.value : allList.value))
  const rowFor = createRows(me.id)
  const rows = computed(() => {
    const shaped = list.value.chats.map(rowFor)
    return query.value.trim() === '' ? shaped : shaped.filter((row) => matches(row, query.value))
  })
  const [open, stopOpen] = createOpenChat(sdk, selected)
  const stops = [stopOpenList, stopAllList, stopOpen, sdk.on('status', (next) => (status.value = next))]

  return {
    me,
    drafts,
    status,
    filter,
    query,
    list,
    rows,
    selected,
    open,
    details,
    shortcuts: signal(false),
    unreadChats: computed(() => openList.value.chats.filter((chat) => chat.unread_count > 0).length),
    loadMore: () => void lists[filter.value].loadMore().catch(() => undefined),
    select(chat) {
      selected.value = chat
      details.value = false
    },
    step: (by) => neighbour(rows.value, selected.value, by),
    dispose: () => {
      for (const stop of stops) stop()
    },
  }
}

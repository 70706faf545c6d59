/** What the agent has in front of them: the list as filtered, the chat that is open, and what is shown around it. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { AgentSDK } from '../sdk/agent/api.ts'
import type {
  Activity,
  Agent,
  Chat,
  ChatListState,
  ConnectionStatus,
  Conversation,
  ConversationState,
  Customer,
} from '../sdk/agent/types.ts'
import { isListed, matches, neighbour, type Row, rowOf } from './chats/rows.ts'
import { type Closing, createClosing } from './closing.ts'
import type { Drafts } from './drafts.ts'
import { createMessages, type Messages } from './messages.ts'
import { createPeeks, type Peeks } from './peeks.ts'
import type { Settings } from './settings.ts'

export type Filter = 'open' | 'all'

export interface OpenChat {
  readonly conversation: Conversation
  readonly state: ReadonlySignal<ConversationState>
}

export interface Desk extends Settings, Closing, Messages {
  readonly me: Agent
  readonly drafts: Drafts
  readonly status: ReadonlySignal<ConnectionStatus>
  readonly filter: Signal<Filter>
  readonly query: Signal<string>
  readonly list: ReadonlySignal<ChatListState>
  /** The rows that pass the filter and the search. */
  readonly rows: ReadonlySignal<readonly Row[]>
  /** What customers are typing right now. */
  readonly peeks: ReadonlySignal<Peeks>
  readonly selected: ReadonlySignal<string | null>
  readonly open: ReadonlySignal<OpenChat | null>
  /** Shown beside a wide conversation always, over a narrow one when asked for. */
  readonly details: Signal<boolean>
  readonly shortcuts: Signal<boolean>
  /** What the agent asked for and did not get, in words. */
  readonly problem: Signal<string | null>
  readonly unreadChats: ReadonlySignal<number>
  /** Whether there is any chat at all, open or closed. */
  readonly anyChats: ReadonlySignal<boolean>
  /** Unix time in ms, moved on every half minute: waiting is shown in minutes. */
  readonly now: ReadonlySignal<number>
  loadMore(): void
  select(chat: string | null): void
  /** The chat one row further, or null at the end. */
  step(by: 1 | -1): string | null
  typing(chat: string, typing: boolean): void
  getCustomer(customer: string): Promise<Customer>
  getActivity(customer: string): Promise<Activity[]>
  /** Calls back with the customer who just did something on the site. Returns the way to stop. */
  onActivity(listener: (customer: string) => void): Stop
  dispose(): void
}

const TICK_MS = 30_000
const RETRY_MS = 3_000

/** Runs when the desk is cleared. */
type Stop = () => void

/** A state that can be subscribed to, as a signal. */
function follow<S>(source: { readonly state: S; subscribe(listener: (state: S) => void): Stop }, stops: Stop[]): ReadonlySignal<S> {
  const state = signal(source.state)
  const update = (next: S) => {
    state.value = next
  }
  stops.push(source.subscribe(update))
  return state
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
function createOpenChat(sdk: AgentSDK, selected: ReadonlySignal<string | null>, stops: Stop[]): ReadonlySignal<OpenChat | null> {
  const open = signal<OpenChat | null>(null)
  const choose = () => {
    const id = selected.value
    open.value = null
    if (id === null) return
    const conversation = sdk.conversation(id)
    const ends = [conversation.open()]
    open.value = { conversation, state: follow(conversation, ends) }
    return () => {
      for (const end of ends) end()
    }
  }
  stops.push(effect(choose))
  return open
}

function createClock(stops: Stop[]): ReadonlySignal<number> {
  const now = signal(Date.now())
  const tick = () => {
    now.value = Date.now()
  }
  const ticking = setInterval(tick, TICK_MS)
  stops.push(() => clearInterval(ticking))
  return now
}

/** Loads once at a time. What failed is tried again after a while, and not as fast as the list asks. */
function createLoader(load: () => Promise<void>, stops: Stop[]): () => void {
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

/** The list behind each filter, and the rows of the chosen one that pass the search. */
function createChats(sdk: AgentSDK, me: string, selected: ReadonlySignal<string | null>, stops: Stop[]) {
  const filter = signal<Filter>('open')
  const query = signal('')
  const states = { open: follow(sdk.openChats, stops), all: follow(sdk.chats, stops) }
  const list = computed(() => states[filter.value].value)
  const rowFor = createRows(me)
  const peeks = createPeeks(sdk, stops)
  const isShown = (chat: Chat) => filter.value === 'all' || isListed(chat) || peeks.value.has(chat.id) || chat.id === selected.value
  const rows = computed(() => {
    const shaped = list.value.chats.filter(isShown).map(rowFor)
    return query.value.trim() === '' ? shaped : shaped.filter((row) => matches(row, query.value))
  })
  const loadMore = createLoader(() => (filter.value === 'open' ? sdk.openChats : sdk.chats).loadMore(), stops)
  const unreadChats = computed(() => states.open.value.chats.filter((chat) => chat.unread_count > 0).length)
  const anyChats = computed(() => states.all.value.total > 0)
  return { filter, query, list, rows, peeks, loadMore, unreadChats, anyChats }
}

/** What one can do in a chat beside its messages. */
function createActions(sdk: AgentSDK) {
  return {
    typing: (chat: string, typing: boolean) => sdk.setTyping(chat, typing),
    getCustomer: (customer: string) => sdk.getCustomer(customer),
    getActivity: (customer: string) => sdk.getCustomerActivity(customer),
    onActivity: (listener: (customer: string) => void) => sdk.on('customer_activity', ({ customer }) => listener(customer)),
  }
}

export function createDesk(sdk: AgentSDK, me: Agent, drafts: Drafts, settings: Settings, first: string | null): Desk {
  const stops: Stop[] = []
  const status = signal(sdk.status)
  const changed = (next: ConnectionStatus) => {
    status.value = next
  }
  stops.push(sdk.on('status', changed))
  const selected = signal(first)
  const details = signal(false)
  const problem = signal<string | null>(null)
  const chats = createChats(sdk, me.id, selected, stops)

  return {
    ...settings,
    ...chats,
    ...createActions(sdk),
    ...createClosing({ sdk, selected, problem, stops }),
    ...createMessages({ sdk, selected, problem, stops }),
    me,
    drafts,
    status,
    selected,
    details,
    problem,
    open: createOpenChat(sdk, selected, stops),
    now: createClock(stops),
    shortcuts: signal(false),
    select(chat) {
      selected.value = chat
      details.value = false
      problem.value = null
    },
    step: (by) => neighbour(chats.rows.value, selected.value, by),
    dispose: () => {
      for (const stop of stops) stop()
    },
  }
}

/** What the agent has in front of them: the list as filtered, the chat that is open, and what is shown around it. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { AgentSDK } from '../sdk/agent/api.ts'
import type { Activity, Agent, ConnectionStatus, Conversation, ConversationState, Customer } from '../sdk/agent/types.ts'
import { attention } from './attention.ts'
import { createListing, type Listing } from './chats/listing.ts'
import { neighbour } from './chats/rows.ts'
import { type Closing, createClosing } from './closing.ts'
import type { Drafts } from './drafts.ts'
import { follow } from './follow.ts'
import { createMentions, type Mentions } from './mentions.ts'
import { createMessages, type Messages } from './messages.ts'
import type { Settings } from './settings.ts'

export interface OpenChat {
  readonly conversation: Conversation
  readonly state: ReadonlySignal<ConversationState>
}

export interface Desk extends Settings, Closing, Messages, Mentions, Listing {
  readonly me: Agent
  readonly drafts: Drafts
  readonly status: ReadonlySignal<ConnectionStatus>
  readonly selected: ReadonlySignal<string | null>
  readonly open: ReadonlySignal<OpenChat | null>
  /** Shown beside a wide conversation always, over a narrow one when asked for. */
  readonly details: Signal<boolean>
  readonly shortcuts: Signal<boolean>
  /** What the agent asked for and did not get, in words. */
  readonly problem: Signal<string | null>
  /** Unix time in ms, moved on every half minute: waiting is shown in minutes. */
  readonly now: ReadonlySignal<number>
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

/** Runs when the desk is cleared. */
type Stop = () => void

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
  const open = createOpenChat(sdk, selected, stops)
  const inSight = computed(() => (attention.value ? (open.value?.state.value ?? null) : null))
  const all = follow(sdk.chats, stops)
  const messages = createMessages({ sdk, selected, problem, stops })
  const mentions = createMentions({ sdk, me: me.id, chats: all, selected, inSight, tell: messages.tell, stops })
  const listing = createListing({ sdk, me: me.id, selected, all, ...mentions, stops })

  return {
    ...settings,
    ...listing,
    ...mentions,
    ...messages,
    ...createActions(sdk),
    ...createClosing({ sdk, selected, problem, stops }),
    me,
    drafts,
    status,
    selected,
    details,
    problem,
    open,
    now: createClock(stops),
    shortcuts: signal(false),
    select(chat) {
      selected.value = chat
      details.value = false
      problem.value = null
    },
    step: (by) => neighbour(listing.rows.value, selected.value, by),
    dispose: () => {
      for (const stop of stops) stop()
    },
  }
}

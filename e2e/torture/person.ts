/** Somebody with a device: the tabs they have open, each with a real SDK in it, and a record of all they did and saw. */
import type { Event } from '../../src/protocol/events.ts'
import type { ChatList, Conversation, ConversationState, TimelineItem } from '../../src/sdk/agent/types.ts'
import type { Device, Tab } from '../../src/testing/environment.ts'
import { turns } from '../../src/testing/turns.ts'

/** What a storm needs of an SDK, whoever's it is. */
export interface Client {
  readonly chats: ChatList
  /** The user's id; null until the server has said it. */
  readonly me: string | null
  /** Null is a chat that starts with its first message; agents have none. */
  conversation(chat: string | null): Conversation
  setSneakPeek?(chat: string, text: string): void
  setTyping?(chat: string, typing: boolean): void
  destroy(): void
}

export type MakeClient = (tab: Tab) => Client

/** One thing somebody said. Its text is said once in the whole storm, so it can be found again anywhere. */
export interface Saying {
  readonly by: string
  readonly text: string
  readonly note: boolean
  /** Nothing that can be stored: it has to fail, and to be seen failing. */
  readonly hopeless: boolean
  /** Whether it was kept before its tab could be killed. */
  kept: boolean
  /** Whether the tab that said it is still open. */
  readonly tab: Tab
  outcome: 'unknown' | 'sent' | 'failed'
  event: Event | null
  error: unknown
}

export interface OpenTab {
  readonly tab: Tab
  readonly client: Client
  readonly conversations: Map<string, Conversation>
  /** Promises of other things that were done in it, which have to settle. */
  readonly pending: Set<string>
}

export class Person {
  readonly name: string
  readonly kind: 'customer' | 'agent'
  readonly device: Device
  readonly sayings: Saying[] = []
  /** What looked wrong while it happened. */
  readonly complaints: string[] = []
  /** Ids of events that were ever shown as sent by this person. */
  readonly shownAsSent = new Map<string, string>()
  readonly #make: MakeClient
  #tabs: OpenTab[] = []
  #said = 0

  constructor(name: string, kind: 'customer' | 'agent', device: Device, make: MakeClient) {
    this.name = name
    this.kind = kind
    this.device = device
    this.#make = make
  }

  get tabs(): readonly OpenTab[] {
    this.#tabs = this.#tabs.filter(({ tab }) => tab.alive)
    return this.#tabs
  }

  openTab(): OpenTab {
    const tab = this.device.open()
    const open = { tab, client: this.#make(tab), conversations: new Map<string, Conversation>(), pending: new Set<string>() }
    this.#tabs.push(open)
    return open
  }

  /** Opens a chat in a tab, or finds it open, and watches what it shows from then on. Null is a chat that is yet to be. */
  look({ client, conversations }: OpenTab, chat: string | null): Conversation {
    const known = chat === null ? undefined : conversations.get(chat)
    if (known) return known
    const conversation = client.conversation(chat)
    conversation.open()
    if (chat !== null) conversations.set(chat, conversation)
    conversation.subscribe((state) => this.#watch(state))
    return conversation
  }

  say({ tab }: OpenTab, conversation: Conversation, { note = false, hopeless = false, padding = '' } = {}): void {
    const text = `${note ? 'NOTE ' : ''}${this.name} says ${++this.#said}${padding}${hopeless ? '\0' : ''}`
    const saying: Saying = { by: this.name, text, note, hopeless, kept: false, tab, outcome: 'unknown', event: null, error: null }
    this.sayings.push(saying)
    conversation.send({ type: 'message', text, ...(note ? { visibility: 'agents' as const } : {}) }).then(
      (event) => Object.assign(saying, { outcome: 'sent', event }),
      (error) => Object.assign(saying, { outcome: 'failed', error }),
    )
  }

  /** What was said and is still in an open tab's memory or on the device by now is kept. */
  async keep(): Promise<void> {
    await turns(2)
    for (const saying of this.sayings) if (saying.tab.alive) saying.kept = true
  }

  /** Does something whose promise must settle once all is well again. */
  expect(tab: OpenTab, what: string, promise: Promise<unknown>): void {
    const entry = `${what} #${++this.#said}`
    tab.pending.add(entry)
    const done = () => void tab.pending.delete(entry)
    promise.then(done, done)
  }

  #watch({ id, items }: ConversationState): void {
    const keys = new Set<string>()
    let last = 0
    for (const item of items) {
      if (keys.has(item.key)) this.complaints.push(`${this.name} saw the key ${item.key} twice in ${id}`)
      keys.add(item.key)
      if (item.seq === null) continue
      if (item.seq <= last) this.complaints.push(`${this.name} saw ${item.seq} after ${last} in ${id}`)
      last = item.seq
      this.#note(item)
    }
  }

  #note(item: TimelineItem): void {
    if (item.kind === 'event' && item.own && item.delivery === 'sent') this.shownAsSent.set(item.event.id, item.event.text ?? '')
  }
}

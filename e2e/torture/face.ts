/** A tab with an SDK as a face has it: conversations, with a watch on all that they show. */
import type { ChatList, Conversation, ConversationState, TimelineItem } from '../../src/sdk/agent/types.ts'
import type { Tab } from '../../src/testing/environment.ts'
import type { OpenTab, Person } from './person.ts'
import type { Saying, Stretch } from './saying.ts'

/** What a storm needs of an SDK, whoever's it is. */
export interface Client {
  readonly chats: ChatList
  /** The user's id; null until the server has said it. */
  readonly me: string | null
  /** Null is a chat that starts with its first message; agents have none. */
  conversation(chat: string | null): Conversation
  setSneakPeek?(chat: string, text: string): void
  /** Any action. */
  ask(action: string, payload: object): Promise<unknown>
  setTyping?(chat: string, typing: boolean): void
}

export class FaceTab implements OpenTab {
  readonly tab: Tab
  readonly client: Client
  readonly conversations = new Map<string, Conversation>()
  readonly pending = new Set<string>()
  readonly stretch: Stretch
  readonly #person: Person

  constructor(person: Person, tab: Tab, client: Client) {
    this.#person = person
    this.tab = tab
    this.client = client
    this.stretch = {
      get owner() {
        return client.me
      },
      over: false,
    }
  }

  get me(): string | null {
    return this.client.me
  }

  chats(): string[] {
    return [...new Set([...this.client.chats.state.chats.map(({ id }) => id), ...this.conversations.keys()])]
  }

  /** Opens a chat, or finds it open, and watches what it shows from then on. Null is a chat that is yet to be. */
  look(chat: string | null): Conversation {
    const known = chat === null ? undefined : this.conversations.get(chat)
    if (known) return known
    const conversation = this.client.conversation(chat)
    conversation.open()
    this.conversations.set(conversation.state.id, conversation)
    conversation.subscribe((state) => this.#watch(state))
    return conversation
  }

  say(chat: string | null, { words, note, refers }: Saying) {
    const conversation = this.look(chat)
    const done = conversation.send({ type: 'message', text: words, ...refers, ...(note ? { visibility: 'agents' as const } : {}) })
    return { chat: conversation.state.id, done }
  }

  close = (chat: string) => this.look(chat).close()
  older = (chat: string) => this.look(chat).loadOlder()
  seen = async (chat: string) => this.look(chat).markSeen()

  ask = (action: string, payload: object) => this.client.ask(action, payload)

  peek(chat: string, text: string): void {
    this.client.setSneakPeek?.(chat, text)
    this.client.setTyping?.(chat, text.length % 2 === 0)
  }

  shown(chat: string) {
    const { id, provisional, thread, items } = this.look(chat).state
    if (provisional) return null
    const events = items.flatMap((item) => (item.kind === 'event' && item.seq !== null ? [item.event] : []))
    return { id, thread: thread?.id ?? null, events: events.map((event) => ({ id: event.id, thread: event.thread_id })) }
  }

  showsFailed(words: string): boolean {
    const isIt = (item: TimelineItem) => item.kind === 'event' && item.event.text === words && item.delivery === 'failed'
    return [...this.conversations.values()].some(({ state }) => state.items.some(isIt))
  }

  #watch({ id, items }: ConversationState): void {
    const { name, complaints } = this.#person
    const keys = new Set<string>()
    let last = 0
    for (const item of items) {
      if (keys.has(item.key)) complaints.push(`${name} saw the key ${item.key} twice in ${id}`)
      keys.add(item.key)
      if (item.seq === null) continue
      if (item.seq <= last) complaints.push(`${name} saw ${item.seq} after ${last} in ${id}`)
      last = item.seq
      this.#note(item)
    }
  }

  #note(item: TimelineItem): void {
    if (item.kind === 'event' && item.own && item.delivery === 'sent') this.#person.shownAsSent.set(item.event.id, item.event.text ?? '')
  }
}

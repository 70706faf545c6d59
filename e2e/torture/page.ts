/** A tab with the SDK's public members, and a record of all that it tells: what a page could show, and whose it was. */
import type { CustomerSDK } from '../../src/sdk/customer/api.ts'
import type { ChatEvent, ChatsSummary, EventName } from '../../src/sdk/customer/types.ts'
import type { Tab } from '../../src/testing/environment.ts'
import type { OpenTab, Person } from './person.ts'
import type { Saying, Stretch } from './saying.ts'

/** All that a page was told while it was one customer's. */
export interface Era extends Stretch {
  owner: string | null
  over: boolean
  /** Events by their names, answers by what was asked, oldest first. */
  readonly told: [name: string, data: unknown][]
  /** Chats it knows of, by their ids or provisional ones, each with the events of it that were told or answered. */
  readonly chats: Map<string, ChatEvent[]>
  /** Ids of events that came as an answer. */
  readonly answered: Set<string>
}

/** What a page finds when it reads everything anew. */
export interface Found {
  readonly summary: ChatsSummary
  readonly histories: ReadonlyMap<string, readonly ChatEvent[]>
}

type Sending = Promise<ChatEvent> & { cancel(): void }

const newEra = (): Era => ({ owner: null, over: false, told: [], chats: new Map(), answered: new Set() })

export class PageTab implements OpenTab {
  readonly tab: Tab
  readonly sdk: CustomerSDK
  readonly eras: Era[] = [newEra()]
  readonly pending = new Set<string>()
  /** Files that are being sent. */
  readonly sendings = new Map<Saying, Sending>()
  found: Found | null = null
  readonly #person: Person
  readonly #histories = new Map<string, ReturnType<CustomerSDK['getChatHistory']>>()

  constructor(person: Person, tab: Tab, sdk: CustomerSDK) {
    this.#person = person
    this.tab = tab
    this.sdk = sdk
    sdk.on('*', (name, data) => this.#hear(name, data))
  }

  get stretch(): Era {
    return this.eras.at(-1) as Era
  }

  get me(): string | null {
    return this.stretch.owner
  }

  chats(): string[] {
    return [...this.stretch.chats.keys()]
  }

  look = (chat: string) => void this.#person.expect(this, 'look', this.#asked('getChat', this.sdk.getChat(chat)))

  say(chat: string | null, saying: Saying): { chat: string; done: Promise<ChatEvent | null> } {
    const { words: text, customId } = saying
    const event = { text, ...(customId !== null && { customId }) }
    if (chat !== null) return { chat, done: this.#answered(chat, this.sdk.sendMessage(chat, event)) }
    const started = this.sdk.startChat({ events: [{ type: 'message', ...event }] })
    const era = this.stretch
    era.chats.set(started.provisionalId, [])
    const done = this.#asked('startChat', started).then(({ id }) => {
      era.chats.set(id, era.chats.get(id) ?? [])
      // The answer tells of the chat alone.
      return null
    })
    return { chat: started.provisionalId, done }
  }

  sendFile(chat: string, saying: Saying, cancelAt: number): Sending {
    const { words, bytes, customId } = saying
    const file = new File([bytes as Uint8Array<ArrayBuffer>], words)
    const sending = this.sdk.sendFile(
      chat,
      { file, ...(customId !== null && { customId }) },
      { onProgress: (part) => void (part >= cancelAt && sending.cancel()) },
    )
    this.sendings.set(saying, sending)
    const done = () => void this.sendings.delete(saying)
    sending.then(done, done)
    return Object.assign(this.#answered(chat, sending), { cancel: () => sending.cancel() })
  }

  close = (chat: string) => this.sdk.closeThread(chat)
  seen = (chat: string) => this.#asked('updateLastSeenTimestamp', this.sdk.updateLastSeenTimestamp(chat))
  peek = (chat: string, text: string) => this.sdk.setSneakPeek(chat, text)

  older(chat: string): Promise<unknown> {
    const history = this.#histories.get(chat) ?? this.sdk.getChatHistory(chat)
    this.#histories.set(chat, history)
    return this.#asked('getChatHistory', history.next())
  }

  shown(chat: string) {
    const events = this.stretch.chats.get(chat) ?? []
    return chat.startsWith('local_') ? null : { id: chat, thread: events.at(-1)?.thread ?? null, events }
  }

  /** Reads everything anew. */
  async survey(): Promise<void> {
    const summary = await this.#asked('getChatsSummary', this.sdk.getChatsSummary({ limit: 25 }))
    const histories = new Map<string, ChatEvent[]>()
    for (const { id } of summary.chatsSummary) {
      const events: ChatEvent[] = []
      for await (const page of this.sdk.getChatHistory(id)) events.unshift(...page)
      histories.set(id, events)
    }
    this.found = { summary, histories }
  }

  #hear(name: EventName, data: unknown): void {
    const { name: who, complaints } = this.#person
    if (name === 'disconnected' && data === 'identity_changed') {
      this.stretch.over = true
      this.#histories.clear()
      this.eras.push(newEra())
      return
    }
    const era = this.stretch
    era.told.push([name, data])
    if (name === 'customer_id') {
      if (era.owner !== null) complaints.push(`[IDN8] ${who} is told to be ${data}, and is ${era.owner}`)
      era.owner = String(data)
    }
    if (name === 'new_event') {
      const { chat, event } = data as { chat: string; event: ChatEvent }
      this.#keep(era, chat, event)
    }
    if (name === 'connected' || name === 'connection_restored')
      for (const { id } of (data as ChatsSummary).chatsSummary) era.chats.set(id, era.chats.get(id) ?? [])
  }

  #keep(era: Era, chat: string, event: ChatEvent): void {
    era.chats.set(chat, [...(era.chats.get(chat) ?? []), event])
  }

  /** What is answered is told to whoever asked, who was the customer then. */
  async #asked<T>(name: string, promise: Promise<T>): Promise<T> {
    const era = this.stretch
    const answer = await promise
    era.told.push([name, answer])
    return answer
  }

  async #answered(chat: string, promise: Promise<ChatEvent>): Promise<ChatEvent> {
    const era = this.stretch
    const event = await this.#asked('sent', promise)
    era.answered.add(event.id)
    if (!chat.startsWith('local_')) this.#keep(era, chat, event)
    return event
  }
}

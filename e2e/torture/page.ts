/** A tab with the SDK's public members, and a record of all that it tells: what a page could show, and whose it was. */
import type { CustomerSDK } from '../../src/sdk/customer/api.ts'
import type { ChatEvent, ChatsSummary, EventName } from '../../src/sdk/customer/types.ts'
import { type RichSDK, rich } from '../../src/sdk/rich/index.ts'
import type { EventChanges } from '../../src/sdk/rich/types.ts'
import type { Tab } from '../../src/testing/environment.ts'
import { Folded } from './folded.ts'
import type { OpenTab, Person, Reference } from './person.ts'
import type { Saying, Stretch } from './saying.ts'

/** All that a page was told while it was one customer's. */
export interface Era extends Stretch {
  owner: string | null
  over: boolean
  /** Events by their names, answers by what was asked, oldest first. */
  readonly told: [name: string, data: unknown][]
  /** Chats it knows of, by their ids or provisional ones, each with the events of it that were told or answered. */
  readonly chats: Map<string, ChatEvent[]>
  readonly folded: Folded
  /** Ids of events that came as an answer. */
  readonly answered: Set<string>
}

/** What a page finds when it reads everything anew. */
export interface Found {
  readonly summary: ChatsSummary
  readonly histories: ReadonlyMap<string, readonly ChatEvent[]>
}

type Sending = Promise<ChatEvent> & { cancel(): void }

type Altering = { readonly chat_id: string; readonly event_id: string; readonly emoji: string } & EventChanges
/** What the extension has for an action. */
const MEMBERS: Readonly<Record<string, (rich: RichSDK<CustomerSDK, ChatEvent>, asked: Altering) => Promise<unknown>>> = {
  add_reaction: (rich, { chat_id, event_id, emoji }) => rich.addReaction(chat_id, event_id, emoji),
  remove_reaction: (rich, { chat_id, event_id, emoji }) => rich.removeReaction(chat_id, event_id, emoji),
  edit_event: (rich, { chat_id, event_id, ...changes }) => rich.editEvent(chat_id, event_id, changes),
  delete_event: (rich, { chat_id, event_id }) => rich.deleteEvent(chat_id, event_id),
}

const newEra = (): Era => ({ owner: null, over: false, told: [], chats: new Map(), folded: new Folded(), answered: new Set() })

export class PageTab implements OpenTab {
  readonly tab: Tab
  readonly sdk: CustomerSDK
  readonly rich: RichSDK<CustomerSDK, ChatEvent>
  readonly eras: Era[] = [newEra()]
  readonly pending = new Set<string>()
  /** Files that are being sent. */
  readonly sendings = new Map<Saying, Sending>()
  found: Found | null = null
  readonly #person: Person
  #asks = 0
  readonly #histories = new Map<string, ReturnType<CustomerSDK['getChatHistory']>>()

  constructor(person: Person, tab: Tab, sdk: CustomerSDK) {
    this.#person = person
    this.tab = tab
    this.sdk = sdk
    sdk.on('*', (name, data) => this.#hear(name, data))
    this.rich = rich(sdk)
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
    const { words: text, customId, refers } = saying
    const event = { text, ...(customId !== null && { customId }) }
    if (chat !== null) return { chat, done: this.#answered(chat, this.#send(chat, event, refers)) }
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

  #send(chat: string, event: { text: string; customId?: string }, refers: Reference): Promise<ChatEvent> {
    if (Object.keys(refers).length === 0) return this.sdk.sendMessage(chat, event)
    const { reply_to_id: replyTo, quoted_event_id: quotes, mentions } = refers
    return this.rich.sendMessage(chat, {
      ...event,
      ...(replyTo && { replyTo }),
      ...(quotes && { quotes }),
      ...(mentions && { mentions: [...mentions] }),
    })
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

  /** Every other time by the member that there is for it. */
  ask(action: string, payload: object): Promise<unknown> {
    const member = this.#asks++ % 2 === 0 ? MEMBERS[action] : undefined
    return member?.(this.rich, payload as Parameters<typeof member>[1]) ?? this.sdk.request(action, payload)
  }

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
    era.folded.hear(name, data)
    if (name === 'customer_id') {
      if (era.owner !== null) complaints.push(`[IDN8] ${who} is told to be ${data}, and is ${era.owner}`)
      era.owner = String(data)
    }
    if (name === 'new_event') {
      const { chat, event } = data as { chat: string; event: ChatEvent }
      this.#keep(era, chat, event)
    }
    if (name === 'connected' || name === 'connection_restored') this.#list(era, data as ChatsSummary)
    const { chat } = (data ?? {}) as { chat?: string }
    if (name === 'user_chat_added' && chat) era.chats.set(chat, era.chats.get(chat) ?? [])
    if (chat && (name === 'user_chat_removed' || name === 'chat_deleted')) era.chats.delete(chat)
  }

  /** A chat that is not among them is theirs no more. */
  #list(era: Era, { chatsSummary }: ChatsSummary): void {
    for (const { id } of chatsSummary) era.chats.set(id, era.chats.get(id) ?? [])
    for (const id of era.chats.keys())
      if (!id.startsWith('local_') && chatsSummary.every((chat) => chat.id !== id)) {
        era.chats.delete(id)
        era.folded.chats.delete(id)
      }
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
    era.folded.answered(chat, event)
    if (!chat.startsWith('local_')) this.#keep(era, chat, event)
    return event
  }
}

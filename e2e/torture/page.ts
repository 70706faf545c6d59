/** A tab with the SDK's public members, and a record of all that it tells: what a page could show, and whose it was. */
import type { CustomerSDK } from '../../src/sdk/customer/api.ts'
import type { ChatEvent, ChatsSummary, EventName } from '../../src/sdk/customer/types.ts'
import { type ChatList, rich } from '../../src/sdk/rich/index.ts'
import type { Tab } from '../../src/testing/environment.ts'
import { type Era, type Found, listed, MEMBERS, newEra, type RichPage } from './era.ts'
import type { OpenTab, Person, Reference } from './person.ts'
import type { Saying } from './saying.ts'

type Sending = Promise<ChatEvent> & { cancel(): void }

export class PageTab implements OpenTab {
  readonly tab: Tab
  readonly sdk: CustomerSDK
  readonly rich: RichPage
  /** Of some pages. */
  readonly list: ChatList | null = null
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
    this.rich.on('user_mentioned', ({ event }) => void this.stretch.mentioned.add(event))
    this.rich.on('presence', (told) => void this.stretch.told.push(['presence', told]))
    if (person.everyTab.length % 2 === 0) this.list = this.rich.chatList()
    this.list?.subscribe((state) => void this.stretch.told.push(['chat list', state]))
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
    if (name === 'connected' || name === 'connection_restored') listed(era, data as ChatsSummary)
    const { chat } = (data ?? {}) as { chat?: string }
    if (name === 'user_chat_added' && chat) era.chats.set(chat, era.chats.get(chat) ?? [])
    if (chat && (name === 'user_chat_removed' || name === 'chat_deleted')) era.chats.delete(chat)
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

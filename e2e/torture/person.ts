/** Somebody with a device: the tabs they have open, each with a real SDK in it, and a record of all they did and saw. */
import type { Principal } from '../../src/server/domain/context.ts'
import type { Device, Tab } from '../../src/testing/environment.ts'
import type { Founded } from '../../src/testing/factories.ts'
import { turns } from '../../src/testing/turns.ts'
import type { FaceTab } from './face.ts'
import type { PageTab } from './page.ts'
import type { Acknowledged, Saying, Stretch } from './saying.ts'

/**
 * - `agent`: answers, in the face of agents.
 * - `visitor`: whoever the device says, in the face of customers and on pages with the public SDK.
 * - `member`: signs in and out on pages, which tell the SDK.
 * - `guest`: the same, where the SDK asks the page.
 */
export type Role = 'agent' | 'visitor' | 'member' | 'guest'

/** A tab with an SDK in it, as a storm drives it, whichever SDK it is. */
export interface OpenTab {
  readonly tab: Tab
  /** Promises of other things that were done in it, which have to settle. */
  readonly pending: Set<string>
  readonly stretch: Stretch
  readonly me: string | null
  /** Chats it knows of, by their ids or provisional ones. */
  chats(): string[]
  look(chat: string): unknown
  /** Into a chat, or by beginning one. */
  say(chat: string | null, saying: Saying): { readonly chat: string; readonly done: Promise<Acknowledged | null> }
  close(chat: string): Promise<unknown>
  seen(chat: string): Promise<unknown>
  older(chat: string): Promise<unknown>
  peek(chat: string, text: string): void
  /** Any action, by what the SDK has for it. */
  ask(action: string, payload: object): Promise<unknown>
  /** Null while the chat is none yet. */
  shown(chat: string): Shown | null
}

/** How tabs are opened. Agents have no page. */
export interface Ways {
  face(person: Person, tab: Tab): FaceTab
  page(person: Person, tab: Tab): PageTab
}

/** As much of a chat as is shown. */
export interface Shown {
  readonly id: string
  readonly thread: string | null
  readonly events: readonly { readonly id: string; readonly thread: string }[]
}

/** What a message refers to. */
export interface Reference {
  readonly reply_to_id?: string
  readonly quoted_event_id?: string
  readonly mentions?: string[]
}

export interface Manner {
  readonly note?: boolean
  readonly refers?: Reference
  readonly hopeless?: boolean
  readonly padding?: string
  readonly customId?: boolean
}

export class Person {
  readonly name: string
  readonly role: Role
  /** The organization. */
  readonly house: Founded
  readonly device: Device
  readonly sayings: Saying[] = []
  /** What looked wrong while it happened. */
  readonly complaints: string[] = []
  /** Events that were ever shown as sent by this person, by their ids. */
  readonly shownAsSent = new Map<string, string>()
  /** What was answered to be in the log. */
  readonly promised: Promised[] = []
  /** Under whose names the device has ever kept what was said, by its words. */
  readonly keptAs = new Map<string, Set<string>>()
  /** Also those that are gone. */
  readonly everyTab: OpenTab[] = []
  /** Customers who were here when all was well, and had the time to send what they had said. */
  readonly home = new Set<string>()
  /** Who is signed in with the page's own back end. */
  user: string | null = null
  readonly #ways: Ways
  #did = 0

  constructor(name: string, role: Role, house: Founded, device: Device, ways: Ways) {
    this.name = name
    this.role = role
    this.house = house
    this.device = device
    this.#ways = ways
  }

  get kind(): 'customer' | 'agent' {
    return this.role === 'agent' ? 'agent' : 'customer'
  }

  /** Who they are to the server, as a tab of theirs says. */
  principal({ me }: OpenTab): Principal {
    return { type: this.kind, id: me ?? '', organization_id: this.house.organization_id }
  }

  get switches(): boolean {
    return this.role === 'member' || this.role === 'guest'
  }

  get tabs(): readonly OpenTab[] {
    return this.everyTab.filter(({ tab }) => tab.alive)
  }

  /** Those in which something can be done. */
  get awake(): readonly OpenTab[] {
    return this.tabs.filter(({ tab }) => !tab.frozen)
  }

  openTab(): OpenTab {
    if (this.switches) return this.openPage()
    const isFace = this.role === 'agent' || this.device.options.random.chance(0.5)
    return isFace ? this.openFace() : this.openPage()
  }

  openFace = () => this.#keepOpen(this.#ways.face(this, this.device.open()))
  openPage = () => this.#keepOpen(this.#ways.page(this, this.device.open()))

  #keepOpen<T extends OpenTab>(open: T): T {
    this.everyTab.push(open)
    return open
  }

  /** Says something in a tab; returns the chat in which that is. */
  say(open: OpenTab, chat: string | null, manner: Manner = {}): string {
    const { note = false, hopeless = false, padding = '', customId = false, refers = {} } = manner
    const words = `${note ? 'NOTE ' : ''}${this.words('says')}${padding}${hopeless ? '\0' : ''}`
    const saying = this.saying(open, chat, { words, note, hopeless, refers, customId: customId ? `say-${this.name}-${this.#did}` : null })
    const said = open.say(chat, saying)
    settle(saying, said.done)
    return said.chat
  }

  /** Words that nobody has used. */
  words(verb: 'says' | 'edits'): string {
    return `${this.name} ${verb} ${++this.#did}`
  }

  /** A file of so many bytes, none of which another has in the same place. */
  file(open: OpenTab, chat: string, size: number, customId: boolean): Saying {
    const words = `${this.name} sends ${++this.#did}.bin`.replaceAll(' ', '-')
    const bytes = new Uint8Array(Buffer.alloc(size, `${words};`))
    return this.saying(open, chat, { words, bytes, customId: customId ? `file-${this.#did}` : null })
  }

  saying({ tab, stretch }: OpenTab, chat: string | null, what: Partial<Saying> & Pick<Saying, 'words'>): Saying {
    const kinds = { note: false, hopeless: false, bytes: null, customId: null, again: false, refers: {} }
    const fate = { kept: false, outcome: 'unknown', event: null, error: null } as const
    const saying: Saying = { ...kinds, ...fate, by: this.name, tab, stretch, chat, ...what }
    this.sayings.push(saying)
    return saying
  }

  /** What was said and is still in an open tab's memory or on the device by now is kept. Of a file only its event is. */
  async keep(): Promise<void> {
    await turns(2)
    for (const saying of this.sayings) if (saying.tab.alive && !saying.bytes) saying.kept = true
    this.#lookIntoTheCupboard()
  }

  #lookIntoTheCupboard(): void {
    const { cupboard } = this.device
    for (const key of cupboard.keys().filter((name) => name.includes('/customer/rtm'))) {
      const kept = cupboard.peek(key) as { entries?: unknown } | readonly unknown[] | undefined
      const rows = (Array.isArray(kept) ? kept : ((kept as { entries?: unknown })?.entries ?? [])) as readonly Row[]
      for (const { by, events } of rows) for (const event of events) this.#noteRow(by, event)
      if (JSON.stringify(kept)?.includes('eyJ')) this.complaints.push(`[IDN7] ${this.name} keeps a token in ${key}`)
    }
  }

  #noteRow(by: string, { text, custom_id }: Row['events'][number]): void {
    const words = text ?? this.sayings.find(({ bytes, customId }) => bytes && customId === custom_id)?.words
    if (words !== undefined) this.keptAs.set(words, (this.keptAs.get(words) ?? new Set()).add(by))
  }

  /** Does something whose answer names entries, which have to be in the log. */
  promise(open: OpenTab, what: string, answer: Promise<unknown>): void {
    this.expect(open, what, answer)
    answer.then(
      (given) => void this.promised.push(...entriesOf(given)),
      () => {},
    )
  }

  /** Does something whose promise must settle once all is well again. */
  expect(open: OpenTab, what: string, promise: Promise<unknown>): void {
    const entry = `${what} #${++this.#did}`
    open.pending.add(entry)
    const done = () => void open.pending.delete(entry)
    promise.then(done, done)
  }
}

/** An entry as an answer names it. */
export interface Promised {
  readonly action: string
  readonly chat_id: string
  readonly seq: number
}

interface Telling {
  readonly action: string
  readonly payload: Omit<Promised, 'action'>
}

/** Answers of members are in shapes of their own. */
const entriesOf = (answer: unknown): Promised[] => {
  const { entries } = (answer ?? {}) as { entries?: readonly Telling[] }
  return Array.isArray(entries) ? (entries as Telling[]).map(({ action, payload: { chat_id, seq } }) => ({ action, chat_id, seq })) : []
}

interface Row {
  readonly by: string
  readonly events: readonly { readonly text?: string; readonly custom_id?: string }[]
}

/** Notes what becomes of it. What was sent once stays sent. */
export function settle(saying: Saying, done: Promise<Acknowledged | null>): void {
  done.then(
    (event) => Object.assign(saying, { outcome: 'sent', event }),
    (error) => saying.outcome !== 'sent' && Object.assign(saying, { outcome: 'failed', error }),
  )
}

/** All that was ever said, by the events that it became: noted as it is committed, since of what is edited or deleted nothing is left in the end. */
import type { Change, Committed } from '../../src/server/store/change.ts'
import type { Audience, ChatRow, EventRow } from '../../src/server/store/rows.ts'
import type { FinalChat } from './log.ts'
import { textOf } from './log.ts'

/** An event as far as somebody needs to know of it who refers to it. */
export interface Noted {
  readonly id: string
  readonly chat_id: string
  readonly thread_id: string
  readonly author_id: string | null
  readonly audience: Audience
  readonly seq_agents: number
  /** All that it ever said, the first first. */
  readonly texts: string[]
  deleted: boolean
  /** Whom it names. */
  mentions: readonly string[]
}

/** A chat, and everyone who is or was in it. */
export interface NotedChat {
  readonly row: ChatRow
  readonly users: Set<string>
}

/** What is said, edited or sent is known again by these words, wherever they stand. */
const WORDS = /\b(?:customer|agent|ghost)[ -]\d+[ -](?:says|edits|sends)[ -]\d+/g

/** Each once. */
export const wordsIn = (text: string): string[] => [...new Set(text.match(WORDS))]

export class Ledger {
  readonly events = new Map<string, Noted>()
  readonly chats = new Map<string, NotedChat>()
  /** What was sent and should not have been. */
  readonly complaints: string[] = []
  /** Words that nothing may tell any more. */
  readonly #gone = new Set<string>()
  /** The same of what was committed since the server last came to rest: what was shaped just before is on its way out. */
  readonly #going = new Set<string>()

  ofChat(chat_id: string): Noted[] {
    return [...this.events.values()].filter((event) => event.chat_id === chat_id)
  }

  /** What the event said when it was sent. */
  wordsOf(row: EventRow): string {
    return this.events.get(row.id)?.texts[0] ?? textOf(row)
  }

  /** Those who were let in, with the history of the chat or without. */
  readonly comings: { readonly chat_id: string; readonly user_id: string; readonly seq_agents: number; readonly history: boolean }[] = []

  committed({ entries, chat, audience, replayed }: Committed, { writes }: Change): void {
    for (const write of replayed ? [] : writes) {
      const entry = write.write === 'add_user' && entries.find(({ kind, user_id }) => kind === 'user_added' && user_id === write.user_id)
      if (entry) this.comings.push({ chat_id: write.chat_id, user_id: write.user_id, seq_agents: entry.seq_agents, history: write.history })
    }
    if (chat) this.#noteChat(chat, audience?.members.map(({ user_id }) => user_id) ?? [])
    for (const { event } of entries) if (event) this.#note(event)
  }

  /** As the disk has it: of what was committed when the server died nobody was told. */
  read(chats: readonly FinalChat[]): void {
    for (const { row, stays, entries } of chats) {
      this.#noteChat(row, [...stays.keys()])
      for (const { event } of entries) if (event) this.#note(event)
    }
  }

  /** Something leaves the server. */
  sent(text: string): void {
    const [word] = wordsIn(text).filter((one) => this.#gone.has(one))
    if (word) this.complaints.push(`[EDT4] "${word}" was gone, and is sent in ${text.slice(0, 400)}`)
  }

  isGone(word: string): boolean {
    return this.#gone.has(word)
  }

  /** The server came to rest. */
  rest(): void {
    for (const word of this.#going) this.#gone.add(word)
    this.#going.clear()
  }

  #noteChat(row: ChatRow, users: readonly string[]): void {
    this.chats.set(row.id, { row, users: new Set([...(this.chats.get(row.id)?.users ?? []), ...users]) })
  }

  #note(row: EventRow): void {
    const { id, chat_id, thread_id, author_id, audience, seq_agents } = row
    const mentions = row.mentions ?? []
    const text = textOf(row)
    const known = this.events.get(id)
    const isUntouched = row.edited_at === null && row.deleted_at === null
    // An id is given again where what had it was lost.
    if (!known || (isUntouched && known.texts[0] !== text))
      this.events.set(id, {
        id,
        chat_id,
        thread_id,
        author_id,
        audience,
        seq_agents,
        texts: [text],
        deleted: row.deleted_at !== null,
        mentions,
      })
    else this.#alter(known, text, row)
  }

  #alter(known: Noted, text: string, { deleted_at, mentions }: EventRow): void {
    const deleted = deleted_at !== null
    known.mentions = mentions ?? []
    if (!deleted && text !== known.texts.at(-1)) known.texts.push(text)
    known.deleted ||= deleted
    for (const said of deleted ? known.texts : known.texts.slice(0, -1)) for (const word of wordsIn(said)) this.#going.add(word)
  }
}

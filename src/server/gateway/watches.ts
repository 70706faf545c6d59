/** What sockets of one organization in this process want to know: who of a chat is there, and who comes and goes (PRE3, PRE4). */
import { MAX_PRESENCE_CHATS } from '../../protocol/limits.ts'
import type { BusMessage } from '../bus/bus.ts'
import type { Online } from '../domain/context.ts'
import type { LogEntry } from '../store/change.ts'
import { Informant } from './informant.ts'
import type { Parts } from './parts.ts'
import type { Receiver, Sockets } from './sockets.ts'
import { WatchedChat } from './watched-chat.ts'
import { Whereabouts } from './whereabouts.ts'

/** After these the users of a chat may be others. */
const MOVES: readonly LogEntry['kind'][] = ['user_added', 'user_removed', 'chat_deleted']

type Word = Extract<BusMessage, { kind: 'presence_asked' | 'presence_told' }>

export class Watches {
  readonly #organization: string
  readonly #sockets: Sockets
  readonly #parts: Parts
  readonly #whereabouts: Whereabouts
  readonly #informant: Informant
  readonly #chats = new Map<string, WatchedChat>()
  /** The chats that a socket has asked about, the one longest ago first. Of some of them it may hear no more. */
  readonly #asked = new Map<Receiver, Set<string>>()

  constructor(organization: string, process: string, sockets: Sockets, parts: Parts) {
    this.#organization = organization
    this.#sockets = sockets
    this.#parts = parts
    this.#whereabouts = new Whereabouts(organization, process, sockets, parts)
    this.#informant = new Informant(organization, process, sockets, parts)
  }

  /** Whoever asks over a socket watches from here on, and is told once the request is answered (`begin`). */
  look(chat_id: string, receiver: Receiver | null): Promise<readonly Online[]> {
    const chat = this.#chats.get(chat_id) ?? this.#open(chat_id)
    return chat.attend(async () => {
      if (receiver) this.#watch(chat, receiver)
      await chat.look()
      await this.#whereabouts.answered()
      return chat.online
    })
  }

  begin(chat_id: string, receiver: Receiver): readonly Online[] | null {
    return this.#chats.get(chat_id)?.begin(receiver) ?? null
  }

  /** What was told of a chat. */
  moved(chat_id: string, entries: readonly LogEntry[]): void {
    if (entries.some(({ kind }) => MOVES.includes(kind))) this.#chats.get(chat_id)?.changed()
  }

  /** The first socket of the user came to this process, or the last one went. */
  changed(user_id: string): void {
    this.#whereabouts.changed(user_id)
    this.#informant.changed(user_id)
  }

  forget(receiver: Receiver): void {
    const asked = this.#asked.get(receiver)
    if (!asked) return
    this.#asked.delete(receiver)
    for (const chat_id of asked) this.#chats.get(chat_id)?.remove(receiver)
  }

  hear(word: Word): void {
    if (word.kind === 'presence_asked') this.#informant.hear(word)
    else this.#whereabouts.hear(word)
  }

  /** There is a process that may not have heard what was asked. */
  askAgain(): void {
    this.#whereabouts.askAgain()
  }

  close(): void {
    this.#whereabouts.close()
    this.#informant.close()
  }

  #open(chat_id: string): WatchedChat {
    const over = () => {
      if (this.#chats.get(chat_id) === chat) this.#chats.delete(chat_id)
    }
    const chat = new WatchedChat(chat_id, this.#organization, this.#parts, this.#whereabouts, over)
    this.#chats.set(chat_id, chat)
    return chat
  }

  #watch(chat: WatchedChat, receiver: Receiver): void {
    // It may have ended while its request was looked at.
    if (!this.#sockets.of(receiver.reader.user_id).has(receiver)) return
    const asked = this.#asked.get(receiver) ?? new Set()
    this.#asked.set(receiver, asked)
    asked.delete(chat.id)
    asked.add(chat.id)
    chat.add(receiver)
    const [oldest] = asked
    if (asked.size <= MAX_PRESENCE_CHATS || oldest === undefined) return
    asked.delete(oldest)
    this.#chats.get(oldest)?.remove(receiver)
  }
}

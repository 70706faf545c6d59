/** The messages that bots are writing by way of this process: what each of them does is told, and stored (BOT3). */
import type { PushPayload } from '../../protocol/pushes.ts'
import type { Streams as Carrying } from '../domain/context.ts'
import { stepOf } from '../domain/streams.ts'
import type { Committed, LogEntry } from '../store/change.ts'
import type { ChatRow, EventRow } from '../store/rows.ts'
import type { Dispatcher } from './dispatch.ts'
import type { Fanout } from './fanout.ts'
import { LiveStream, type Piece } from './live-stream.ts'
import type { Parts } from './parts.ts'

type Chat = Pick<ChatRow, 'id' | 'kind' | 'organization_id'>

/** The end of one may not be heard: those that were heard of longest ago are forgotten. */
const MAX_OVERHEARD = 1000

interface Carried {
  readonly chat: Chat
  readonly stream: LiveStream
  /** What was told last, after which the next is. */
  tail: Promise<void>
}

export class Streams implements Carrying {
  readonly #parts: Parts
  readonly #dispatcher: Dispatcher
  readonly #fanout: Fanout
  readonly #carried = new Map<string, Carried>()
  /** The texts of those that other processes carry, as far as they were heard. */
  readonly #overheard = new Map<string, string>()

  constructor(parts: Parts, dispatcher: Dispatcher, fanout: Fanout) {
    this.#parts = parts
    this.#dispatcher = dispatcher
    this.#fanout = fanout
  }

  of(event_id: string): LiveStream | null {
    return this.#carried.get(event_id)?.stream ?? null
  }

  textOf(event_id: string): string | null {
    return this.of(event_id)?.text ?? this.#overheard.get(event_id) ?? null
  }

  carry(chat: ChatRow, event: EventRow): void {
    this.#forget(event.id)
    const { id, kind, organization_id } = chat
    const stream = new LiveStream(event, {
      clock: this.#parts.clock,
      tell: (_, piece) => this.#tell(event.id, piece),
      store: (of, ends) => this.#store(of, ends),
      over: () => this.#forget(event.id),
    })
    this.#carried.set(event.id, { chat: { id, kind, organization_id }, stream, tail: Promise.resolve() })
  }

  grow(event_id: string, text: string): void {
    this.#carried.get(event_id)?.stream.grow(text)
  }

  /** Whatever was committed, by whatever process: what has ended is not gone on with. */
  heard(entries: readonly LogEntry[]): void {
    for (const { kind, chat_id, event, user_id } of entries) {
      if (event && event.streaming_at !== null) this.#overhear(event.id, event.text ?? '')
      else if (event) this.#forget(event.id)
      if (kind === 'chat_deleted' || kind === 'user_removed') this.#leave(chat_id, kind === 'user_removed' ? user_id : null)
    }
  }

  /** A piece that whatever process has told. */
  overheard({ event_id, offset, text }: PushPayload<'incoming_event_piece'>): void {
    const before = this.#overheard.get(event_id)
    if (before !== undefined && before.length >= offset) this.#overhear(event_id, before.slice(0, offset) + text)
  }

  /** The process is about to end: whoever goes on with them has all that there is. */
  async close(): Promise<void> {
    await Promise.all([...this.#carried.values()].map(({ stream }) => stream.rest()))
    for (const id of [...this.#carried.keys()]) this.#forget(id)
  }

  /** Null stands for everybody. */
  #leave(chat_id: string, user_id: string | null): void {
    for (const [id, { chat, stream }] of this.#carried) {
      if (chat.id !== chat_id || (user_id !== null && stream.event.author_id !== user_id)) continue
      if (user_id !== null) void this.#store(stream, true)
      this.#forget(id)
    }
  }

  #overhear(event_id: string, text: string): void {
    const before = this.#overheard.get(event_id)
    if (this.#carried.has(event_id) || (before !== undefined && before.length >= text.length)) return
    this.#overheard.delete(event_id)
    this.#overheard.set(event_id, text)
    if (this.#overheard.size <= MAX_OVERHEARD) return
    const [longestAgo = ''] = this.#overheard.keys()
    this.#overheard.delete(longestAgo)
  }

  #forget(event_id: string): void {
    this.#overheard.delete(event_id)
    this.#carried.get(event_id)?.stream.end()
    this.#carried.delete(event_id)
  }

  /** In the order in which it was said, to who is in the chat just then, and was when the message came (RPL4). */
  #tell(event_id: string, piece: Piece): void {
    const carried = this.#carried.get(event_id)
    if (!carried) return
    const { chat, stream } = carried
    const { thread_id, author_id, audience, seq_agents } = stream.event
    const tell = async () => {
      const stays = chat.kind === 'support' ? null : await this.#parts.store.presentStays(chat.id)
      const members = stays?.filter(({ from_agents }) => from_agents <= seq_agents) ?? (await this.#parts.store.present(chat.id))
      // It may have been deleted meanwhile.
      if (this.#carried.get(event_id) !== carried) return
      const payload: PushPayload<'incoming_event_piece'> = { chat_id: chat.id, thread_id, event_id, ...piece }
      this.#fanout.signal(chat.organization_id, {
        kind: 'signal',
        audience: { organization_id: chat.organization_id, chat_id: chat.id, kind: chat.kind, members },
        to: audience,
        author_id: author_id ?? '',
        push: { action: 'incoming_event_piece', payload },
      })
    }
    carried.tail = carried.tail.then(tell).catch(this.#failed(event_id))
  }

  async #store(stream: LiveStream, ends: boolean): Promise<boolean | null> {
    const change = stepOf(stream, this.#parts.clock.now(), ends)
    const { length } = stream.text
    try {
      const done = await this.#dispatcher.commit(change)
      if (!done.ok) return done.why === 'stale' ? null : false
      this.#committed(stream, done.committed, length)
      return true
    } catch (error) {
      this.#failed(stream.event.id)(error)
      return false
    }
  }

  #committed(stream: LiveStream, committed: Committed, length: number): void {
    const { entries, chat } = committed
    const at = entries.find(({ event }) => event?.id === stream.event.id)?.event?.streaming_at
    if (typeof at === 'number') stream.stored(at, length)
    if (chat) this.#fanout.committed(chat.organization_id, committed, null)
  }

  #failed(event_id: string): (error: unknown) => void {
    return (error) => this.#parts.log.error({ err: error, event_id }, 'unable to go on with what a bot is writing')
  }
}

/**
 * The client's copy of the logs, kept dense: an entry is applied only right after the one before it. What is held already
 * is dropped (RES6), a hole is fetched before anything behind it shows (LOG3), however the entry came.
 */
import type { Chat } from '../../protocol/chats.ts'
import { MAX_CATCH_UP, MAX_LOGIN_CHATS, MAX_SYNC_ENTRIES } from '../../protocol/limits.ts'
import type { LogPush } from '../../protocol/pushes.ts'
import type { HeldChat } from '../../protocol/session.ts'
import { asFailure } from '../wire/failure.ts'
import type { Context } from './context.ts'

/** What is held of one chat's log. */
export interface ChatLog {
  readonly id: string
  /** The summary, as of `chat.seq`; null until it has been fetched. */
  chat: Chat | null
  /** The last entry applied. Below 0 nothing is held, and the next summary says where to begin. */
  seq: number
  /** The highest entry heard of. */
  head: number
  /** The summary has to be fetched. */
  wanted?: boolean
  catching?: boolean
}

/** What an entry does to the summary; `me` is the reader. */
export type Fold = (chat: Chat, entry: LogPush, me: string) => Chat

export interface Replica {
  get(id: string): ChatLog | undefined
  all(): IterableIterator<ChatLog>
  /** RES1: what to name at login, chats that are watched first, then the most recent. */
  held(): object
  /** What the login's answer says about what is held. */
  welcome(epoch: string, chats: readonly HeldChat[]): void
  /** A summary, from wherever. */
  learn(chat: Chat): void
  /** An entry, as a push, in an answer or from a catch-up. */
  take(entry: LogPush): void
  /** Makes sure that the chat is known and caught up; `anew` fetches its summary again. */
  want(id: string, anew?: boolean): void
  /** Chats that are held whatever comes. */
  readonly watched: Set<string>
  drop(id: string, lost?: boolean): void
}

const RETRY_MS = 1_000

/** `onEntry` hears of each entry that was applied, with the chat as it stands after it. */
export function createReplica(
  { environment, ask, emit, me, live }: Context,
  fold: Fold,
  onEntry: (chat: Chat, entry: LogPush) => void,
): Replica {
  const logs = new Map<string, ChatLog>()
  const watched = new Set<string>()
  /** Those that the last login named. */
  let named: readonly ChatLog[] = []
  let epoch: string | undefined

  function find(id: string, seq: number): ChatLog {
    const known = logs.get(id)
    if (known) return known
    const log: ChatLog = { id, chat: null, seq, head: seq }
    logs.set(id, log)
    emit('restart', id)
    return log
  }

  function restart(log: ChatLog, seq: number) {
    log.seq = seq
    emit('restart', log.id)
  }

  function learn(chat: Chat) {
    const log = find(chat.id, chat.seq)
    // One that is older than what is held says nothing; where one was wanted it is asked for again. After a reset any is newer (EPO2).
    if (!log.chat || log.seq < 0 || chat.seq >= log.chat.seq) {
      log.wanted = false
      log.chat = chat
    }
    if (log.seq < 0) restart(log, chat.seq)
    reach(log, chat.seq)
    emit('change', log.id)
  }

  function take(entry: LogPush) {
    const { chat_id, seq, from_seq = seq } = entry.payload as { chat_id: string; seq: number; from_seq?: number }
    const log = find(chat_id, from_seq - 1)
    if (seq <= log.seq) return
    if (entry.action === 'incoming_chat' && !log.chat) {
      log.chat = entry.payload.chat
      // From the first entry on nothing is missing.
      if (log.seq < 0 && from_seq <= log.chat.from_seq) restart(log, from_seq - 1)
    }
    if (log.chat && from_seq <= log.seq + 1) apply(log, log.chat, entry)
    else {
      log.wanted ||= !log.chat
      reach(log, seq)
    }
  }

  function apply(log: ChatLog, chat: Chat, entry: LogPush) {
    const { seq } = entry.payload
    log.seq = seq
    log.head = Math.max(log.head, seq)
    // What the summary contains already is not counted again.
    if (seq > chat.seq) {
      const next = fold(chat, entry, me())
      // A chat that came with the entry may be further on than the entry itself.
      log.chat = { ...next, seq: Math.max(next.seq, seq) }
    }
    onEntry(log.chat ?? chat, entry)
    emit('change', log.id)
  }

  function reach(log: ChatLog, head: number) {
    log.head = Math.max(log.head, head)
    catchUp(log)
  }

  const reached = (log: ChatLog) => !log.wanted && log.seq >= log.head

  /** One at a time for a chat; goes on until nothing is missing. */
  async function catchUp(log: ChatLog) {
    if (log.catching) return
    log.catching = true
    try {
      while (logs.get(log.id) === log && !reached(log)) await step(log)
      log.catching = false
    } catch (error) {
      log.catching = false
      troubled(log, error)
    }
  }

  /** What can be asked for at once is. */
  async function step(log: ChatLog) {
    // RES4: too far behind to run after everything; the tail comes first, the rest as the reader scrolls.
    if (log.seq >= 0 && log.head - log.seq > MAX_CATCH_UP) {
      restart(log, log.head - MAX_SYNC_ENTRIES)
      log.wanted = true
    }
    const known = log.chat && log.seq >= 0 && log.seq < log.head
    await Promise.all([log.wanted && ask('get_chat', { chat_id: log.id }, ({ chat }) => learn(chat)), known && sync(log)])
  }

  /** The page's entries are applied as those of every answer. A page that brings nothing where something should be ends the search. */
  const sync = (log: ChatLog) =>
    ask('sync', { chat_id: log.id, after: log.seq, limit: MAX_SYNC_ENTRIES }, ({ entries, seq }) => {
      log.head = !entries.length && log.seq < seq ? log.seq : Math.max(log.head, seq)
    })

  function troubled(log: ChatLog, error: unknown) {
    const { code, retryable, body } = asFailure(error)
    if (code === 'HISTORY_RESET') reset(log)
    else if (!retryable) drop(log.id, true)
    else environment.clock.after(body.data?.retry_after_ms ?? RETRY_MS, () => void (live() && catchUp(log)))
  }

  /** EPO2: what is held counts in a history that is gone. It stays in view until the new one is there. */
  function reset(log: ChatLog) {
    Object.assign(log, { seq: -1, head: 0, wanted: true })
    catchUp(log)
  }

  function drop(id: string, lost = false) {
    logs.delete(id)
    emit('drop', { id, lost })
    emit('change', id)
  }

  function want(id: string, anew?: boolean) {
    const log = find(id, -1)
    log.wanted ||= anew || !log.chat
    catchUp(log)
  }

  const urgency = ({ id, chat }: ChatLog) => (watched.has(id) ? '9' : '') + (chat?.last_activity_at ?? '')
  const byUrgency = () => [...logs.values()].sort((a, b) => (urgency(a) < urgency(b) ? 1 : -1))

  return {
    get: (id) => logs.get(id),
    all: () => logs.values(),
    held() {
      named = byUrgency()
        .filter((log) => log.chat && log.seq >= 0)
        .slice(0, MAX_LOGIN_CHATS)
      return { epoch, chats: epoch && named.map(({ id, seq }) => ({ chat_id: id, seq })) }
    },
    welcome(now, chats) {
      const renewed = epoch !== undefined && epoch !== now
      epoch = now
      for (const log of byUrgency()) {
        const { status, seq = 0 } = chats.find(({ chat_id }) => chat_id === log.id) ?? {}
        const known = named.includes(log)
        if (status === 'gone') drop(log.id, true)
        else if (renewed || status === 'reset') reset(log)
        // Of those that were not named nobody said how they stand.
        else if (!known && !watched.has(log.id) && log.chat) drop(log.id)
        else {
          log.wanted ||= !known
          reach(log, seq)
        }
      }
    },
    learn,
    take,
    want,
    watched,
    drop,
  }
}

/**
 * The client's copy of the logs, kept dense: an entry is applied only right after the one before it. What is held already
 * is dropped (RES6), a hole is fetched before anything behind it shows (LOG3), however the entry came.
 */
import type { Chat } from '../../protocol/chats.ts'
import { MAX_CATCH_UP, MAX_LOGIN_CHATS, MAX_SYNC_ENTRIES } from '../../protocol/limits.ts'
import type { LogPush } from '../../protocol/pushes.ts'
import type { HeldChat } from '../../protocol/session.ts'
import type { Clock } from '../kit/environment.ts'
import { asFailure } from '../wire/failure.ts'
import type { Ask } from './ask.ts'
import { fold } from './fold.ts'

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
  wanted: boolean
  /** RES2: live pushes wait until a `sync` has reached the head. */
  behind: boolean
  catching: boolean
  /** Entries that came before the summary did. */
  early: LogPush[]
}

export interface ReplicaOptions {
  readonly ask: Ask
  readonly clock: Clock
  me(): string
  live(): boolean
  /** An entry was applied; `chat` is as it stands after it. */
  onEntry(chat: Chat, entry: LogPush): void
  /** What follows does not continue what was there before. */
  onRestart(id: string): void
  /** Nothing is held of it any more. `lost`: the server knows no such chat for this reader. */
  onDrop(id: string, lost: boolean): void
  onChange(id: string): void
}

export interface Replica {
  get(id: string): ChatLog | undefined
  all(): IterableIterator<ChatLog>
  /** RES1: what to name at login, chats that are watched first, then the most recent. */
  held(): { epoch?: string; chats?: { chat_id: string; seq: number }[] }
  /** What the login's answer says about what is held. */
  welcome(epoch: string, chats: readonly HeldChat[]): void
  /** A summary, from wherever. */
  learn(chat: Chat): void
  /** An entry, as a push, in an answer or from a catch-up. */
  take(entry: LogPush): void
  /** Makes sure that the chat is known and caught up; `anew` fetches its summary again. */
  want(id: string, anew?: boolean): void
  /** From now on the chat is held whatever comes. Returns the way to end that. */
  watch(id: string): () => void
  drop(id: string, lost?: boolean): void
}

const RETRY_MS = 1_000

export function createReplica({ ask, clock, me, live, onEntry, onRestart, onDrop, onChange }: ReplicaOptions): Replica {
  const logs = new Map<string, ChatLog>()
  const watched = new Set<string>()
  /** Those that the last login named. */
  let named = new Set<ChatLog>()
  let epoch: string | undefined

  function add(id: string, seq: number): ChatLog {
    const log: ChatLog = { id, chat: null, seq, head: seq, wanted: false, behind: false, catching: false, early: [] }
    logs.set(id, log)
    onRestart(id)
    return log
  }

  function restart(log: ChatLog, seq: number) {
    log.seq = seq
    onRestart(log.id)
  }

  function learn(chat: Chat) {
    const log = logs.get(chat.id) ?? add(chat.id, chat.seq)
    // One that is older than what is held says nothing; where one was wanted it is asked for again.
    if (!log.chat || chat.seq >= log.chat.seq) {
      log.wanted = false
      log.chat = chat
    }
    log.head = Math.max(log.head, chat.seq)
    if (log.seq < 0) restart(log, chat.seq)
    const { early } = log
    log.early = []
    for (const entry of early) take(entry)
    catchUp(log)
    onChange(log.id)
  }

  function take(entry: LogPush) {
    const { chat_id, seq, from_seq = seq } = entry.payload as { chat_id: string; seq: number; from_seq?: number }
    const log = logs.get(chat_id) ?? add(chat_id, from_seq - 1)
    if (seq <= log.seq) return
    if (entry.action === 'incoming_chat' && !log.chat) {
      log.chat = entry.payload.chat
      // From the first entry on nothing is missing.
      if (log.seq < 0 && from_seq <= log.chat.from_seq) restart(log, from_seq - 1)
    }
    if (!log.chat) {
      log.early.push(entry)
      want(chat_id)
    } else if (from_seq > log.seq + 1) {
      log.head = Math.max(log.head, seq)
      catchUp(log)
    } else apply(log, log.chat, entry)
  }

  function apply(log: ChatLog, chat: Chat, entry: LogPush) {
    log.seq = entry.payload.seq
    log.head = Math.max(log.head, log.seq)
    log.chat = fold(chat, entry, me())
    onEntry(log.chat, entry)
    if (isPartial(chat, entry)) want(log.id, true)
    // MEM5: who left sees nothing of what comes after.
    if (entry.action === 'user_removed_from_chat' && entry.payload.user_id === me()) drop(log.id)
    onChange(log.id)
  }

  const reached = (log: ChatLog) => !log.wanted && !log.behind && log.seq >= log.head

  /** One at a time for a chat; goes on until nothing is missing. */
  async function catchUp(log: ChatLog) {
    if (log.catching || reached(log)) return
    log.catching = true
    try {
      while (logs.get(log.id) === log && !reached(log)) await step(log)
    } catch (error) {
      troubled(log, error)
    }
    log.catching = false
  }

  /** What can be asked for at once is. */
  async function step(log: ChatLog) {
    // RES4: too far behind to run after everything; the tail comes first, the rest as the reader scrolls.
    if (log.seq >= 0 && log.head - log.seq > MAX_CATCH_UP) {
      restart(log, log.head - MAX_SYNC_ENTRIES)
      log.wanted = true
    }
    const known = log.chat && log.seq >= 0 && (log.behind || log.seq < log.head)
    await Promise.all([log.wanted && ask('get_chat', { chat_id: log.id }, ({ chat }) => learn(chat)), known && sync(log)])
  }

  /** The page's entries are applied as those of every answer. A page that brings nothing where something should be ends the search. */
  const sync = (log: ChatLog) =>
    ask('sync', { chat_id: log.id, after: log.seq, limit: MAX_SYNC_ENTRIES, ...(epoch && { epoch }) }, ({ entries, seq }) => {
      const barren = !entries.length && log.seq < seq
      log.head = barren ? log.seq : Math.max(log.head, seq)
      log.behind = !barren && log.seq < seq
    })

  function troubled(log: ChatLog, error: unknown) {
    const { code, retryable, body } = asFailure(error)
    if (code === 'HISTORY_RESET') queueMicrotask(() => reset(log))
    else if (!retryable) drop(log.id, true)
    else clock.after(Number(body.data?.retry_after_ms ?? RETRY_MS), () => void (live() && catchUp(log)))
  }

  /** EPO2: what is held counts in a history that is gone. It stays in view until the new one is there. */
  function reset(log: ChatLog) {
    log.seq = -1
    log.head = 0
    log.wanted = true
    log.behind = true
    log.early = []
    catchUp(log)
  }

  function drop(id: string, lost = false) {
    logs.delete(id)
    onDrop(id, lost)
    onChange(id)
  }

  /** SEE6: how many are left after one's own mark in the middle only the server can tell. */
  const isPartial = (chat: Chat, { action, payload }: LogPush) =>
    action === 'events_marked_as_seen' &&
    payload.user_id === me() &&
    payload.seq > chat.seq &&
    payload.seen_seq < (chat.last_event?.seq ?? 0)

  function want(id: string, anew = false) {
    const log = logs.get(id) ?? add(id, -1)
    log.wanted ||= anew || !log.chat
    catchUp(log)
  }

  const urgency = ({ id, chat }: ChatLog) => (watched.has(id) ? '9' : '') + (chat?.last_activity_at ?? '')
  const byUrgency = () => [...logs.values()].sort((a, b) => (urgency(a) < urgency(b) ? 1 : -1))

  function resume(log: ChatLog, { status, seq }: Pick<HeldChat, 'status' | 'seq'>) {
    if (status === 'gone') return drop(log.id, true)
    if (status === 'reset') return reset(log)
    log.head = Math.max(log.head, seq)
    log.behind = true
  }

  return {
    get: (id) => logs.get(id),
    all: () => logs.values(),
    held() {
      const known = byUrgency().filter((log) => log.chat && log.seq >= 0)
      named = new Set(known.slice(0, MAX_LOGIN_CHATS))
      return epoch ? { epoch, chats: [...named].map(({ id, seq }) => ({ chat_id: id, seq })) } : {}
    },
    welcome(now, chats) {
      const renewed = epoch !== undefined && epoch !== now
      epoch = now
      for (const log of byUrgency()) {
        const changed = chats.find(({ chat_id }) => chat_id === log.id)
        if (changed) resume(log, changed)
        else if (renewed) reset(log)
        // Of those that were not named nobody said how they stand.
        else if (!named.has(log) && !watched.has(log.id) && !log.early.length) drop(log.id)
        else log.wanted ||= !named.has(log)
        catchUp(log)
      }
    },
    learn,
    take,
    want,
    watch(id) {
      watched.add(id)
      want(id)
      return () => void watched.delete(id)
    },
    drop,
  }
}

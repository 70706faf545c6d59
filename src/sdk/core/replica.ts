/**
 * The client's copy of the logs, kept dense: an entry is applied only right after the one before it. What is held already
 * is dropped (RES6), a hole is fetched before anything behind it shows (LOG3), however the entry came.
 */
import type { ResponseOf } from '../../protocol/actions.ts'
import type { Chat } from '../../protocol/chats.ts'
import { MAX_CATCH_UP, MAX_LOGIN_CHATS, MAX_SYNC_ENTRIES } from '../../protocol/limits.ts'
import type { LogPush } from '../../protocol/pushes.ts'
import type { HeldChat } from '../../protocol/session.ts'
import type { Clock } from '../kit/environment.ts'
import { asFailure } from '../wire/failure.ts'
import type { Ask } from './ask.ts'
import { append, type ChatLog, createLog, firstOf, prepend, restart, shorten } from './chat-log.ts'
import { fold } from './fold.ts'

export interface ReplicaOptions {
  readonly ask: Ask
  readonly clock: Clock
  me(): string
  live(): boolean
  /** An entry was applied: `chat` is as it stands after it. */
  onEntry(chat: Chat, entry: LogPush): void
  /** Something about the chat is not what it was. */
  onChange(id: string): void
}

export interface Replica {
  get(id: string): ChatLog | undefined
  all(): IterableIterator<ChatLog>
  /** RES1: what to name at login, chats that are looked at first, then the most recent. */
  held(): { epoch?: string; chats?: { chat_id: string; seq: number }[] }
  /** What the login's answer says about what is held. */
  welcome(epoch: string, chats: readonly HeldChat[]): void
  /** A summary, from wherever. */
  learn(chat: Chat): ChatLog
  /** An entry, as a push, in an answer or from a catch-up. */
  take(entry: LogPush): void
  /** Makes sure that the chat is known and caught up. */
  want(id: string): void
  /** Adds the page before the window. */
  older(log: ChatLog): Promise<void>
  /** A face looks at the chat: it is kept with its lines. Returns the way to look away. */
  look(id: string): () => void
  drop(id: string): void
  /** The server said that there is no such chat for this reader. */
  gone(id: string): boolean
  /** Nobody needs its lines for now: only the summary stays. A chat that is looked at keeps them. */
  forget(id: string): void
}

/** How many lines a page brings at least, when there are so many. */
const PAGE_LINES = 20
const RETRY_MS = 1_000

export function createReplica({ ask, clock, me, live, onEntry, onChange }: ReplicaOptions): Replica {
  const logs = new Map<string, ChatLog>()
  /** How many faces look at a chat, known or not. */
  const faces = new Map<string, number>()
  const lost = new Set<string>()
  /** Those that the last login named. */
  let named = new Set<ChatLog>()
  let epoch: string | undefined

  const add = (id: string, seq: number): ChatLog => {
    const log = createLog(id, seq)
    log.faces = faces.get(id) ?? 0
    logs.set(id, log)
    return log
  }

  const looked = (id: string, more: number) => {
    const count = (faces.get(id) ?? 0) + more
    const log = logs.get(id)
    faces.set(id, count)
    if (!log) return
    log.faces = count
    if (!count) shorten(log)
  }

  function learn(chat: Chat): ChatLog {
    const log = logs.get(chat.id) ?? add(chat.id, chat.seq)
    lost.delete(chat.id)
    log.wanted = false
    if (!log.chat || chat.seq >= log.chat.seq) log.chat = chat
    log.head = Math.max(log.head, chat.seq)
    // RES4: too far behind to run after everything; the tail comes first, the rest as the reader scrolls.
    if (log.seq < 0 || log.head - log.seq > MAX_CATCH_UP) {
      restart(log, chat.seq)
    }
    const { early } = log
    log.early = []
    for (const entry of early) take(entry)
    catchUp(log)
    fill(log)
    onChange(log.id)
    return log
  }

  /** Whoever looks sees a first page. What fails is tried again after the next login. */
  function fill(log: ChatLog) {
    if (log.faces && log.chat && log.seq >= 0 && !log.loaded) older(log).catch(() => {})
  }

  function take(entry: LogPush) {
    const { payload } = entry
    const { chat_id, seq } = payload
    const first = (payload as { readonly from_seq?: number }).from_seq ?? seq
    const log = logs.get(chat_id) ?? add(chat_id, first - 1)
    if (seq <= log.seq) return
    if (!log.chat && entry.action === 'incoming_chat') {
      log.chat = entry.payload.chat
      // From the first entry on nothing is missing.
      log.loaded = log.from <= firstOf(log)
    }
    if (!log.chat) {
      log.early.push(entry)
      log.wanted = true
      catchUp(log)
    } else if (first > log.seq + 1) {
      log.head = Math.max(log.head, seq)
      catchUp(log)
    } else {
      log.seq = seq
      log.head = Math.max(log.head, seq)
      append(log, entry, me())
      log.chat = fold(log.chat, entry, me())
      onEntry(log.chat, entry)
      // MEM5: who left sees nothing of what comes after.
      if (entry.action === 'user_removed_from_chat' && entry.payload.user_id === me()) drop(chat_id)
      onChange(chat_id)
    }
  }

  const reached = (log: ChatLog) => !log.wanted && !log.behind && log.seq >= log.head

  /** One at a time for a chat; goes on until nothing is missing. */
  async function catchUp(log: ChatLog) {
    if (log.catching || reached(log)) return
    log.catching = true
    try {
      while (logs.get(log.id) === log && !reached(log)) {
        if (log.wanted || log.head - log.seq > MAX_CATCH_UP) await ask('get_chat', { chat_id: log.id }, ({ chat }) => learn(chat))
        else
          await ask('sync', { chat_id: log.id, after: log.seq, limit: MAX_SYNC_ENTRIES, ...(epoch && { epoch }) }, (page) =>
            caught(log, page),
          )
      }
    } catch (error) {
      troubled(log, error)
    }
    log.catching = false
    onChange(log.id)
  }

  /** The page's entries are applied already, as those of every answer. A page that brought nothing new ends the search. */
  function caught(log: ChatLog, page: ResponseOf<'sync'>) {
    const barren = !page.entries.length && log.seq < page.seq
    log.head = barren ? log.seq : Math.max(log.head, page.seq)
    log.behind = !barren && log.seq < page.seq
  }

  function troubled(log: ChatLog, error: unknown) {
    const { code, retryable, body } = asFailure(error)
    if (code === 'HISTORY_RESET') queueMicrotask(() => reset(log))
    else if (!retryable) lose(log.id)
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

  function drop(id: string) {
    logs.delete(id)
    onChange(id)
  }

  function lose(id: string) {
    lost.add(id)
    drop(id)
  }

  function forget(id: string) {
    const log = logs.get(id)
    if (!log || log.faces || log.seq < 0) return
    restart(log, log.seq)
    onChange(id)
  }

  /** The numbers say which entries make a page, so a page is the same however it was come by. */
  async function older(log: ChatLog) {
    if (log.loading || !log.chat) return
    log.loading = true
    onChange(log.id)
    try {
      for (let lines = 0; log.from > firstOf(log) && (lines < PAGE_LINES || !log.lines.length); ) {
        const before = log.from
        const after = Math.max(firstOf(log) - 1, before - 1 - MAX_SYNC_ENTRIES)
        await ask('sync', { chat_id: log.id, after, limit: before - 1 - after, ...(epoch && { epoch }) }, (page) => {
          // Meanwhile the window may have begun anew.
          if (log.from === before) lines += prepend(log, after, page.entries as LogPush[], me())
        })
      }
      log.loaded = true
    } finally {
      log.loading = false
      onChange(log.id)
    }
  }

  function want(id: string) {
    const log = logs.get(id) ?? add(id, -1)
    log.wanted ||= !log.chat
    catchUp(log)
    fill(log)
  }

  return {
    get: (id) => logs.get(id),
    all: () => logs.values(),
    held() {
      const known = [...logs.values()].filter((log) => log.chat && log.seq >= 0)
      known.sort((a, b) => b.faces - a.faces || compareActivity(b, a))
      named = new Set(known.slice(0, MAX_LOGIN_CHATS))
      return epoch ? { epoch, chats: [...named].map(({ id, seq }) => ({ chat_id: id, seq })) } : {}
    },
    welcome(now, chats) {
      const moved = new Map(chats.map((chat) => [chat.chat_id, chat]))
      const renewed = epoch !== undefined && epoch !== now
      epoch = now
      for (const log of [...logs.values()].sort((a, b) => b.faces - a.faces)) {
        const { status, seq } = moved.get(log.id) ?? {}
        if (status === 'gone') lose(log.id)
        else if (renewed || status === 'reset') reset(log)
        else if (status === 'moved') {
          log.head = Math.max(log.head, seq ?? 0)
          log.behind = true
        } else if (!named.has(log)) {
          // Nobody said how it stands.
          if (log.faces || log.early.length) log.wanted = true
          else drop(log.id)
        }
        catchUp(log)
        fill(log)
      }
    },
    learn,
    take,
    want,
    older,
    look(id) {
      looked(id, 1)
      want(id)
      return () => looked(id, -1)
    },
    drop,
    gone: (id) => lost.has(id),
    forget,
  }
}

const compareActivity = (a: ChatLog, b: ChatLog): number => ((a.chat?.last_activity_at ?? '') < (b.chat?.last_activity_at ?? '') ? -1 : 1)

/** Deliberate faults of logs and outboxes, and all faults by their names. */
import type { ConversationState } from '../../src/sdk/agent/types.ts'
import type { Storage } from '../../src/sdk/kit/environment.ts'
import type { Driver } from '../../src/server/store/sqlite/driver.ts'
import { turns } from '../../src/testing/turns.ts'
import type { Mutation } from './mutation.ts'
import {
  forgetParents,
  forgetQuotes,
  historyForAll,
  loseReactions,
  mentionAll,
  mentionNobody,
  quoteTheUnseen,
  replayTheDeleted,
  showReplies,
  stay,
  tellTheWorld,
  tellWhoLeft,
} from './mutations-of-chats.ts'
import { cancelInNameOnly, forgetFileNames, hearTwice, hoard, ignoreWhose, shareTheLine } from './mutations-of-pages.ts'

/** COMMIT says that it is done, and is done when the next transaction begins. */
const acknowledgeBeforeCommit: Mutation = {
  driver: (open) => (path) => {
    const driver = open(path)
    let owed = false
    const settle = () => {
      if (owed) driver.exec('COMMIT')
      owed = false
    }
    const late = <T>(sql: string, act: () => T, nothing: T): T => {
      if (/^\s*BEGIN/i.test(sql)) settle()
      owed ||= /^\s*COMMIT/i.test(sql)
      return /^\s*COMMIT/i.test(sql) ? nothing : act()
    }
    return {
      prepare<Row>(sql: string) {
        const statement = driver.prepare<Row>(sql)
        return { ...statement, run: (...values) => late(sql, () => statement.run(...values), 0) }
      },
      exec: (sql) => late(sql, () => driver.exec(sql), undefined),
      close: () => driver.close(),
    } satisfies Driver
  },
}

/** A resend is stored again, as if nobody had said it before. */
const noDeduplication: Mutation = {
  store: (store) => ({
    ...store,
    async commit(change) {
      const outcome = await store.commit(change)
      if (!outcome.ok || !outcome.committed.replayed) return outcome
      const writes = change.writes.map((write) => (write.write === 'add_event' ? { ...write, custom_id: null } : write))
      return writes.some(({ write }) => write === 'create_chat') ? outcome : store.commit({ ...change, writes, idempotency: [] })
    },
  }),
}

/** What a page has stored of its outbox is gone when the page is. */
const forgetTheOutbox: Mutation = {
  environment: (environment) => {
    const forgets = (key: string) => /outbox/i.test(key)
    const memory = new Map<string, unknown>()
    const { storage } = environment
    const forgetful: Storage = {
      durable: storage.durable,
      get: async <T>(key: string) => (forgets(key) ? (structuredClone(memory.get(key)) as T | undefined) : storage.get<T>(key)),
      set: async (key, value) => (forgets(key) ? void memory.set(key, structuredClone(value)) : storage.set(key, value)),
      update: async <T>(key: string, change: (old: T | undefined) => T) =>
        forgets(key) ? void memory.set(key, structuredClone(change(memory.get(key) as T | undefined))) : storage.update(key, change),
      left: async <T>(prefix: string) => (forgets(prefix) ? [] : storage.left<T>(prefix)),
    }
    return { ...environment, storage: forgetful }
  },
}

/** The face orders by the time at which it first saw a line: an echo by the local clock, the others by when they came. */
const orderByTime: Mutation = {
  view(conversation) {
    const firstSeen = new Map<string, number>()
    const ordered = (state: ConversationState): ConversationState => {
      for (const { key } of state.items) if (!firstSeen.has(key)) firstSeen.set(key, firstSeen.size)
      const items = [...state.items].sort((a, b) => (firstSeen.get(a.key) ?? 0) - (firstSeen.get(b.key) ?? 0))
      return { ...state, items }
    }
    return {
      get state() {
        return ordered(conversation.state)
      },
      subscribe: (listener) => conversation.subscribe((state) => listener(ordered(state))),
      open: () => conversation.open(),
      loadOlder: () => conversation.loadOlder(),
      send: (event) => conversation.send(event),
      retry: (key) => conversation.retry(key),
      discard: (key) => conversation.discard(key),
      markSeen: () => conversation.markSeen(),
      close: () => conversation.close(),
    }
  },
}

/** The page of a catch-up is read first, and what is said until it has been answered reaches nobody. */
const fetchBeforeSubscribe: Mutation = {
  store: (store) => ({
    ...store,
    async entries(...question) {
      const answer = await store.entries(...question)
      await turns(2)
      return answer
    },
  }),
  frames: () => {
    let deaf = new Set<string>()
    return (frame) => {
      const { action, type, payload } = JSON.parse(frame) as {
        action: string
        type: string
        payload: { chat_id?: string; entries?: unknown[] }
      }
      if (type === 'response' && action === 'sync') {
        const [first] = (payload.entries ?? []) as { payload: { chat_id: string } }[]
        if (first) deaf = new Set([...deaf, first.payload.chat_id])
        void turns(1).then(() => deaf.clear())
      }
      return type !== 'push' || payload.chat_id === undefined || !deaf.has(payload.chat_id)
    }
  },
}

/** By name, each with what a storm says when it notices it. */
export const MUTATIONS: Readonly<Record<string, { readonly mutation: Mutation; readonly symptom: RegExp }>> = {
  'acknowledge before commit': { mutation: acknowledgeBeforeCommit, symptom: /is lost \(sent\)|is not in the log/ },
  'fetch before subscribe': { mutation: fetchBeforeSubscribe, symptom: /shows "undefined" in place of|is not told of/ },
  'no de-duplication': { mutation: noDeduplication, symptom: /is in the log \d+ times/ },
  'order by time': { mutation: orderByTime, symptom: /saw \d+ after \d+/ },
  'ignore whose entry it is': { mutation: ignoreWhose, symptom: /was kept as|is in the log as/ },
  'hear the old line': { mutation: shareTheLine, symptom: /is told of what is/ },
  'hear twice what came while frozen': { mutation: hearTwice, symptom: /is told of (\w+) after \1/ },
  'forget the names of files': { mutation: forgetFileNames, symptom: /sent again is answered/ },
  'cancel in name only': { mutation: cancelInNameOnly, symptom: /was taken back, and is sent/ },
  'hoard what nobody needs': { mutation: hoard, symptom: /are in no event, and still there/ },
  'lose reactions': { mutation: loseReactions, symptom: /^\[LOG4\] .* there is reaction_added/ },
  'forget what quotes': { mutation: forgetQuotes, symptom: /^\[stale\] .* quoted_event / },
  'forget what was replied to': { mutation: forgetParents, symptom: /^\[stale\] .* replies / },
  'show replies in the feed': { mutation: showReplies, symptom: /^\[LOG3\] .* shows / },
  'replay what was deleted': { mutation: replayTheDeleted, symptom: /^\[EDT4\] .* is sent in / },
  'quote what lies before a stay': { mutation: quoteTheUnseen, symptom: /^\[MEM4\] .* received / },
  'tell who has left': { mutation: tellWhoLeft, symptom: /^\[MEM5\] .* was told of entry / },
  'history for all': { mutation: historyForAll, symptom: /^\[MEM4\] .* came / },
  'mention everybody': { mutation: mentionAll, symptom: /^\[MEN2\] / },
  'mention nobody': { mutation: mentionNobody, symptom: /^\[MEN3\] / },
  'nobody ever goes': { mutation: stay, symptom: /^\[PRE3\] .* is told / },
  'tell the world': { mutation: tellTheWorld, symptom: /^\[MEM6\] / },
  'forget the outbox': { mutation: forgetTheOutbox, symptom: /is lost \(unknown\)/ },
}

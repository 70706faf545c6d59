/** Deliberate faults of what chats among users can do: replies, quotes, reactions, edits, mentions, presence, and who is in a chat. */
import type { LogEntry } from '../../src/server/store/change.ts'
import type { EventRow, UserType } from '../../src/server/store/rows.ts'
import type { Mutation } from './mutation.ts'

/** Frames in which a text stands in the place of another. */
const rewritten = (from: string, to: string): Mutation => ({ frames: () => (frame) => frame.replaceAll(from, to) })

/** That somebody reacted comes as something that says nothing. */
export const loseReactions = rewritten('"action":"reaction_added"', '"action":"event_unseen"')

/** What quotes an event does not hear that it was edited or deleted. */
export const forgetQuotes = rewritten('"quote":{', '"quoth":{')

/** A reply is told as what it is not, and stands in the feed. */
export const showReplies = rewritten('"reply_to_id":', '"in_reply_to":')

/** What a reply changes of the event that it replies to is not said. */
export const forgetParents = rewritten('"amends":{', '"commends":{')

/** Events as an entry carries them, altered. */
const altered = (alter: (event: EventRow) => EventRow): Mutation => {
  const within = (entries: readonly LogEntry[]) => entries.map((entry) => ({ ...entry, event: entry.event && alter(entry.event) }))
  return {
    store: (store) => ({
      ...store,
      async entries(...question) {
        const page = await store.entries(...question)
        return { ...page, entries: within(page.entries) }
      },
      async commit(change) {
        const outcome = await store.commit(change)
        return outcome.ok ? { ...outcome, committed: { ...outcome.committed, entries: within(outcome.committed.entries) } } : outcome
      },
    }),
  }
}

/** A replay says what was said, though it was deleted. */
export const replayTheDeleted: Mutation = (() => {
  const texts = new Map<string, string>()
  return altered((event) => {
    if (event.text !== null) texts.set(event.id, event.text)
    return event.deleted_at === null ? event : { ...event, text: texts.get(event.id) ?? null }
  })
})()

/** What is quoted is shown to those who came after it. */
export const quoteTheUnseen = altered((event) => ({
  ...event,
  quoted: event.quoted && { ...event.quoted, seq_agents: Number.MAX_SAFE_INTEGER },
}))

/** Whoever was in a chat once is told of it for ever. */
export const tellWhoLeft: Mutation = {
  store: (store) => {
    const ever = new Map<string, Map<string, UserType>>()
    return {
      ...store,
      async commit(change) {
        const outcome = await store.commit(change)
        if (!outcome.ok || !outcome.committed.audience) return outcome
        const { chat_id, members } = outcome.committed.audience
        const all = ever.get(chat_id) ?? new Map<string, UserType>()
        for (const { user_id, user_type } of members) all.set(user_id, user_type)
        ever.set(chat_id, all)
        const audience = { ...outcome.committed.audience, members: [...all].map(([user_id, user_type]) => ({ user_id, user_type })) }
        return { ...outcome, committed: { ...outcome.committed, audience } }
      },
    }
  },
}

/** Whoever comes to a chat reads it from its beginning. */
export const historyForAll: Mutation = {
  store: (store) => ({
    ...store,
    commit: (change) =>
      store.commit({ ...change, writes: change.writes.map((write) => (write.write === 'add_user' ? { ...write, history: true } : write)) }),
  }),
}

/** Of events that name somebody others hear, or nobody. */
const telling = (whom: (tells: readonly string[], present: readonly string[]) => readonly string[]): Mutation => ({
  store: (store) => ({
    ...store,
    async commit(change) {
      const [chat_id = ''] = change.writes.flatMap((write) => (write.write === 'add_event' ? [write.chat_id] : []))
      const present = (await store.present(chat_id)).map(({ user_id }) => user_id)
      const writes = change.writes.map((write) =>
        write.write === 'add_event' && write.mentions ? { ...write, tells: whom(write.tells ?? [], present) } : write,
      )
      return store.commit({ ...change, writes })
    },
  }),
})
export const mentionAll = telling((_, present) => present)
export const mentionNobody = telling(() => [])

/** Nobody is told that somebody went. */
export const stay: Mutation = {
  frames: () => (frame) => !(frame.includes('"action":"presence_changed"') && !frame.includes('"leaves":[]')),
}

/** What is said is told on every socket of the server. */
export const tellTheWorld: Mutation = (() => {
  let sockets: ((frame: string) => void)[] = []
  return {
    frames: (send) => {
      sockets = [...sockets.slice(-20), send]
      return (frame) => {
        if (frame.startsWith('{"action":"incoming_event"')) for (const other of sockets) if (other !== send) other(frame)
        return true
      }
    },
  }
})()

/** What a user has left in a chat, as its log tells: events, ratings, and properties that they were the last to set. */
import type { PropertyNames } from '../../../protocol/properties.ts'
import type { LogEntry } from '../../store/change.ts'
import type { ChatRow, LogKind, Properties } from '../../store/rows.ts'
import type { Reads } from '../context.ts'
import type { Part } from '../members.ts'
import { deleting, edited } from '../properties.ts'

const PAGE = 500

/** Entries of some kinds, of one who did it or of everybody, the oldest first. */
async function* entriesOf(
  store: Reads,
  chat_id: string,
  kinds: readonly LogKind[],
  actor_id: string | null,
  from = 0,
): AsyncGenerator<LogEntry> {
  for (let after = from; ; ) {
    const entries = await store.entriesOfKinds({ chat_id, kinds, actor_id, after, limit: PAGE })
    yield* entries
    if (entries.length < PAGE) return
    after = entries.at(-1)?.seq_agents ?? after
  }
}

/** Events, and ratings with the thread they stand in. */
export const saidBy = (store: Reads, chat_id: string, id: string, from = 0): AsyncGenerator<LogEntry> =>
  entriesOf(store, chat_id, ['event_added', 'rated'], id, from)

export async function eventsBy(store: Reads, chat_id: string, id: string): Promise<number> {
  let count = 0
  for await (const _ of entriesOf(store, chat_id, ['event_added'], id)) count++
  return count
}

/** The chat's, or one of its threads'. */
interface Held {
  readonly thread_id: string | null
  readonly properties: Properties
  /** Who was the last to set each, by namespace and name; unless the log says so, whoever made the holder. */
  readonly setters: Map<string, string | null>
  readonly maker: string | null
}

const nameOf = (namespace: string, name: string): string => JSON.stringify([namespace, name])

/** Takes away those that the user was the last to set, a holder at a time; null when there are none. */
export async function unset(store: Reads, chat: ChatRow, id: string): Promise<Part | null> {
  for (const held of await holdersIn(store, chat)) {
    const { thread_id, properties } = held
    const holder = { chat_id: chat.id, thread_id, event_id: null }
    const step = edited(null, holder, properties, deleting(theirs(held, id)))
    if (step.writes.length > 0) return { writes: step.writes, expect: step.expect }
  }
  return null
}

async function holdersIn(store: Reads, chat: ChatRow): Promise<Held[]> {
  const ofChat: Held = { thread_id: null, properties: chat.properties, setters: new Map(), maker: chat.created_by }
  const holders = new Map<string | null, Held>([[null, ofChat]])
  for await (const { kind, thread_id, event_id, thread, names, actor_id } of entriesOf(
    store,
    chat.id,
    ['thread_opened', 'properties_updated'],
    null,
  )) {
    if (kind === 'thread_opened' && thread) {
      holders.set(thread_id, { thread_id, properties: thread.properties, setters: new Map(), maker: actor_id })
    } else if (event_id === null) {
      for (const [namespace, fields] of Object.entries(names ?? {}))
        for (const name of fields) holders.get(thread_id)?.setters.set(nameOf(namespace, name), actor_id)
    }
  }
  return [...holders.values()]
}

function theirs({ properties, setters, maker }: Held, id: string): PropertyNames {
  const setter = (namespace: string, name: string) => {
    const known = setters.get(nameOf(namespace, name))
    return known === undefined ? maker : known
  }
  const names = Object.entries(properties).map(([namespace, fields]) => [
    namespace,
    Object.keys(fields).filter((name) => setter(namespace, name) === id),
  ])
  return Object.fromEntries(names)
}

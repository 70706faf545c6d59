/** What an agent does to messages and sees of them beyond their text: reactions, edits, deletions, replies, who is there. */
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { AgentSDK } from '../sdk/agent/api.ts'
import type { MessageReferences, RepliesFeed } from '../sdk/agent/types.ts'
import { createSaid, type Said, say } from '../ui/announcer.tsx'
import { words } from './words.ts'

export interface Messages {
  /** Whose messages agents may edit and delete. */
  policies(): AgentSDK['policies']
  /** What was just done, for whoever does not see it. */
  readonly said: Said
  /** What was just done and cannot be seen, for a moment. */
  readonly told: ReadonlySignal<string>
  tell(text: string): void
  send(chat: string, text: string, note: boolean, more?: MessageReferences): void
  react(chat: string, event: string, emoji: string, on: boolean): void
  /** Rejects when it could not be, which is told. */
  edit(chat: string, event: string, text: string, mentions: readonly string[]): Promise<unknown>
  remove(chat: string, event: string): Promise<void>
  replies(chat: string, event: string): RepliesFeed
  /** Who of the chat that is selected is there, by their ids. */
  readonly online: ReadonlySignal<ReadonlySet<string>>
}

interface Parts {
  readonly sdk: AgentSDK
  readonly selected: ReadonlySignal<string | null>
  readonly problem: Signal<string | null>
  readonly stops: (() => void)[]
}

const NOBODY: ReadonlySet<string> = new Set()
/** Long enough to be read. */
const TOLD_MS = 4_000

export function createMessages({ sdk, selected, problem, stops }: Parts): Messages {
  const said = createSaid()
  const told = signal('')
  const text = words.pieces
  let timer: ReturnType<typeof setTimeout> | undefined
  stops.push(() => clearTimeout(timer))
  const tell = (what: string) => {
    told.value = what
    clearTimeout(timer)
    timer = setTimeout(() => {
      told.value = ''
    }, TOLD_MS)
  }
  const attempt = async (failed: string, act: () => Promise<unknown>): Promise<unknown> => {
    problem.value = null
    try {
      return await act()
    } catch (error) {
      problem.value = failed
      throw error
    }
  }
  const online = signal<ReadonlySet<string>>(NOBODY)
  const watch = () => {
    const chat = selected.value
    online.value = NOBODY
    if (chat === null) return
    return watchPresence(sdk, chat, (now) => {
      online.value = now
    })
  }
  stops.push(effect(watch))
  return {
    policies: () => sdk.policies,
    online,
    said,
    told,
    tell,
    send(chat, written, note, more) {
      const sending = note ? sdk.sendNote(chat, written, more) : sdk.sendMessage(chat, written, more)
      // What cannot be sent stays in the conversation, marked and with a way to try again.
      sending.catch(() => undefined)
    },
    react(chat_id, event_id, emoji, on) {
      const action = on ? 'add_reaction' : 'remove_reaction'
      attempt(text.reactFailed, () => sdk.request(action, { chat_id, event_id, emoji })).then(
        () => say(said, (on ? text.reacted : text.unreacted)(emoji)),
        () => undefined,
      )
    },
    edit: (chat_id, event_id, written, mentions) =>
      attempt(text.editFailed, () => sdk.request('edit_event', { chat_id, event_id, text: written, mentions })),
    remove: (chat_id, event_id) =>
      attempt(text.deleteFailed, () => sdk.request('delete_event', { chat_id, event_id })).then(
        () => say(said, text.deleted),
        () => undefined,
      ),
    replies: (chat, event) => sdk.replies(chat, event),
  }
}

function watchPresence(sdk: AgentSDK, chat: string, listener: (online: ReadonlySet<string>) => void): () => void {
  let online = NOBODY
  const show = (now: ReadonlySet<string>) => {
    online = now
    listener(online)
  }
  const ask = () => {
    sdk.request<{ users: { user_id: string }[] }>('get_presence', { chat_id: chat }).then(
      ({ users }) => show(new Set(users.map(({ user_id }) => user_id))),
      // Nobody is said to be there because they once were.
      () => show(NOBODY),
    )
  }
  const change = ({ chat: where, joins, leaves }: { chat: string; joins: { user_id: string }[]; leaves: string[] }) => {
    if (where !== chat) return
    const next = new Set([...online, ...joins.map(({ user_id }) => user_id)])
    for (const id of leaves) next.delete(id)
    show(next)
  }
  const stops = [
    sdk.on('presence_changed', change),
    // Over a new connection nobody has been asked yet.
    sdk.on('connection_restored', ask),
    sdk.on('connection_lost', () => show(NOBODY)),
  ]
  ask()
  return () => {
    for (const stop of stops) stop()
  }
}

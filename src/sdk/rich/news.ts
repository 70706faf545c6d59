/** What the instance tells, passed on; and what follows from it for lists of chats, presence, mentions and the status. */
import { MAX_PREVIEW_CHARS } from '../../protocol/limits.ts'
import type { OwnChatList } from './chat-list.ts'
import type { Ground } from './ground.ts'
import type { PresenceKeeper } from './presence.ts'
import type { StatusKeeper } from './status.ts'
import type { ChatEvent, ChatUpdate } from './types.ts'

interface Parts {
  readonly presence: PresenceKeeper
  readonly status: StatusKeeper
  readonly lists: ReadonlySet<OwnChatList>
  pass(name: string, data: unknown): void
}

/** What an event of an instance may carry that matters here. */
interface Told {
  readonly chat?: string
  readonly event?: string | (ChatEvent & { readonly author_id?: string })
}

interface Mention {
  readonly chat_id: string
  readonly event_id: string
  readonly author_id?: string
}

export interface News {
  hear(name: string, data: unknown): void
  /** One's own messages are told of as well: a list of chats shows them. */
  sending<A extends unknown[]>(send: (chat: string, ...given: A) => Promise<never>): (chat: string, ...given: A) => Promise<never>
}

/** After these a chat in a list is not what it was. */
const CHANGES = /^(new_event|event_|chat_(updated|rated)|thread_|user_(joined|left)|last_seen)/

const previewOf = ({ text, name, attachments }: ChatEvent): string | undefined =>
  text ? [...text.slice(0, 2 * MAX_PREVIEW_CHARS)].slice(0, MAX_PREVIEW_CHARS).join('') : (name ?? attachments?.[0]?.name)

export function createNews(ground: Ground, { presence, status, lists, pass }: Parts): News {
  const { ask, emit } = ground
  /** The place of the last event of each chat, as far as it was told. */
  const last = new Map<string, number>()
  const mentioned = new Set<string>()

  function update(chat: string, event: Exclude<Told['event'], string | undefined>) {
    const { seq } = event
    if (seq < (last.get(chat) ?? 0)) return
    last.set(chat, seq)
    const preview = previewOf(event)
    emit('chat_updated', { chat, ...(preview && { preview }), seq, by_user_id: event.author ?? event.author_id ?? null })
  }

  /** What came while nobody listened is told as what comes now is. */
  async function readMentions() {
    const { mentions } = await ask<{ mentions: Mention[] }>('list_mentions', {})
    for (const { chat_id: chat, event_id: event, author_id } of mentions) mention({ chat, event, ...(author_id && { author_id }) })
  }

  function mention(data: { readonly event: string; readonly [field: string]: unknown }) {
    if (mentioned.has(data.event)) return
    mentioned.add(data.event)
    pass('user_mentioned', data)
  }

  /** Another user takes over, to whom nothing of this is to be shown. */
  function forget() {
    ground.forget()
    for (const known of [last, mentioned]) known.clear()
    presence.forget()
    for (const list of lists) list.clear()
  }

  function begin() {
    readMentions().catch(() => {})
    presence.renew()
    for (const list of lists) list.renew()
  }

  return {
    hear(name, data) {
      const { chat = '', event } = (data ?? {}) as Told
      if (data === 'identity_changed') forget()
      if (name === 'user_mentioned') return mention(data as { event: string })
      if (name === 'chat_updated') emit(name, { ...(data as ChatUpdate), by_user_id: null })
      else pass(name, data)
      if (typeof event === 'object' && /^(new_event|event_(updated|deleted))$/.test(name)) update(chat, event)
      if (name === 'presence_changed') presence.changed(data as never)
      if (name === 'user_chat_removed' || name === 'chat_deleted') for (const list of lists) list.drop(chat)
      else if (CHANGES.test(name) || name === 'user_chat_added') for (const list of lists) list.touch(chat)
      status.look()
      if (/^connect(ed|ion_restored)$/.test(name)) begin()
    },
    sending:
      (send) =>
      async (chat, ...given) => {
        const event = await send(chat, ...given)
        update(chat, event)
        for (const list of lists) list.touch(chat)
        return event
      },
  }
}

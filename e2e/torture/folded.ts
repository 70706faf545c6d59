/** What a page makes of all that it is told: each event as it should be by now. */
import type { ChatEvent, Properties, QuotedEvent } from '../../src/sdk/rich/types.ts'

interface Telling {
  readonly chat: string
  readonly event: ChatEvent | string
  readonly quote?: QuotedEvent
  readonly amends?: Known & { readonly id: string }
  readonly properties?: object
}

type Names = Readonly<Record<string, readonly string[]>>
type Known = { readonly [F in keyof ChatEvent]?: ChatEvent[F] | undefined }

const FULL = ['new_event', 'event_updated', 'event_deleted']

export class Folded {
  /** By chat and id; without `seq` it has not been told of itself, only what became of it. */
  readonly chats = new Map<string, Map<string, Known>>()

  hear(name: string, data: unknown): void {
    const { chat, event, quote, amends, properties } = (data ?? {}) as Telling
    if (name === 'chat_deleted' || name === 'user_chat_removed') return void this.chats.delete(chat)
    if (FULL.includes(name)) this.#put(chat, event as ChatEvent)
    if (amends) this.#merge(chat, amends.id, amends)
    if (name === 'event_properties_updated') this.#set(chat, event as string, properties as Properties)
    if (name === 'event_properties_deleted') this.#unset(chat, event as string, properties as Names)
    if (quote)
      for (const [id, { quoted_event }] of this.#of(chat)) if (quoted_event?.id === quote.id) this.#merge(chat, id, { quoted_event: quote })
  }

  /** By a promise, which may come later than what was told of it since. */
  answered(chat: string, event: Known & { readonly id: string }): void {
    const known = this.#of(chat).get(event.id)
    if (known?.seq === undefined) this.#put(chat, { ...event, ...known, id: event.id })
    // It says nothing of what it is a reply to.
    if (event.reply_to_id) this.#merge(chat, event.reply_to_id, { replies: UNTOLD })
  }

  #of(chat: string): Map<string, Known> {
    const known = this.chats.get(chat) ?? new Map<string, Known>()
    this.chats.set(chat, known)
    return known
  }

  #put(chat: string, event: Known & { readonly id: string }): void {
    this.#of(chat).set(event.id, event)
  }

  #merge(chat: string, id: string, part: Known): void {
    this.#of(chat).set(id, { ...this.#of(chat).get(id), ...part })
  }

  #set(chat: string, id: string, properties: Properties): void {
    const before = this.#of(chat).get(id)?.properties ?? {}
    const set = Object.entries(properties).map(([namespace, named]) => [namespace, { ...before[namespace], ...named }])
    this.#merge(chat, id, { properties: { ...before, ...Object.fromEntries(set) } })
  }

  #unset(chat: string, id: string, names: Names): void {
    const before = this.#of(chat).get(id)?.properties ?? {}
    const left = Object.entries(before).map(([namespace, named]) => [
      namespace,
      Object.fromEntries(Object.entries(named).filter(([name]) => !names[namespace]?.includes(name))),
    ])
    this.#merge(chat, id, { properties: Object.fromEntries(left) })
  }
}

/** In the place of what nobody has told. */
export const UNTOLD = { count: -1, last_at: '', last_user_ids: [] }

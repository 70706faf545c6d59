/** What a row of the list says of a chat: who, what, and since when. */
import type { Chat, ChatUser, Event } from '../../sdk/agent/types.ts'
import { lineOf } from '../../ui/plain-text.ts'
import type { Named } from '../../ui/words.ts'
import { words } from '../words.ts'

export interface Row {
  readonly id: string
  readonly who: string
  /** What the customer is known by; undefined when nobody told. */
  readonly name: string | undefined
  readonly what: string
  readonly email: string | undefined
  readonly avatar: string | undefined
  readonly unread: number
  readonly active: boolean
  /** Since when the customer waits; null when it is the customer's turn or the chat is closed. */
  readonly waitingSince: string | null
  readonly lastActivityAt: string
}

/** Longer texts are cut by the row anyway; a 16 KB message need not enter the page for it. */
const PREVIEW_CHARS = 160

export const customerOf = (users: readonly ChatUser[]) => users.find((user) => user.type === 'customer') ?? null

export function givenName({ name, type, email }: Named): string | undefined {
  return name || (type !== 'customer' ? words.conversation.agent : email || undefined)
}

/** Nameless visitors are told apart by the end of their id. */
export const nameOf = (user: Named): string => givenName(user) ?? words.chats.visitor(user.id.slice(-4))

/** Whom a chat is with. */
export function whoOf(users: readonly ChatUser[]): string {
  const customer = customerOf(users)
  return customer === null ? words.chats.someone : nameOf(customer)
}

const contentOf = (event: Event): string =>
  event.deleted_at ? words.pieces.deleted : (lineOf(event)?.slice(0, PREVIEW_CHARS) ?? words.chats.activity)

function authorOf(event: Event, users: readonly ChatUser[], me: string | null): string | null {
  if (event.author_id === undefined) return null
  if (event.author_id === me) return words.chats.you
  const author = users.find((user) => user.id === event.author_id)
  return author && author.type !== 'customer' ? nameOf(author) : null
}

function whatOf(chat: Chat, me: string | null): string {
  const event = chat.last_event
  if (event === undefined) return words.chats.noMessages
  const prefix = event.visibility === 'agents' ? words.chats.note : authorOf(event, chat.users, me)
  return prefix === null ? contentOf(event) : `${prefix}: ${contentOf(event)}`
}

export function rowOf(chat: Chat, me: string | null): Row {
  const customer = customerOf(chat.users)
  return {
    id: chat.id,
    who: whoOf(chat.users),
    name: customer === null ? undefined : givenName(customer),
    what: whatOf(chat, me),
    email: customer?.email,
    avatar: customer?.avatar,
    unread: chat.unread_count,
    active: chat.active,
    waitingSince: chat.active ? (chat.waiting_since ?? null) : null,
    lastActivityAt: chat.last_activity_at,
  }
}

/** A chat in which nobody has said anything is nothing to answer. */
export const isListed = (chat: Chat): boolean => chat.last_event !== undefined

/** Of a long text its last part, where the typing is, in one line. */
export function endOf(text: string, chars: number): string {
  const line = text.trim().replace(/\s+/g, ' ')
  return line.length > chars ? `…${line.slice(-chars)}` : line
}

/** Every word of the query somewhere in who or what, whatever the case or the accents. */
export function matches(row: Row, query: string): boolean {
  const hay = fold(`${row.who} ${row.email ?? ''} ${row.what}`)
  return fold(query)
    .split(/\s+/)
    .every((word) => hay.includes(word))
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The row one step on from the selected one; from nowhere, the first or the last. Null when there is none further. */
export function neighbour(rows: readonly Row[], selected: string | null, step: 1 | -1): string | null {
  const at = rows.findIndex((row) => row.id === selected)
  if (at === -1) return rows.at(step === 1 ? 0 : -1)?.id ?? null
  return rows[at + step]?.id ?? null
}

/** One chat as a face sees it. */
import type { Event, NewEvent } from '../../protocol/events.ts'
import type { Client } from './client.ts'
import { arrived } from './outbox-arrived.ts'
import { isProvisional } from './outbox-entry.ts'
import type { Retry } from './outbox-retry.ts'
import type { Receipts } from './receipts.ts'
import type { Timeline } from './timeline.ts'
import type { Typists } from './typists.ts'
import { createView } from './view.ts'
import type { Conversation, ConversationState } from './views.ts'
import type { Windows } from './windows.ts'

export interface OwnConversation extends Conversation {
  touch(): void
}

export interface ConversationParts {
  readonly client: Client
  readonly receipts: Receipts
  readonly retry: Retry
  readonly timeline: Timeline
  readonly windows: Windows
  readonly typists: Typists
  me(): string
}

const NOTHING = { users: [], thread: null, unread_count: 0, last_event: null, last_activity_at: null, waiting_since: null } as const

/** `given` is the chat's id, or a provisional one of which nothing may have been sent yet. */
export function createConversation(
  given: string,
  { client, receipts, retry, timeline, windows, typists, me }: ConversationParts,
): OwnConversation {
  const { ask, replica, outbox } = client
  const id = () => outbox.real(given)

  const view = createView((): ConversationState => {
    const chat = replica.get(id())?.chat
    const window = windows.of(id())
    const provisional = isProvisional(id())
    return {
      id: id(),
      provisional,
      active: chat?.active ?? provisional,
      ...(chat
        ? {
            users: chat.users,
            thread: chat.thread ?? null,
            unread_count: chat.unread_count,
            last_event: chat.last_event ?? null,
            last_activity_at: chat.last_activity_at,
            waiting_since: chat.waiting_since ?? null,
          }
        : NOTHING),
      items: timeline.items(),
      has_older: (window?.from ?? 1) > (chat?.from_seq ?? 1),
      loading_older: window?.loading ?? false,
      loaded: provisional || (window?.loaded ?? false),
      gone: windows.gone(id()),
      typing: typists.in(id()),
    }
  })

  let faces = 0
  let attending = false
  let leave = () => {}
  /** A chat that is only being started is looked at from the moment it is there. Looking changes the chat, which leads here again. */
  const attend = () => {
    if (attending || !faces || isProvisional(id())) return
    attending = true
    leave = windows.look(id())
  }

  const begun = () => !isProvisional(id()) || outbox.entries.some(({ chat }) => chat === given)

  async function send(event: NewEvent): Promise<Event> {
    const outcome = await (begun() ? outbox.send(given, event) : outbox.start(given, [event]))
    const entries = outcome.entries as readonly { readonly payload: { readonly event?: Event } }[] | undefined
    return (outcome.event ?? entries?.find(({ payload }) => payload.event)?.payload.event) as Event
  }

  return {
    get state() {
      return view.state
    },
    subscribe: view.subscribe,
    touch() {
      attend()
      view.touch()
    },
    open() {
      faces++
      attend()
      let close = () => {
        close = () => {}
        if (--faces || !attending) return
        attending = false
        leave()
      }
      return () => close()
    },
    loadOlder: () => windows.older(id()),
    send,
    retry,
    discard: outbox.discard,
    markSeen() {
      const held = replica.get(id())
      const seen = held?.chat?.users.find((user) => user.id === me())?.seen_seq ?? 0
      if (held?.chat && seen < (held.chat.last_event?.seq ?? 0)) receipts.push(held.id, { seq: held.seq }).catch(() => {})
    },
    async close() {
      // What was sent before comes before.
      await ask('deactivate_chat', { id: await arrived(client, given, true) })
    },
  }
}

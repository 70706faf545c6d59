/** One chat as a face sees it. */
import type { Event, NewEvent } from '../../protocol/events.ts'
import type { Client } from './client.ts'
import { eventsIn, isProvisional } from './outbox-entry.ts'
import { createTimeline } from './timeline.ts'
import { createView } from './view.ts'
import type { Conversation, ConversationState } from './views.ts'
import type { Windows } from './windows.ts'

export interface OwnConversation extends Conversation {
  touch(): void
}

const NOTHING = { users: [], thread: null, unread_count: 0, last_event: null, last_activity_at: null, waiting_since: null } as const

/** `given` is the chat's id, or a provisional one of which nothing may have been sent yet. */
export function createConversation(given: string, client: Client, windows: Windows, me: () => string): OwnConversation {
  const { ask, replica, outbox, typing, receipts } = client
  const timeline = createTimeline(client, windows, me)
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
      items: timeline.items(id()),
      has_older: (window?.from ?? 1) > (chat?.from_seq ?? 1),
      loading_older: window?.loading ?? false,
      loaded: provisional || (window?.loaded ?? false),
      gone: windows.gone(id()),
      typing: typing.in(id()),
    }
  })

  let faces = 0
  let attending = false
  let leave = () => {}
  /** A chat that is only being started is looked at from the moment it is there. Looking changes the chat, which leads here again. */
  const attend = () => {
    if (attending || !faces || isProvisional(id())) return
    attending = true
    leave = replica.look(id())
  }

  const begun = () => !isProvisional(id()) || outbox.entries.some(({ chat }) => chat === given)

  async function send(event: NewEvent): Promise<Event> {
    if (begun()) return (await outbox.send(given, event)).event
    return eventsIn(await outbox.start(given, [event]))[0] as Event
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
    retry: outbox.retry,
    discard: outbox.discard,
    markSeen() {
      const held = replica.get(id())
      const seen = held?.chat?.users.find((user) => user.id === me())?.seen_seq ?? 0
      if (held?.chat && seen < (held.chat.last_event?.seq ?? 0)) receipts.push(held.id, { seq: held.seq }).catch(() => {})
    },
    async close() {
      await outbox.flushed(given)
      await ask('deactivate_chat', { id: await outbox.started(given) })
    },
  }
}

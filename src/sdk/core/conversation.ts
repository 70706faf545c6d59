/** One chat as a face sees it. */
import type { Event, NewEvent } from '../../protocol/events.ts'
import type { Environment } from '../kit/environment.ts'
import type { Ask } from './ask.ts'
import { firstOf } from './chat-log.ts'
import type { Outbox } from './outbox.ts'
import { eventsIn, isProvisional } from './outbox-entry.ts'
import type { Pace } from './pace.ts'
import type { Replica } from './replica.ts'
import { createTimeline } from './timeline.ts'
import type { TypingBoard } from './typing.ts'
import { createView } from './view.ts'
import type { Conversation, ConversationState } from './views.ts'

export interface ConversationParts {
  readonly environment: Environment
  readonly ask: Ask
  readonly replica: Replica
  readonly outbox: Outbox
  readonly typing: TypingBoard
  readonly receipts: Pace<{ seq?: number }, unknown>
  me(): string
}

export interface OwnConversation extends Conversation {
  touch(): void
}

const NOTHING = { users: [], thread: null, unread_count: 0, last_event: null, last_activity_at: null, waiting_since: null } as const

/** `given` is the chat's id, or a provisional one of which nothing may have been sent yet. */
export function createConversation(given: string, { ask, replica, outbox, typing, receipts, me }: ConversationParts): OwnConversation {
  const timeline = createTimeline(outbox, me)
  const id = () => outbox.real(given)
  const log = () => replica.get(id())

  const view = createView((): ConversationState => {
    const held = log()
    const chat = held?.chat
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
      items: timeline.items(held, id()),
      has_older: held !== undefined && held.from > firstOf(held),
      loading_older: held?.loading ?? false,
      loaded: provisional || (held?.loaded ?? false),
      gone: !held && replica.gone(id()),
      typing: typing.in(id()),
    }
  })

  let faces = 0
  let leave: (() => void) | null = null
  /** A chat that is only being started is looked at from the moment it is there. */
  const attend = () => {
    if (faces && !isProvisional(id())) leave ??= replica.look(id())
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
        if (--faces) return
        leave?.()
        leave = null
      }
      return () => close()
    },
    async loadOlder() {
      const held = log()
      if (held) await replica.older(held)
    },
    send,
    retry: outbox.retry,
    discard: outbox.discard,
    markSeen() {
      const held = log()
      const seen = held?.chat?.users.find((user) => user.id === me())?.seen_seq ?? 0
      if (held?.chat && seen < (held.chat.last_event?.seq ?? 0)) receipts.push(held.id, { seq: held.seq }).catch(() => {})
    },
    async close() {
      await outbox.flushed(given)
      await ask('deactivate_chat', { id: await outbox.started(given) })
    },
  }
}

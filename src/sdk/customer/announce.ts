/** Tells in the seed's events what happens in the client. */
import type { PageDisconnectReason } from '../../protocol/disconnects.ts'
import type { Event } from '../../protocol/events.ts'
import type { LogPush, PushPayload } from '../../protocol/pushes.ts'
import type { ChatUser, Customer } from '../../protocol/users.ts'
import type { Client } from '../core/client.ts'
import type { Emitter } from '../kit/emitter.ts'
import { encode } from '../kit/json.ts'
import { asSent, chatsOf, eventOf, threadSummaryOf, userOf } from './shapes.ts'
import type { EventName, Events } from './types.ts'

interface Detail {
  readonly chat_id?: string
  readonly thread_id?: string
  readonly event_id?: string
  readonly event?: Event
  readonly seq?: number
  readonly created_at?: string
  readonly requester_id?: string
}

export function announce({ events: { on } }: Client, me: () => string, emit: Emitter<Events>['emit']): void {
  /** Users as they were told of last. */
  const told = new Map<string, string>()
  let connected = false
  let live = false
  let known = ''

  /** Before what mentions them. */
  const tellUsers = (users: readonly (ChatUser | Customer)[]) => {
    for (const user of users.map(userOf)) {
      const text = encode(user)
      if (told.get(user.id) !== text) emit('user_data', user)
      told.set(user.id, text)
    }
  }

  on('entry', ({ chat, entry, answered }) => {
    // What else a chat holds of its users is no newer than what was told.
    tellUsers(entry.action === 'incoming_chat' ? chat.users : chat.users.filter(({ id }) => !told.has(id)))
    if (!answered) tellEntry(entry)
  })

  function tellEntry({ action, payload }: LogPush) {
    const chat = payload.chat_id
    switch (action) {
      case 'incoming_chat':
        return emit('thread_summary', threadSummaryOf(chat, payload.thread))
      case 'chat_deactivated':
        return emit('thread_closed', { chat })
      case 'user_added_to_chat':
        return emit('user_joined_chat', { chat, user: payload.user.id })
      case 'user_removed_from_chat':
        return emit('user_left_chat', { chat, user: payload.user_id })
      case 'events_marked_as_seen':
        return (
          payload.seen_up_to &&
          emit('last_seen_timestamp_updated', { chat, user: payload.user_id, timestamp: Date.parse(payload.seen_up_to) })
        )
      default:
        tellDetail(action, payload as Detail)
    }
  }

  /** Everything else, in the wire's own words but for the names of ids. */
  function tellDetail(
    action: string,
    { chat_id: chat, thread_id: thread, event_id, event, seq: _, created_at: __, requester_id: ___, ...rest }: Detail,
  ) {
    const told = { chat, thread: action === 'incoming_event' ? undefined : thread, event: event_id ?? (event && eventOf(event)), ...rest }
    emit(action.replace(/^thread/, 'chat_thread').replace('incoming', 'new') as EventName, asSent(told) as never)
  }

  on('push', ({ action, payload }) =>
    action === 'customer_updated' ? tellUsers([(payload as PushPayload<'customer_updated'>).customer]) : tellDetail(action, payload),
  )
  on('typing', ({ chat_id: chat, user_id: user, typing }) => emit(typing ? 'user_is_typing' : 'user_stopped_typing', { chat, user }))
  on('reason', (reason) => emit('disconnected', reason as PageDisconnectReason))
  on('state', (state) => {
    if (live && state === 'waiting') emit('connection_lost', undefined)
    live = state === 'live'
    if (me() !== known) {
      known = me()
      emit('customer_id', known)
    }
  })
  on('ready', (page) => {
    for (const { users } of page.chats_summary) tellUsers(users)
    emit(connected ? 'connection_restored' : 'connected', chatsOf(page))
    connected = true
  })
}

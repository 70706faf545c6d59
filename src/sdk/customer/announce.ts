/** Tells in the seed's events what happens in the session. */
import type { Chat } from '../../protocol/chats.ts'
import type { LogPush } from '../../protocol/pushes.ts'
import type { ChatUser, Customer } from '../../protocol/users.ts'
import type { Client } from '../core/client.ts'
import type { Emitter } from '../kit/emitter.ts'
import { encode } from '../kit/json.ts'
import { chatsOf, eventOf, threadSummaryOf, userOf } from './shapes.ts'
import type { Events } from './types.ts'

export function announce({ events: session }: Client, { emit }: Pick<Emitter<Events>, 'emit'>): void {
  /** Users as they were told of last. */
  const told = new Map<string, string>()
  let connected = false
  let live = false

  const tellUser = (user: ChatUser | Customer | undefined) => {
    const shape = user && userOf(user)
    const text = encode(shape)
    if (!shape || told.get(shape.id) === text) return
    told.set(shape.id, text)
    emit('user_data', shape)
  }

  session.on('entry', ({ chat, entry, answered }) => {
    for (const user of usersIn(chat, entry)) tellUser(user)
    tellEntry(entry, answered)
  })

  function tellEntry({ action, payload }: LogPush, answered: boolean) {
    const chat = payload.chat_id
    if (action === 'incoming_chat') emit('thread_summary', threadSummaryOf(chat, payload.thread))
    if (action === 'incoming_event' && !answered) emit('new_event', { chat, event: eventOf(payload.event) })
    if (action === 'chat_deactivated') emit('thread_closed', { chat })
    if (action === 'user_added_to_chat') emit('user_joined_chat', { user: payload.user.id, chat })
    if (action === 'user_removed_from_chat') emit('user_left_chat', { user: payload.user_id, chat })
    if (action === 'events_marked_as_seen' && payload.seen_up_to !== undefined) {
      emit('last_seen_timestamp_updated', { chat, user: payload.user_id, timestamp: Date.parse(payload.seen_up_to) })
    }
  }

  session.on('user', ({ action, payload }) => void (action === 'customer_updated' && tellUser(payload.customer)))
  session.on('typing', ({ chat_id, user_id, typing }) =>
    emit(typing ? 'user_is_typing' : 'user_stopped_typing', { chat: chat_id, user: user_id }),
  )
  session.on('reason', (reason) => emit('disconnected', reason))
  session.on('state', (state) => {
    if (live && state === 'waiting') emit('connection_lost', undefined)
    live = state === 'live'
  })
  session.on('ready', (page) => {
    for (const { users } of page.chats_summary) for (const user of users) tellUser(user)
    emit(connected ? 'connection_restored' : 'connected', chatsOf(page))
    connected = true
  })
}

/** Those that what is told next will mention. */
function usersIn({ users }: Chat, { action, payload }: LogPush): readonly (ChatUser | undefined)[] {
  if (action === 'incoming_event') return [users.find(({ id }) => id === payload.event.author_id)]
  return action === 'incoming_chat' || action === 'user_added_to_chat' ? users : []
}

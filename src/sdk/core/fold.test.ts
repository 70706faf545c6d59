/** What entries do to the summary of a chat, however closely it is followed. */
import { describe, expect, it } from 'vitest'
import type { Chat } from '../../protocol/chats.ts'
import type { LogPush } from '../../protocol/pushes.ts'
import { provisionalChat } from './chats.ts'
import { fold, foldBriefly } from './fold.ts'
import { foldWhole } from './fold-whole.ts'

const robin = { id: 'robin', type: 'agent', name: 'Robin', present: true, seen_seq: 3 } as Chat['users'][number]

it.each([
  ['closely', fold],
  ['briefly', foldBriefly],
])('who comes back is in the chat once, followed %s', (_, follow) => {
  const left: Chat = { ...provisionalChat('chat', 0), users: [{ ...robin, present: false }] }
  const joined = { action: 'user_added_to_chat', payload: { chat_id: 'chat', seq: 4, created_at: '', user: robin } } as unknown as LogPush
  expect(follow(left, joined, 'me').users).toEqual([robin])
})

it('[SEE1] who comes back as something else has the mark that they had', () => {
  const left: Chat = { ...provisionalChat('chat', 0), users: [{ ...robin, present: false, role: 'admin', events_seen_up_to: 'then' }] }
  const user = { ...robin, seen_seq: 2, role: 'member' }
  const joined = { action: 'user_added_to_chat', payload: { chat_id: 'chat', seq: 4, created_at: '', user } } as unknown as LogPush
  expect(fold(left, joined, 'me').users).toEqual([{ ...robin, role: 'member', events_seen_up_to: 'then' }])
})

it('what is said of a chat anew takes the place of what was said before', () => {
  const said: Chat = { ...provisionalChat('chat', 0), name: 'Trip', joinable: true }
  const updated = { action: 'chat_updated', payload: { chat_id: 'chat', seq: 4, created_at: '', avatar: 'a.png' } } as LogPush
  const { name, joinable, avatar } = fold(said, updated, 'me')
  expect([name, joinable, avatar]).toEqual([undefined, undefined, 'a.png'])
})

describe('a mark', () => {
  const chat: Chat = { ...provisionalChat('chat', 0), users: [robin] }
  const event = { id: 't_a1', type: 'message', thread_id: 't', author_id: 'robin', created_at: 'later', seq: 4, visibility: 'agents' }
  const note = { action: 'incoming_event', payload: { chat_id: 'chat', thread_id: 't', seq: 4, created_at: 'later', event } } as LogPush
  const seen = { chat_id: 'chat', seq: 5, created_at: '', user_id: 'robin', seen_seq: 4, seen_up_to: 'earlier' }
  const marked = { action: 'events_marked_as_seen', payload: seen } as LogPush

  it('[SEE5] that a private note moves keeps its time', () => {
    expect(foldWhole(chat, note, 'me').users).toEqual([{ ...robin, seen_seq: 4 }])
  })

  it('[SEE1] that stood on a private note has its time from the last event for all before that', () => {
    expect(foldWhole(foldWhole(chat, note, 'me'), marked, 'me').users).toEqual([{ ...robin, seen_seq: 4, events_seen_up_to: 'earlier' }])
  })
})

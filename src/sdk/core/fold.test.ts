/** What entries do to the summary of a chat, however closely it is followed. */
import { expect, it } from 'vitest'
import type { Chat } from '../../protocol/chats.ts'
import type { LogPush } from '../../protocol/pushes.ts'
import { provisionalChat } from './chats.ts'
import { fold, foldBriefly } from './fold.ts'

const robin = { id: 'robin', type: 'agent', name: 'Robin', present: true, seen_seq: 3 } as Chat['users'][number]

it.each([
  ['closely', fold],
  ['briefly', foldBriefly],
])('who comes back is in the chat once, followed %s', (_, follow) => {
  const left: Chat = { ...provisionalChat('chat', 0), users: [{ ...robin, present: false }] }
  const joined = { action: 'user_added_to_chat', payload: { chat_id: 'chat', seq: 4, created_at: '', user: robin } } as unknown as LogPush
  expect(follow(left, joined, 'me').users).toEqual([robin])
})

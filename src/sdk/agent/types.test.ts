/** What the agent's client shows of the wire is what the wire says. */
import { expectTypeOf, it } from 'vitest'
import type { Activity as WireActivity } from '../../protocol/activity.ts'
import type * as chats from '../../protocol/chats.ts'
import type { ErrorType } from '../../protocol/errors.ts'
import type * as users from '../../protocol/users.ts'
import type { Activity, Chat, ChatUser, ErrorCode } from './types.ts'

it('has the types of the wire', () => {
  expectTypeOf<ErrorCode>().toEqualTypeOf<ErrorType>()
  expectTypeOf<Activity>().toEqualTypeOf<WireActivity>()
  expectTypeOf<ChatUser>().branded.toEqualTypeOf<users.ChatUser>()
  expectTypeOf<Chat>().branded.toEqualTypeOf<chats.Chat>()
})

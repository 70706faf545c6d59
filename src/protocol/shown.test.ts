/** What doors show as plain types is letter for letter the wire: a field that only one of them has is none of either. */
import { expectTypeOf, it } from 'vitest'
import type * as chats from './chats.ts'
import type * as events from './events.ts'
import type * as properties from './properties.ts'
import type * as ratings from './ratings.ts'
import type * as shown from './shown.ts'
import type * as threads from './threads.ts'
import type * as users from './users.ts'

it('what is shown is what the wire says', () => {
  expectTypeOf<shown.Properties>().toEqualTypeOf<properties.Properties>()
  expectTypeOf<shown.Visibility>().toEqualTypeOf<events.Visibility>()
  expectTypeOf<shown.Event>().toEqualTypeOf<events.Event>()
  expectTypeOf<shown.Rating>().toEqualTypeOf<ratings.Rating>()
  expectTypeOf<shown.Thread>().toEqualTypeOf<threads.Thread>()
  expectTypeOf<shown.Customer>().toEqualTypeOf<users.Customer>()
  expectTypeOf<shown.Agent>().toEqualTypeOf<users.Agent>()
  expectTypeOf<shown.ChatKind>().toEqualTypeOf<chats.ChatKind>()
  expectTypeOf<shown.ShownChat>().toEqualTypeOf<Omit<chats.Chat, 'users'>>()
  expectTypeOf<(shown.Customer & shown.Membership) | (shown.Agent & shown.Membership)>().branded.toEqualTypeOf<users.ChatUser>()
})

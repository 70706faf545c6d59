/** What the visitor is typing, shown to agents before it is sent: at a pace that outlives each call. */
import { createTyping } from '../../sdk/customer/typing.ts'
import type { Face } from '../app/face.ts'
import type { Session } from '../app/session.ts'

const typing = new WeakMap<Session, ReturnType<typeof createTyping>>()

export function setSneakPeek({ session }: Face, chat: string, text: string): void {
  const { client, environment } = session.sdk.ground
  const known = typing.get(session) ?? createTyping(client, environment.clock)
  typing.set(session, known)
  known.setSneakPeek(chat, text)
}

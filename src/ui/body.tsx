/** What a message says, in its bubble, where nothing more is at hand to draw it with. `said.tsx` has it all. */
import type { ComponentChildren } from 'preact'
import type { ChatUser } from '../protocol/users.ts'
import type { EventItem } from './log-item.ts'

export interface BodyProps {
  readonly item: EventItem
  /** Everyone of the chat, by their ids. */
  readonly people: ReadonlyMap<string, ChatUser>
  /** Stands under the bubble: when it was said, and how far it has come. */
  readonly children?: ComponentChildren
}

export function PlainBody({ item: { event }, children }: BodyProps) {
  return (
    <>
      <div class="bubble">
        {/* Deleted, or of files alone: that there is something has to do. */}
        <div dir="auto">{event.text ?? event.name ?? '–'}</div>
      </div>
      {children}
    </>
  )
}

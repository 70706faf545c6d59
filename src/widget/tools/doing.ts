/** What the visitor is doing with the messages of a chat, which stays while another one is looked at. */
import type { Event } from '../../protocol/events.ts'
import type { Conversation } from '../../sdk/customer/face.ts'
import { createSaid, type Said } from '../../ui/announcer.tsx'
import type { Replied } from '../../ui/log-item.ts'
import { type Cell, createCell } from '../../ui/view.ts'

/** Where one writes: what the next message quotes, or which one is written anew. */
export interface Writing {
  readonly quoted: Cell<Event | undefined>
  readonly edited: Cell<Event | undefined>
  /** Users whose names were chosen and not typed. */
  readonly chosen: Set<string>
}

export interface Doing extends Writing {
  /** Where one writes a reply. */
  readonly replying: Writing
  /** Whose replies are looked at. */
  readonly replied: Cell<Replied | undefined>
  /** What was just done, for whoever does not see it. */
  readonly said: Said
}

/** The box for the next message, from what is around it. */
export const BOX = ':scope > .composer textarea'

export const createWriting = (): Writing => ({ quoted: createCell(undefined), edited: createCell(undefined), chosen: new Set() })

const all = new WeakMap<Conversation, Doing>()

export function doingOf(conversation: Conversation): Doing {
  const doing = all.get(conversation) ?? {
    ...createWriting(),
    replying: createWriting(),
    replied: createCell(undefined),
    said: createSaid(),
  }
  all.set(conversation, doing)
  return doing
}

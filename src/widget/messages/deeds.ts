/** What a visitor may do with which message, and does. */
import type { TimelineItem } from '../../sdk/customer/face.ts'
import { say } from '../../ui/announcer.tsx'
import { copyText } from '../../ui/copy-text.ts'
import type { EventItem } from '../../ui/log-item.ts'
import { DEEDS, type Deed } from '../../ui/message-menu.tsx'
import type { Face, ToolProps } from '../app/face.ts'
import type { Writing } from '../tools/doing.ts'

/** What is on its way, or gone, has nothing that could be done with it; who has left the chat does nothing in it. */
export const mayAct = ({ seq, event }: EventItem, me: string | null, { users }: Pick<ToolProps['state'], 'users'>): boolean =>
  seq !== null && !event.deleted_at && users.some(({ id, present }) => id === me && present)

export function deedsOf(item: EventItem, isHere: boolean, amongReplies: boolean): Deed[] {
  const { own, event } = item
  const hasText = event.text !== undefined
  const may: Record<Deed, boolean> = {
    reply: isHere && !amongReplies,
    quote: isHere,
    copy: !event.deleted_at && (event.text ?? event.url) !== undefined,
    edit: isHere && own && event.type === 'message' && hasText,
    delete: isHere && own,
  }
  return DEEDS.filter((deed) => may[deed])
}

interface Given extends Pick<ToolProps, 'conversation'> {
  readonly place: HTMLElement
  /** Where what is quoted or edited is written. */
  readonly writing: Writing
}

export function carryOut(face: Face, { conversation, place, writing }: Given, deed: Deed, item: EventItem): void {
  const { session, tools, words, tell } = face
  const { event } = item
  const doing = tools.state.doingOf?.(conversation)
  const carry: Record<Deed, () => unknown> = {
    reply: () => doing?.replied.set({ item, writes: true }),
    quote: () => writing.quoted.set(event),
    edit: () => writing.edited.set(event),
    copy: () =>
      copyText(event.text ?? event.url ?? '', place).then(
        () => tell(words.copied),
        () => tell(words.copyFailed),
      ),
    delete: () =>
      session.sdk.ask('delete_event', { chat_id: conversation.state.id, event_id: event.id }).then(
        () => doing && say(doing.said, words.deleted),
        () => tell(words.deleteFailed),
      ),
  }
  carry[deed]()
}

/** One's own last message that can be edited: the arrow up leads to it from where nothing is written. */
export function lastEditable(items: readonly TimelineItem[]): EventItem | undefined {
  const [last] = items
    .filter((item): item is EventItem => item.kind === 'event' && item.own)
    .filter(({ event }) => event.type === 'message' && event.text !== undefined)
    .slice(-1)
  // While it is on its way another is not what was meant.
  return last?.seq === null ? undefined : last
}

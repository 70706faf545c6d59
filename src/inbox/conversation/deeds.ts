/** What an agent may do with which message. */
import type { EventItem, LogItem } from '../../ui/log-item.ts'
import { DEEDS, type Deed } from '../../ui/message-menu.tsx'
import type { Desk } from '../desk.ts'

type Policies = ReturnType<Desk['policies']>

/** What is on its way, or gone, has nothing that could be done with it. */
export const mayAct = ({ seq, event }: EventItem): boolean => seq !== null && event.deleted_at === undefined

export function deedsOf(item: EventItem, policies: Policies, amongReplies: boolean): Deed[] {
  const { own, event } = item
  if (!mayAct(item)) return []
  const hasText = event.text !== undefined
  const may: Record<Deed, boolean> = {
    reply: !amongReplies,
    quote: true,
    copy: hasText,
    edit: event.type === 'message' && hasText && (own || policies.edit === 'all'),
    delete: own || policies.delete === 'all',
  }
  return DEEDS.filter((deed) => may[deed])
}

/** One's own last message that can be edited: the arrow up leads to it from where nothing is written. */
export function lastEditable(items: readonly LogItem[]): EventItem | undefined {
  const [last] = items
    .filter((item): item is EventItem => item.kind === 'event' && item.own && item.event.type === 'message')
    .filter(({ event }) => event.text !== undefined)
    .slice(-1)
  // While it is on its way another is not what was meant.
  return last && mayAct(last) ? last : undefined
}

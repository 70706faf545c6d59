/** Whatever is held must be what a fresh fetch says, however it came to be held: event by event, and each chat's summary. */
import type { Chat } from '../../src/protocol/chats.ts'
import type { Event } from '../../src/protocol/events.ts'
import { eventOf } from '../../src/sdk/customer/shapes.ts'
import type { Reader } from '../../src/server/domain/context.ts'
import { presentEvent } from '../../src/server/domain/present.ts'
import { readChat } from '../../src/server/domain/summaries.ts'
import type { Store, View } from '../../src/server/store/store.ts'
import { someAddresses } from '../../src/testing/factories.ts'
import type { FaceTab } from './face.ts'
import { type Folded, UNTOLD } from './folded.ts'
import { type Ledger, wordsIn } from './ledger.ts'
import { broughtBy, type FinalChat } from './log.ts'
import { visibleIn } from './membership.ts'
import type { PageTab } from './page.ts'

export interface Fresh {
  readonly chat: Chat
  readonly events: ReadonlyMap<string, Event>
}

/** What a reader is told who asks now. */
export async function fetchFresh(store: Store, whole: FinalChat, user_id: string, view: View): Promise<Fresh> {
  const { row } = whole
  const from = row.kind === 'support' ? 1 : (whole.stays.get(user_id)?.at(-1)?.from_agents ?? 1)
  const reader: Reader = { user_id, view, files: someAddresses, from }
  const rows = visibleIn(whole, user_id, view).flatMap((entry) => broughtBy(entry) ?? [])
  return {
    chat: await readChat(store, row, reader),
    events: new Map(rows.map((event) => [event.id, presentEvent(event, reader)])),
  }
}

/** Nothing, in whichever way it is said. */
const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)

/** Without what is not there, and without addresses, which are made afresh each time. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).flatMap(([name, field]) => {
    const said = name === 'url' ? null : plain(field)
    return isNothing(said) ? [] : [[name, said] as const]
  })
  return Object.fromEntries(fields.sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** The names of fields that are not the same, with both. */
export function differences(shown: object, fresh: object): string[] {
  const [is, should] = [shown, fresh].map((one) => plain(one) as Record<string, unknown>)
  return [...new Set([...Object.keys(is ?? {}), ...Object.keys(should ?? {})])].flatMap((name) => {
    const [one, other] = [is?.[name], should?.[name]].map((field) => JSON.stringify(field))
    return one === other ? [] : [`${name} ${one?.slice(0, 300)}, which is ${other?.slice(0, 300)}`]
  })
}

/** What no face shows, and no fold keeps. */
const unshown = ({ properties: _, ...event }: Event): object => event

/** Profiles come by other ways than a chat's log, and who took part in a thread no face shows. */
const summaryOf = ({ properties: _, thread, users, last_event, last_event_per_type, ...chat }: Chat): object => {
  const { properties: __, user_ids: ___, ...shown } = thread ?? {}
  return {
    ...chat,
    thread: shown,
    users: users
      .map(({ id, type, present, seen_seq, events_seen_up_to, role }) => ({ id, type, present, seen_seq, events_seen_up_to, role }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    last_event: last_event && unshown(last_event),
    last_event_per_type: Object.fromEntries(Object.entries(last_event_per_type).map(([type, event]) => [type, unshown(event)])),
  }
}

/** A copy may be without a preview and the last events of each type, and must not have others. */
export function checkSummary(who: string, shown: Chat, { last_event_preview, ...fresh }: Chat): string[] {
  const previewed = shown.last_event_preview === undefined ? {} : { last_event_preview }
  const last_event_per_type = Object.keys(shown.last_event_per_type).length > 0 ? fresh.last_event_per_type : {}
  return differences(summaryOf(shown), { ...summaryOf({ ...fresh, last_event_per_type }), ...previewed }).map(
    (what) => `[stale] ${who} has of the chat ${what}`,
  )
}

export function checkEvents(who: string, shown: Iterable<Event>, { events }: Fresh): string[] {
  return [...shown].flatMap((event) => {
    const fresh = events.get(event.id)
    if (!fresh) return [`[stale] ${who} has ${event.id}, which nobody sent`]
    return differences(unshown(event), unshown(fresh)).map((what) => `[stale] ${who} has of ${event.id} ${what}`)
  })
}

/** What a face shows of a chat. */
export function checkFreshFace(who: string, tab: FaceTab, fresh: Fresh): string[] {
  const { id } = fresh.chat
  const { items, last_event } = tab.look(id).state
  const shown = items.flatMap((item) => (item.kind === 'event' && item.delivery === 'sent' ? [item.event] : []))
  const listed = tab.client.chats.state.chats.find((chat) => chat.id === id)
  return [
    ...checkEvents(who, [...shown, ...(last_event ? [last_event] : [])], fresh),
    ...(listed ? checkSummary(who, listed, fresh.chat) : []),
  ]
}

/** EDT2, EDT4: nothing of what was edited away or deleted is left in a face. */
export function checkGone(who: string, tab: FaceTab, chats: readonly FinalChat[], ledger: Ledger): string[] {
  const held = JSON.stringify([tab.client.chats.state, chats.map(({ row }) => tab.look(row.id).state)])
  return wordsIn(held).flatMap((words) => (ledger.isGone(words) ? [`[EDT4] ${who} still has "${words}"`] : []))
}

/** What a page's own list says of a chat: it is read anew whenever something happens. */
export function checkListed(who: string, { list }: PageTab, { chat }: Fresh): string[] {
  const listed = list?.state.chats.find(({ id }) => id === chat.id)
  if (!list) return []
  return listed ? checkSummary(who, listed as Chat, chat) : [`[stale] ${who} does not list the chat`]
}

/** What a page has made of what it was told of a chat. */
export function checkFreshPage(who: string, { chats }: Folded, { chat, events }: Fresh): string[] {
  const known = [...(chats.get(chat.id)?.values() ?? [])]
  return known.flatMap((event) => {
    const fresh = events.get(event.id ?? '')
    if (event.seq === undefined || !fresh) return []
    const { replies, ...rest } = event
    const { replies: now, ...others } = eventOf(fresh)
    const told = replies === UNTOLD ? {} : { replies }
    return differences({ ...rest, ...told }, { ...others, ...(replies === UNTOLD ? {} : { replies: now }) }).map(
      (what) => `[stale] ${who} was told of ${event.id} ${what}`,
    )
  })
}

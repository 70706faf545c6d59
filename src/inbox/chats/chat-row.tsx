/** One chat of the list: who, what, and how long they have waited. */
import { MAX_UNREAD } from '../../protocol/limits.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useLanguage } from '../../ui/language.ts'
import { relativeTime } from '../../ui/time.ts'
import { chatAddress } from '../address.ts'
import { words } from '../words.ts'
import { endOf, type Row } from './rows.ts'
import { waitingOf, waitingWords } from './waiting.ts'

interface Props {
  readonly row: Row
  readonly selected: boolean
  /** Something is written for it and not sent. */
  readonly draft: boolean
  /** Something in it names the agent, who has not seen it. */
  readonly mentioned: boolean
  /** What the customer is typing right now. */
  readonly typed: string | undefined
  readonly now: number
  /** From 1, and out of how many (-1: nobody knows yet), as only those in sight are in the page. */
  readonly place: number
  readonly total: number
}

const text = words.chats
/** About as much as the row has room for. */
const TYPED_CHARS = 32

function Waiting({ since, now }: { readonly since: string; readonly now: number }) {
  const { locale } = useLanguage()
  const waiting = waitingOf(since, now)
  const time = waitingWords(waiting, locale)
  return (
    <span class={waiting.long ? 'chat-row-when waits waits-long' : 'chat-row-when waits'}>
      {time === null ? text.waitingNow : text.waiting(time)}
    </span>
  )
}

function When({ row, now }: { readonly row: Row; readonly now: number }) {
  const { locale } = useLanguage()
  if (row.waitingSince !== null) return <Waiting since={row.waitingSince} now={now} />
  return (
    <time class="chat-row-when" dateTime={row.lastActivityAt}>
      {relativeTime(row.lastActivityAt, now, locale)}
    </time>
  )
}

function Unread({ count }: { readonly count: number }) {
  if (count === 0) return null
  const shown = count >= MAX_UNREAD ? `${MAX_UNREAD - 1}+` : String(count)
  return (
    <span class="chat-row-unread">
      <span aria-hidden="true">{shown}</span>
      <span class="hidden">{text.unread(shown)}</span>
    </span>
  )
}

function Mentioned() {
  return (
    <span class="chat-row-mention">
      <span aria-hidden="true">@</span>
      <span class="hidden">{words.pieces.mentionsYou}</span>
    </span>
  )
}

/** What is being typed takes the place of what was said; its end is where it goes on. */
function What({ row, typed }: { readonly row: Row; readonly typed: string | undefined }) {
  if (typed === undefined) return <bdi>{row.what}</bdi>
  return (
    <>
      <span class="chat-row-mark typing">{text.typing}</span>
      <bdi>{endOf(typed, TYPED_CHARS)}</bdi>
    </>
  )
}

export function ChatRow({ row, selected, draft, mentioned, typed, now, place, total }: Props) {
  return (
    <li class="chat-row-item" aria-posinset={place} aria-setsize={total}>
      <a
        class={row.unread > 0 || mentioned ? 'chat-row unread' : 'chat-row'}
        href={chatAddress(row.id)}
        aria-current={selected ? 'true' : undefined}
      >
        <Avatar name={row.name} picture={row.avatar} size={40} />
        <span class="chat-row-line">
          <span class="chat-row-who">
            <bdi>{row.who}</bdi>
          </span>
          <When row={row} now={now} />
        </span>
        <span class="chat-row-line">
          <span class="chat-row-what">
            {draft && <span class="chat-row-mark draft">{text.draft}</span>}
            {!row.active && <span class="chat-row-mark">{text.closed}</span>}
            <What row={row} typed={typed} />
          </span>
          {mentioned && <Mentioned />}
          <Unread count={row.unread} />
        </span>
      </a>
    </li>
  )
}

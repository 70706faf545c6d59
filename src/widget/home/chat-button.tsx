/** One chat in the list: with whom, what was last said, when, and how much of it is new. */
import type { Chat } from '../../protocol/chats.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useLanguage } from '../../ui/language.ts'
import { lineOf } from '../../ui/plain-text.ts'
import { relativeTime } from '../../ui/time.ts'
import { useFace } from '../app/face.ts'
import { namesOf, othersIn } from '../app/people.ts'

export function ChatButton({ chat, onPick }: { readonly chat: Chat; readonly onPick: () => void }) {
  const { session, words } = useFace()
  const language = useLanguage()
  const { locale, words: pieces } = language
  const { me } = session.sdk
  const others = othersIn(chat.users, me)
  const name = chat.name ?? (others.length > 0 ? namesOf(others, language) : words.chat)
  const last = chat.last_event
  const said = last && (last.deleted_at ? words.deleted : lineOf(last))
  const unread = String(chat.unread_count)
  return (
    <button type="button" class={chat.unread_count > 0 ? 'chat unread' : 'chat'} onClick={onPick}>
      <Avatar name={others[0]?.name} picture={others[0]?.avatar} size={40} />
      <span class="who">{name}</span>
      <time dateTime={chat.last_activity_at}>{relativeTime(chat.last_activity_at, Date.now(), locale)}</time>
      <span class="said">
        {!chat.active && `${words.ended} · `}
        {me !== null && last?.author_id === me && `${pieces.you}: `}
        <bdi>{said ?? words.noMessages}</bdi>
      </span>
      {chat.unread_count > 0 && (
        <span class="count">
          <span aria-hidden="true">{unread}</span>
          <span class="hidden">{words.unread(unread)}</span>
        </span>
      )}
    </button>
  )
}

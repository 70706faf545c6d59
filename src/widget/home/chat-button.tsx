/** One chat in the list: with whom, what was last said, when, and how much of it is new. */
import type { Chat } from '../../protocol/chats.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useLanguage } from '../../ui/language.ts'
import { lineOf } from '../../ui/plain-text.ts'
import { relativeTime } from '../../ui/time.ts'
import { useFace } from '../app/face.ts'
import { agentsOf, namesOf } from '../app/people.ts'

export function ChatButton({ chat, onPick }: { readonly chat: Chat; readonly onPick: () => void }) {
  const { words } = useFace()
  const language = useLanguage()
  const { locale, words: pieces } = language
  const agents = agentsOf(chat.users)
  const name = chat.name ?? (agents.length > 0 ? namesOf(agents, language) : words.chat)
  const said = chat.last_event && lineOf(chat.last_event)
  const byCustomer = chat.users.some((user) => user.type === 'customer' && user.id === chat.last_event?.author_id)
  const unread = String(chat.unread_count)
  return (
    <button type="button" class={chat.unread_count > 0 ? 'chat unread' : 'chat'} onClick={onPick}>
      <Avatar name={agents[0]?.name} picture={agents[0]?.avatar} size={40} />
      <span class="who">{name}</span>
      <time dateTime={chat.last_activity_at}>{relativeTime(chat.last_activity_at, Date.now(), locale)}</time>
      <span class="said">
        {!chat.active && `${words.ended} · `}
        {byCustomer && `${pieces.you}: `}
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

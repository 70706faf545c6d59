/** All chats of the customer, the most recent first. */
import type { Chat } from '../../protocol/chats.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useLanguage } from '../../ui/language.ts'
import { lineOf } from '../../ui/plain-text.ts'
import { relativeTime } from '../../ui/time.ts'
import { useView } from '../../ui/use-view.ts'
import { COMPOSER, useFace } from '../app/face.ts'
import { PlainHead } from '../app/header.tsx'
import { agentsOf, namesOf } from '../app/people.ts'

export function ChatsView({ onPick }: { readonly onPick: () => void }) {
  const { session, words, focusSoon } = useFace()
  const { chats, has_more } = useView(session.sdk.chats)
  const pick = (show: () => void) => {
    show()
    onPick()
    focusSoon(COMPOSER)
  }
  return (
    <>
      <PlainHead title={words.chats} />
      <ul class="chats">
        {chats.map((chat) => (
          <li key={chat.id}>
            <ChatButton chat={chat} onPick={() => pick(() => session.show(chat.id))} />
          </li>
        ))}
        {has_more && (
          <li>
            <button type="button" class="button" onClick={() => session.sdk.chats.loadMore().catch(() => undefined)}>
              {words.moreChats}
            </button>
          </li>
        )}
      </ul>
      <div class="foot">
        <button type="button" class="button primary" onClick={() => pick(session.showNew)}>
          {words.newChat}
        </button>
      </div>
    </>
  )
}

function ChatButton({ chat, onPick }: { readonly chat: Chat; readonly onPick: () => void }) {
  const { words } = useFace()
  const { locale, words: pieces } = useLanguage()
  const agents = agentsOf(chat.users)
  const name = agents.length > 0 ? namesOf(agents, locale) : words.chat
  const said = chat.last_event && lineOf(chat.last_event)
  const byCustomer = chat.users.some((user) => user.type === 'customer' && user.id === chat.last_event?.author_id)
  return (
    <button type="button" class={chat.unread_count > 0 ? 'chat unread' : 'chat'} onClick={onPick}>
      <Avatar name={agents[0]?.name} picture={agents[0]?.avatar} size={40} />
      <span class="who">{name}</span>
      <time dateTime={chat.last_activity_at}>{relativeTime(chat.last_activity_at, Date.now(), locale)}</time>
      <span class="said" dir="auto">
        {!chat.active && `${words.ended} · `}
        {said === undefined ? words.noMessages : byCustomer ? `${pieces.you}: ${said}` : said}
      </span>
      {chat.unread_count > 0 && <span class="count">{chat.unread_count}</span>}
    </button>
  )
}

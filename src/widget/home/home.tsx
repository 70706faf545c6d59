/** The visitor's home in the chat: a greeting, who is there to answer, their chats with what was last said, the way to a new one. */
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { CLOSE, PEN } from '../../ui/icons.ts'
import { useLanguage } from '../../ui/language.ts'
import { useView } from '../../ui/use-view.ts'
import { START, useFace } from '../app/face.ts'
import { namesOf } from '../app/people.ts'
import { ChatButton } from './chat-button.tsx'
import { useTeam } from './use-team.ts'

export function Home() {
  const { session, words, focusSoon } = useFace()
  const { chats, has_more } = useView(session.sdk.chats)
  const pick = (show: () => void) => {
    show()
    focusSoon(START)
  }
  return (
    <div class="home">
      <Greeting />
      {chats.length > 0 && <h3>{words.yourChats}</h3>}
      <ul class="chats" aria-label={words.yourChats}>
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
          <Icon path={PEN} />
          {words.newChat}
        </button>
      </div>
    </div>
  )
}

/** Says that somebody is here only when somebody is. */
function Greeting() {
  const { session, words, closeWord, close } = useFace()
  const language = useLanguage()
  const team = useTeam(session)
  const customer = useView(session.sdk.chats)
    .chats.flatMap(({ users }) => users)
    .find(({ id }) => id === session.sdk.me)
  return (
    <div class="greeting">
      <IconButton name={closeWord} icon={CLOSE} look="close" onClick={close} />
      {team && team.length > 0 && (
        <span class="faces">
          {team.map((agent) => (
            <Avatar key={agent.id} name={agent.name} picture={agent.avatar} size={40} />
          ))}
        </span>
      )}
      <h2>{words.hello(customer?.name)}</h2>
      <p>{words.greeting}</p>
      <p class={team?.length ? 'presence here' : 'presence'} role="status">
        {team && (team.length > 0 ? words.online(namesOf(team, language)) : words.away)}
      </p>
    </div>
  )
}

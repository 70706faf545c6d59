/** The head of a conversation: who answers, in honest words, and what can be done with the chat as a whole. */
import type { ComponentChildren } from 'preact'
import type { ConversationState } from '../../sdk/customer/face.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { CHAT, CHEVRON_START, CLOSE } from '../../ui/icons.ts'
import { useLanguage } from '../../ui/language.ts'
import { useView } from '../../ui/use-view.ts'
import { useFace } from './face.ts'
import { namesOf, othersIn } from './people.ts'

/** More faces than this would crowd the header. */
const MAX_FACES = 3

interface ChatHeaderProps {
  readonly state: ConversationState
  /** Who is there, as soon as that is known. */
  readonly online: ReadonlySet<string> | undefined
  readonly onHome: () => Promise<void>
  readonly children?: ComponentChildren
}

export function ChatHeader({ state, online, onHome, children }: ChatHeaderProps) {
  const { session, words, tell } = useFace()
  const language = useLanguage()
  const agents = othersIn(state.users, session.sdk.me).filter((user) => user.present)
  const presence = usePresence(agents)
  const news = useView(session.sdk.chats).chats.some((chat) => chat.id !== state.id && chat.unread_count > 0)
  return (
    <div class="head">
      <IconButton
        name={words.chats}
        icon={CHEVRON_START}
        look={news ? 'news' : ''}
        directed
        onClick={() => onHome().catch(() => tell(words.listFailed))}
      />
      {agents.length > 0 ? (
        <span class="faces">
          {agents.slice(0, MAX_FACES).map((agent) => (
            <Avatar key={agent.id} name={agent.name} picture={agent.avatar} size={40} online={online?.has(agent.id)} />
          ))}
        </span>
      ) : (
        <span class="mark" aria-hidden="true">
          <Icon path={CHAT} />
        </span>
      )}
      <div class="title">
        <h2>{agents.length > 0 ? namesOf(agents, language) : words.chat}</h2>
        <p>
          {presence}
          {agents.some(({ id }) => online?.has(id)) && ` · ${words.isOnline}`}
        </p>
      </div>
      {children}
      <CloseButton />
    </div>
  )
}

/** Only what we know: nobody is said to be online because they once wrote. */
function usePresence(agents: ReturnType<typeof othersIn>): string {
  const { session, words } = useFace()
  const status = useView(session.sdk.status)
  if (status === 'connecting') return words.connecting
  const [agent] = agents
  if (!agent) return words.nobodyYet
  return agents.length === 1 && agent.type === 'agent' && agent.job_title ? agent.job_title : words.inThisChat
}

/** On a small screen the panel covers the launcher, and this takes its place. */
function CloseButton() {
  const { closeWord, close } = useFace()
  return <IconButton name={closeWord} icon={CLOSE} look="close" onClick={close} />
}

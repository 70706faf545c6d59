/** The inbox as a whole: the door while nobody is signed in, then the three panes. */
import type { ReadonlySignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { LanguageContext } from '../ui/language.ts'
import { useDelayed } from '../ui/use-delayed.ts'
import type { Named } from '../ui/words.ts'
import { ChatsPane } from './chats/chats-pane.tsx'
import { nameOf, whoOf } from './chats/rows.ts'
import { ConversationPane, NoConversation } from './conversation/conversation.tsx'
import type { Desk } from './desk.ts'
import { Details } from './details/details.tsx'
import type { Session } from './session.ts'
import { ShortcutsDialog } from './shortcuts/shortcuts.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import { titleOf } from './title.ts'
import { useKeys } from './use-keys.ts'
import { words } from './words.ts'

/** Shorter breaks mend themselves before anyone could read about them. */
const STRIP_AFTER_MS = 800

function Connection({ desk }: { readonly desk: Desk }) {
  const status = desk.status.value
  const shown = useDelayed(status !== 'connected', STRIP_AFTER_MS)
  const text = status === 'disconnected' ? words.status.disconnected : words.status.reconnecting
  return (
    <p class="strip connection" role="status">
      {shown && text}
    </p>
  )
}

/** What was just done and cannot be seen. */
function Told({ desk }: { readonly desk: Desk }) {
  return (
    <p class="strip" role="status">
      {desk.told.value}
    </p>
  )
}

function Problem({ desk }: { readonly desk: Desk }) {
  return (
    <p class="strip problem" role="alert">
      {desk.problem.value}
    </p>
  )
}

/** What a key has set going can be called off for a while. */
function ClosingSoon({ desk }: { readonly desk: Desk }) {
  const soon = desk.closingSoon.value
  const chat = desk.list.value.chats.find(({ id }) => id === soon)
  return (
    <p class="strip closing-soon" role="status">
      {soon !== null && (
        <>
          {words.conversation.closingSoon(whoOf(chat?.users ?? []))}{' '}
          <button class="button" type="button" onClick={desk.keepOpen}>
            {words.conversation.undo}
          </button>
        </>
      )}
    </p>
  )
}

/** What is written and not sent stays on this computer only as long as its author is signed in. */
async function signOut(session: Session, desk: Desk): Promise<void> {
  try {
    await session.signOut()
    await desk.drafts.clear()
  } catch {
    desk.problem.value = words.status.signOutFailed
  }
}

function Panes({ desk, session }: { readonly desk: Desk; readonly session: Session }) {
  useKeys(desk)
  const open = desk.open.value
  const title = titleOf(desk.unreadChats.value, desk.list.value.has_more)
  useEffect(() => {
    document.title = title
    return () => {
      document.title = titleOf(0, false)
    }
  }, [title])
  return (
    <main class="desk" data-chat={open !== null}>
      <h1 class="hidden">{words.inbox}</h1>
      <div class="strips">
        <Connection desk={desk} />
        <Problem desk={desk} />
        <Told desk={desk} />
        <ClosingSoon desk={desk} />
      </div>
      <ChatsPane desk={desk} signOut={() => void signOut(session, desk)} />
      {open ? <ConversationPane key={desk.selected.value} desk={desk} open={open} /> : <NoConversation desk={desk} />}
      {open && !open.state.value.gone && <Details desk={desk} open={open} />}
      <ShortcutsDialog desk={desk} />
    </main>
  )
}

function Starting({ withLink }: { readonly withLink: boolean }) {
  const shown = useDelayed(true, STRIP_AFTER_MS)
  return (
    <main class="starting" aria-busy="true">
      <p role="status">{shown && (withLink ? words.signIn.withLink : words.status.connecting)}</p>
    </main>
  )
}

interface Props {
  readonly session: Session
  readonly desk: ReadonlySignal<Desk | null>
}

function Screen({ session, desk }: Props) {
  const state = session.state.value
  if (state.stage === 'signed_out') return <SignIn session={session} busy={state.busy} problem={state.problem} />
  if (state.stage === 'starting' || desk.value === null) return <Starting withLink={state.stage === 'starting' && state.withLink} />
  return <Panes desk={desk.value} session={session} />
}

/** Dates as the reader's region writes them, but in the language that the words around them are in. */
const locale = navigator.languages.find((tag) => tag.startsWith(words.language)) ?? words.language
const nameOfAny = (user: Named | undefined) => (user ? nameOf(user) : words.chats.someone)
const language = { locale, words: { ...words.pieces, nameOf: nameOfAny } }

export function App(props: Props) {
  return (
    <LanguageContext.Provider value={language}>
      <Screen {...props} />
    </LanguageContext.Provider>
  )
}

/** Tells of a message that nobody is looking at: a card above the launcher, the title of a page in the back, a sound where the visitor allowed it. */
import type { Session } from '../app/session.ts'
import type { ChatElement } from '../element.ts'
import type { Language } from '../words.ts'
import { newsNow, newsOf } from './news.ts'
import { playSound } from './sound.ts'
import { flashTitle } from './title.ts'
import { showToast } from './toast.tsx'

export interface Noticed {
  readonly session: Session
  readonly element: ChatElement
  readonly language: Language
  readonly isOpen: () => boolean
  /** Opens the panel. */
  readonly open: () => void
}

export function notice(noticed: Noticed): void {
  const { session, language, isOpen } = noticed
  // Seen while this was on its way, or another customer's by now.
  if (!session.unread.state) return
  const { chats } = session.sdk
  let news = newsOf(chats.state.chats)
  if (!news) return
  const { pieces, more } = language.words
  // What nobody has said is news as well.
  const title = news.author ? more.newMessage(pieces.nameOf(news.author)) : pieces.newMessages
  const stops = [document.hidden ? flashTitle(title) : () => undefined]
  const end = () => {
    for (const stop of stops.splice(0)) stop()
  }
  if (!isOpen()) {
    const toast = showToast(noticed, news, title)
    const renew = () => {
      news = news && newsNow(news, chats.state.chats)
      if (news) toast.say(news)
      else end()
    }
    stops.push(toast.remove, chats.subscribe(renew))
  }
  if (document.hidden || !isOpen()) void playSound(session)
  // Seen here or in another tab, it is news no more.
  const { state: count } = session.unread
  const follow = (next: number | undefined) => {
    if (next === undefined || count === undefined || next <= 0 || next > count) end()
  }
  stops.push(session.unread.subscribe(follow))
}

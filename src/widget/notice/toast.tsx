/** A card above the launcher with the message that came; it opens the chat, or is put away. */
import { render } from 'preact'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { CLOSE } from '../../ui/icons.ts'
import type { News } from './news.ts'
import type { Noticed } from './notice.tsx'

/** Long enough for assistive technology to know of the place where something will be said. */
const HEARD_MS = 100

export interface Toast {
  /** The message as it is by now. */
  say(news: News): void
  remove(): void
}

export function showToast({ session, element, language, open }: Noticed, first: News, title: string): Toast {
  const { root } = element
  const { words, dir, locale } = language
  const box = root.querySelector<HTMLElement>('.toast') ?? root.appendChild(document.createElement('div'))
  Object.assign(box, { className: 'toast', dir, lang: locale, role: 'status' })
  let news = first
  /** How often it was whole: told is the first time, and what becomes of it then is not read out again. */
  let wholes = 0
  const remove = () => {
    // Whoever was at it goes on where it stood.
    if (box.matches(':focus-within')) root.querySelector<HTMLElement>('.launcher button')?.focus({ preventScroll: true })
    render(null, box)
    box.remove()
  }
  const read = () => {
    remove()
    // In this order the focus follows from where the panel was to the chat.
    open()
    session.show(news.chat)
  }
  const show = () => {
    const { author, text } = news
    if (text !== undefined) wholes++
    box.ariaLive = wholes === 1 ? 'polite' : 'off'
    render(
      <>
        <button type="button" class="said" onClick={read}>
          <Avatar name={author?.name} picture={author?.avatar} size={40} />
          {/* Anew once it is whole, or what reads it out would not know. */}
          <span key={wholes > 0}>
            <span class="from">{title}</span>
            <bdi>{text ?? '…'}</bdi>
          </span>
        </button>
        <IconButton name={words.more.dismiss} icon={CLOSE} onClick={remove} />
      </>,
      box,
    )
  }
  // A region that comes with its words in it is heard by some and not by others.
  const timer = setTimeout(show, HEARD_MS)
  return {
    say(now) {
      const isOther = now.text !== news.text
      news = now
      // Put away, it stays so; before it is shown there is time.
      if (isOther && box.firstChild && box.isConnected) show()
    },
    remove() {
      clearTimeout(timer)
      remove()
    },
  }
}

/** A card above the launcher with the message that came; it opens the chat, or is put away. */
import { render } from 'preact'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { CLOSE } from '../../ui/icons.ts'
import type { News } from './news.ts'
import type { Noticed } from './notice.tsx'

/** Long enough for assistive technology to know of the place where something will be said. */
const HEARD_MS = 100

/** Returns the way to take it away. */
export function showToast({ session, element, language, open }: Noticed, { chat, author, text }: News, title: string): () => void {
  const { root } = element
  const { words, dir, locale } = language
  const box = root.querySelector<HTMLElement>('.toast') ?? root.appendChild(document.createElement('div'))
  Object.assign(box, { className: 'toast', dir, lang: locale, role: 'status' })
  const remove = () => {
    render(null, box)
    box.remove()
  }
  const read = () => {
    remove()
    // In this order the focus follows from where the panel was to the chat.
    open()
    session.show(chat)
  }
  const show = () =>
    render(
      <>
        <button type="button" class="said" onClick={read}>
          <Avatar name={author?.name} picture={author?.avatar} size={40} />
          <span>
            <span class="from">{title}</span>
            <bdi>{text}</bdi>
          </span>
        </button>
        <IconButton name={words.more.dismiss} icon={CLOSE} onClick={remove} />
      </>,
      box,
    )
  // A region that comes with its words in it is heard by some and not by others.
  const timer = setTimeout(show, HEARD_MS)
  return () => {
    clearTimeout(timer)
    remove()
  }
}

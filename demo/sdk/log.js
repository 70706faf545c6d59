// How the chat looks on the page: messages in the order of their time. Of the SDK nothing is known here but the shape of an event.

const log = document.getElementById('messages')
const opening = [...log.children]
const seen = make('span', { textContent: 'Seen' })
let seenUpTo = 0

const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const bytes = new Intl.NumberFormat(undefined, { style: 'unit', unit: 'byte', notation: 'compact', unitDisplay: 'narrow' })

const isToday = (at) => new Date(at).toDateString() === new Date().toDateString()

export function make(tag, properties, ...content) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...content)
  return element
}

export const button = (words, onclick) => make('button', { type: 'button', textContent: words, onclick })

/** The end of the log stays in view for whoever reads there, also when its place grows smaller. */
let atEnd = true
log.onscroll = () => {
  atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80
}
const follow = () => {
  if (atEnd) log.scrollTop = log.scrollHeight
}
new ResizeObserver(follow).observe(log)

/** In the order of time; what is not sent yet is last. */
function place(line, at = Number.POSITIVE_INFINITY) {
  line.at = at
  log.insertBefore(line, [...log.children].find((other) => other !== line && other.at > at) ?? null)
  showSeen()
  follow()
}

/** A line for a message, filled with what is being sent until the event is there. */
export function addMessage(author, own, ...content) {
  const body = make('div', { className: 'bubble' }, ...content)
  const foot = make('small', {}, author)
  const line = make('div', { className: own ? 'message own' : 'message' }, body, foot)
  place(line)
  return {
    /** Says below the message what becomes of it, and what can be done about that. */
    note(...content) {
      const hadFocus = foot.contains(document.activeElement)
      foot.replaceChildren(...content)
      if (hadFocus) foot.querySelector('button')?.focus()
    },
    settle(event) {
      body.replaceChildren(contentOf(event))
      foot.replaceChildren(`${author} · ${(isToday(event.timestamp) ? time : dayAndTime).format(event.timestamp)}`)
      place(line, event.timestamp)
    },
    remove: () => line.remove(),
  }
}

/** Texts, pictures and other files. What else there is is named by its type. */
function contentOf({ type, text, url, name, size, contentType = '', width, height }) {
  if (type !== 'file') return make('p', { dir: 'auto' }, text ?? `(${type})`)
  const content = contentType.startsWith('image/')
    ? // As large as it will be, before it is there.
      make('img', { src: url, alt: name, width, height, style: `width: min(${width}px, ${(20 * width) / height}rem)` })
    : make('p', {}, make('bdi', {}, name), ` ${bytes.format(size)}`)
  return make('a', { href: url, target: '_blank', rel: 'noopener' }, content)
}

/** Below the last of one's own messages that others have seen. */
export function showSeen(upTo = 0) {
  seenUpTo = Math.max(seenUpTo, upTo)
  const last = [...log.querySelectorAll('.own')].findLast(({ at }) => at <= seenUpTo)?.lastChild
  if (last !== seen.parentNode) last?.append(seen)
}

/** For whoever comes next. */
export function clear() {
  seenUpTo = 0
  log.replaceChildren(...opening)
}

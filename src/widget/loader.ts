/** Entry of `loader.js`: paints the launcher at once and fetches the widget when the visitor means to use it. */
import { chatElement, moveIn, raise } from './element.ts'
import { showUnread } from './launcher/badge.ts'
import { INTENTS, launcherOf } from './launcher/launcher.ts'
import { showFetching } from './launcher/trouble.ts'
import { keepInPage, whenIdle, whenPainted, whenThere } from './page.ts'
import { isPorchlight, isTaken, nameOf, page, type Queue, queueOf } from './queue.ts'
import { runningTag, type Settings, settingsOfTag, watchUnset } from './settings.ts'
import { keptOf } from './visitor.ts'
import { unread } from './words.ts'

const tag = runningTag()
if (tag) prepare(tag)

function prepare(tag: HTMLScriptElement): void {
  const name = nameOf(tag)
  const settings = settingsOfTag(tag)
  if (isTaken(name, settings)) return
  const hasCome = () => isPorchlight(page[name])
  const load = fetcher(tag.src, name)
  const q = queueOf(page[name])?.q ?? []
  const keep = (...call: unknown[]) => {
    // Whoever took hold of the queue early still reaches the widget.
    if (hasCome()) return (page[name] as Queue)(...call)
    q.push(call)
    load().catch(() => undefined)
  }
  page[name] = Object.assign(keep, { q, settings }) satisfies Queue
  if (!settings) watchUnset(tag, () => q.length > 0)
  else if (settings.container) keep('show')
  else if (settings.load !== 'manual') {
    whenThere(
      () => document.body,
      () => wait(settings, load, keep, hasCome),
    )
  }
}

type Load = () => Promise<unknown>

/** Fetches once; after a failure anew, under another address, because some browsers remember that a module failed. */
function fetcher(script: string, name: string): Load {
  let loading: Promise<unknown> | undefined
  let query = ''
  return () => {
    // A page runs a module once for each address, and every loader needs it to.
    loading ??= import(/* @vite-ignore */ new URL(`widget.js${query}#${name}`, script).href).catch((error) => {
      loading = undefined
      query += '?'
      throw error
    })
    return loading
  }
}

/** Until the widget `hasCome`, which takes it all over. What the visitor sees comes first, and what keeps it there once it is painted. */
function wait(settings: Settings, load: Load, call: Queue, hasCome: () => boolean): void {
  const element = chatElement(settings, document.body)
  const { host } = element
  settings.host = host
  const button = launcherOf(element, settings.icon)
  // A framework's component that takes the chat away has first made it nobody's.
  const isOurs = () => settings.host && !hasCome()
  const fetchAhead = () => void load().catch(() => undefined)
  let fetching: ReturnType<typeof showFetching> | undefined
  button.onclick = async () => {
    fetching ??= showFetching(element, button)
    fetching(true)
    try {
      await load()
      fetching(false)
      call('open')
    } catch {
      fetching(false, true)
    }
  }
  whenPainted(stay)

  function stay() {
    if (!isOurs()) return
    for (const intent of INTENTS) button.addEventListener(intent, fetchAhead, { once: true, passive: true })
    // A site may swap its body before anybody means to chat.
    const stayIn = () => (isOurs() ? moveIn(host, document.body) : release())
    const release = keepInPage(host, stayIn)
    raise(host, stayIn)
    if (settings.load === 'eager' || settings.open) fetchAhead()
    else whenIdle(rest)
  }

  /** A page waits while another process looks up what it keeps; the launcher does not wait for that. */
  async function rest() {
    if (!isOurs()) return
    const [lastChat, unreadToken] = settings.consent === 'required' ? [] : keptOf(settings)
    if (settings.load === 'idle' || (lastChat && !unreadToken)) fetchAhead()
    else if (lastChat) {
      const count = await countUnread(settings, unreadToken).catch(() => 0)
      if (isOurs()) showUnread(count, { unread }, button, element)
    }
  }
}

/** All that a visitor who has chatted before costs a page: one small request, and no connection. */
async function countUnread({ server, license, clientId }: Settings, token: unknown): Promise<number> {
  const address = `${server}/v1/customer/unread?license=${license}&client_id=${encodeURIComponent(clientId)}`
  // Written by hand, since a page may have bent JSON; as plain text it needs no question before it.
  const answer = await fetch(address, { method: 'POST', body: `{"token":"${token}"}` })
  return (await answer.json()).unread
}

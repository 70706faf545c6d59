/** Entry of `loader.js`: paints the launcher at once and fetches the widget when the visitor means to use it. */
import { chatElement, moveIn } from './element.ts'
import { badgeOn } from './launcher/badge.ts'
import { INTENTS, launcherOf } from './launcher/launcher.ts'
import { showFetching } from './launcher/trouble.ts'
import { whenIdle, whenThere } from './page.ts'
import { type Call, isPorchlight, isTaken, nameOf, page, type Queue, queueOf } from './queue.ts'
import { runningTag, type Settings, settingsOfTag, watchUnset } from './settings.ts'
import { keptOf } from './visitor.ts'
import { unread } from './words.ts'

const tag = runningTag()
if (tag) prepare(tag)

function prepare(tag: HTMLScriptElement): void {
  const name = nameOf(tag)
  const settings = settingsOfTag(tag)
  if (isTaken(name, settings)) return
  // A page runs a module once for each address, and every loader needs it to.
  const ended = new AbortController()
  const load = fetcher(new URL(`widget.js#${name}`, tag.src), ended)
  const q = queueOf(page[name])?.q ?? []
  const keep = (...call: unknown[]) => {
    // Whoever took hold of the queue early still reaches the widget.
    if (isPorchlight(page[name])) return (page[name] as Queue)(...call)
    q.push(call)
    load().catch(() => undefined)
  }
  page[name] = Object.assign(keep, { q, settings }) satisfies Queue
  if (!settings) watchUnset(tag, () => q.length > 0)
  else if (settings.container) keep('show')
  else if (settings.load !== 'manual') {
    whenThere(
      () => document.body,
      () => wait(settings, load, q, ended.signal),
    )
  }
}

type Load = () => Promise<unknown>

/** Fetches once, which ends what the loader does; after a failure anew, under another address, because some browsers remember that a module failed. */
function fetcher(address: URL, ended: AbortController): Load {
  let loading: Promise<unknown> | undefined
  let attempts = 0
  return () => {
    loading ??= import(/* @vite-ignore */ address.href).then(
      () => ended.abort(),
      (error) => {
        loading = undefined
        address.searchParams.set('attempt', String(++attempts))
        throw error
      },
    )
    return loading
  }
}

function wait(settings: Settings, load: Load, q: Call[], signal: AbortSignal): void {
  const element = chatElement(settings, document.body)
  settings.host = element.host
  const button = launcherOf(element, settings.icon)
  const fetchAhead = () => void load().catch(() => undefined)
  let fetching: ReturnType<typeof showFetching> | undefined
  const open = async () => {
    fetching ??= showFetching(element, button)
    fetching(true)
    const call = ['open']
    q.push(call)
    try {
      await load()
      fetching(false)
    } catch {
      q.splice(q.indexOf(call), 1)
      fetching(false, true)
    }
  }
  for (const intent of INTENTS) button.addEventListener(intent, fetchAhead, { signal, passive: true })
  button.addEventListener('click', open, { signal })
  // A site may swap its body before anybody means to chat; later the widget sees to it.
  const watched = new MutationObserver(() => {
    // A framework's component that takes it away has first made it nobody's.
    if (signal.aborted || !settings.host) watched.disconnect()
    else watch()
  })
  const watch = () => {
    if (!element.host.isConnected) moveIn(element.host, document.body)
    for (const parent of [document.documentElement, document.body]) watched.observe(parent, { childList: true })
  }
  watch()

  if (settings.load === 'eager' || settings.open) fetchAhead()
  else whenIdle(rest)

  /** A page waits while another process looks up what it keeps; the launcher does not wait for that. */
  function rest() {
    if (!settings.host) return
    const [lastChat, unreadToken] = settings.consent === 'required' ? [] : keptOf(settings)
    if (settings.load === 'idle' || (lastChat && !unreadToken)) fetchAhead()
    else if (lastChat) {
      countUnread(settings, unreadToken, signal).then(
        (count) => badgeOn(button, element)(count, { unread }),
        () => undefined,
      )
    }
  }
}

/** All that a visitor who has chatted before costs a page: one small request, and no connection. */
async function countUnread({ server, license, clientId }: Settings, token: unknown, signal: AbortSignal): Promise<number> {
  const address = `${server}/v1/customer/unread?license=${license}&client_id=${encodeURIComponent(clientId)}`
  // Written by hand, since a page may have bent JSON; as plain text it needs no question before it.
  const answer = await fetch(address, { method: 'POST', body: `{"token":"${token}"}`, signal })
  return (await answer.json()).unread
}

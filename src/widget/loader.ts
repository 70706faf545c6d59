/** Entry of `loader.js`: paints the launcher at once and fetches the widget when the visitor means to use it. */
import { chatElement } from './element.ts'
import { launcherOf } from './launcher/launcher.ts'
import { showFetching } from './launcher/trouble.ts'
import { whenBody, whenIdle } from './page.ts'
import { isPorchlight, page, type Queue, queueOf } from './queue.ts'
import { runningTag, type Settings, settingsOfTag, watchUnset } from './settings.ts'
import { visitorOf } from './visitor.ts'

/** What tells that a click may follow. */
const INTENTS = ['pointerenter', 'focus', 'touchstart'] as const

const tag = runningTag()
if (tag && !isPorchlight(page.Porchlight)) prepare(tag)

function prepare(tag: HTMLScriptElement): void {
  const load = fetcher(new URL('widget.js', tag.src))
  const q = queueOf(page.Porchlight)?.q ?? []
  const keep = (...call: unknown[]) => {
    // Whoever took hold of the queue early still reaches the widget.
    if (isPorchlight(page.Porchlight)) return (page.Porchlight as Queue)(...call)
    q.push(call)
    load().catch(() => undefined)
  }
  const settings = settingsOfTag(tag)
  page.Porchlight = Object.assign(keep, { q, settings }) satisfies Queue
  if (!settings) watchUnset(tag, () => q.length > 0)
  else if (settings.load !== 'manual') whenBody(() => wait(settings, load, q))
}

type Load = () => Promise<unknown>

/** Fetches once; after a failure anew, under another address, because some browsers remember that a module failed. */
function fetcher(address: URL): Load {
  let loading: Promise<unknown> | undefined
  let attempts = 0
  return () => {
    loading ??= import(/* @vite-ignore */ address.href).catch((error) => {
      loading = undefined
      address.searchParams.set('attempt', String(++attempts))
      throw error
    })
    return loading
  }
}

function wait(settings: Settings, load: Load, q: ArrayLike<unknown>[]): void {
  const element = chatElement(settings)
  const { button } = launcherOf(element)
  const fetching = showFetching(element, button)
  const ended = new AbortController()
  const fetchAhead = () =>
    void load().then(
      () => ended.abort(),
      () => undefined,
    )
  const open = async () => {
    fetching.begin()
    const call = ['open']
    q.push(call)
    try {
      await load()
      ended.abort()
      fetching.end(false)
    } catch {
      q.splice(q.indexOf(call), 1)
      fetching.end(true)
    }
  }
  for (const intent of INTENTS) button.addEventListener(intent, fetchAhead, { signal: ended.signal, passive: true })
  button.addEventListener('click', open, { signal: ended.signal })

  const isKnown = settings.consent !== 'required' && visitorOf(settings.license, settings.clientId).lastChat !== null
  if (settings.load === 'eager' || settings.open) fetchAhead()
  else if (settings.load === 'idle' || isKnown) whenIdle(fetchAhead)
}

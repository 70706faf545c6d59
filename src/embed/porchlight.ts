/** The page's `Porchlight` as components call it: usable at any time, also before its script is there. */
import type { PorchlightApi, Verbs, WidgetEvents } from '../widget/index.ts'
import type { Call, Queue } from '../widget/queue.ts'

type Verb = keyof Verbs
type Heard<N extends keyof WidgetEvents> = (data: WidgetEvents[N]) => void

/** What returns a promise. */
const ACTS = ['init', 'open', 'close', 'toggle', 'show', 'hide', 'identify', 'logout', 'update', 'track', 'destroy'] as const

/** The page's global object, as far as we read and write it. */
const page = globalThis as unknown as Record<string, unknown>

/** The widget itself, once its script has run. */
export function widgetOf(name: string): PorchlightApi | undefined {
  const found = page[name]
  return typeof found === 'function' && 'destroy' in found ? (found as PorchlightApi) : undefined
}

/** What keeps the calls until then: the page's own, a loader's, or else ours. */
export function queueOf(name: string): Queue & { q: Call[] } {
  const found = page[name]
  const queue: Queue = typeof found === 'function' ? (found as Queue) : (...call) => void queue.q?.push(call)
  page[name] = queue
  return Object.assign(queue, { q: queue.q ?? [] })
}

/** Calls a verb, now or when the widget is there; resolves to what it returns. A loader fetches the widget for it. */
export function call<V extends Verb>(name: string, verb: V, ...given: Parameters<Verbs[V]>): Promise<unknown> {
  return ask(name, [verb, ...given], (queue, call) => queue(...call))
}

/** The same, but no reason to fetch anything. */
export function callWhenThere<V extends Verb>(name: string, verb: V, ...given: Parameters<Verbs[V]>): Promise<unknown> {
  return ask(name, [verb, ...given], ({ q }, call) => q.push(call))
}

type Put = (queue: Queue & { q: Call[] }, call: [Verb, ...unknown[]]) => unknown

async function ask(name: string, call: [Verb, ...unknown[]], put: Put): Promise<unknown> {
  const widget = widgetOf(name) as ((...call: unknown[]) => unknown) | undefined
  if (widget) return widget(...call)
  // A server renders a page that is not there yet: nobody answers.
  if (typeof document === 'undefined') return new Promise(() => {})
  const queue = queueOf(name)
  put(queue, call)
  return new Promise((answer) => Object.assign(queue.q.at(-1) ?? {}, { answer }))
}

function listen<N extends keyof WidgetEvents>(name: string, event: N, listener: Heard<N>): () => void {
  const heard = listener as Heard<keyof WidgetEvents>
  const widget = widgetOf(name)
  if (widget) return widget.on(event, heard)
  callWhenThere(name, 'on', event, heard)
  return () => void callWhenThere(name, 'off', event, heard)
}

const known = new Map<string, PorchlightApi>()

/** Always the same one for a name. */
export function porchlightOf(name: string): PorchlightApi {
  const porchlight = known.get(name) ?? create(name)
  known.set(name, porchlight)
  return porchlight
}

function create(name: string): PorchlightApi {
  const acts = Object.fromEntries(ACTS.map((verb) => [verb, (...given: never[]) => call(name, verb, ...(given as []))]))
  const verbs = {
    ...(acts as unknown as Pick<Verbs, (typeof ACTS)[number]>),
    on: (event, listener) => listen(name, event, listener),
    off: (event, listener) => void callWhenThere(name, 'off', event, listener as Heard<keyof WidgetEvents>),
  } satisfies Verbs
  const callable = (verb: Verb, ...given: unknown[]) => (verbs[verb] as (...given: unknown[]) => unknown)(...given)
  return Object.defineProperties(Object.assign(callable, verbs), {
    state: { get: () => widgetOf(name)?.state ?? 'waiting' },
    unread: { get: () => widgetOf(name)?.unread ?? 0 },
  }) as unknown as PorchlightApi
}

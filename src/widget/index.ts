/** Entry of `widget.js`, and door of the package: the one `Porchlight` of a page, set up from its script tag, and others beside it. */
import type { Porchlight as Api } from './api.ts'
import { createCallable } from './callable.ts'
import { isPorchlight, isTaken, nameOf, page, queueOf } from './queue.ts'
import { complain, runningTag, type Settings, settingsOfTag, watchUnset } from './settings.ts'
import { createWidget } from './widget.ts'

export type {
  BeforeOpen,
  BeforeSend,
  Changes,
  Consent,
  Destruction,
  Draft,
  Load,
  Options,
  OwnWords,
  Porchlight as PorchlightApi,
  Position,
  Theme,
  TrackData,
  Verbs,
  WidgetEvents,
  WidgetState,
} from './api.ts'

const make = (settings: Settings | null | undefined) => createCallable(createWidget, settings)

/**
 * Another widget in the same page, for another project: it has an element, a connection and a visitor of its own. It does
 * nothing before its `init`.
 * @example const sales = createPorchlight(); await sales.init({ license: 2, clientId: 'sales', server })
 */
export const createPorchlight = (): Api => make(null)

const tag = runningTag()
const given = tag && settingsOfTag(tag)
const name = nameOf(tag)

/** The same script a second time: the page keeps the one it has. */
export const Porchlight: Api = isTaken(name, given) && (tag || isPorchlight(page[name])) ? (page[name] as Api) : start(name)

// A module is not told which loader asked for it: whoever waits is served.
if (!tag && typeof document !== 'undefined') {
  for (const { dataset } of document.querySelectorAll<HTMLElement>('script[data-global]')) {
    const other = dataset.global as string
    if (queueOf(page[other])?.settings) page[other] = start(other)
  }
}

function start(name: string): Api {
  const queue = queueOf(page[name])
  const settings = tag ? given : queue?.settings
  const porchlight = make(settings)
  if (settings && settings.load !== 'manual')
    porchlight.init().catch(({ message }) => porchlight.state === 'destroyed' || complain(message))
  if (tag && !settings) watchUnset(tag, () => porchlight.state !== 'waiting')
  // After the script, when the global has its new meaning: a call that waited may reach for it.
  queueMicrotask(() => {
    for (const call of queue?.q ?? []) {
      const [verb, ...args] = Array.prototype.slice.call(call) as Parameters<Api>
      const returned = porchlight(verb, ...args)
      call.answer?.(returned)
    }
  })
  return porchlight
}

/** Entry of `widget.js`, and door of the package: the one `Porchlight` of a page, set up from its script tag. */
import type { Porchlight as Api } from './api.ts'
import { createPorchlight } from './callable.ts'
import { isPorchlight, page, queueOf } from './queue.ts'
import { runningTag, settingsOfTag, watchUnset } from './settings.ts'
import { Widget } from './widget.ts'

export type {
  Changes,
  Consent,
  Load,
  Options,
  Porchlight as PorchlightApi,
  Position,
  Theme,
  Verbs,
  WidgetEvents,
  WidgetState,
} from './api.ts'

/** The same script a second time: the page keeps the one it has. */
export const Porchlight: Api = isPorchlight(page.Porchlight) ? (page.Porchlight as Api) : start()

function start(): Api {
  const queue = queueOf(page.Porchlight)
  const tag = runningTag()
  const settings = (tag ? settingsOfTag(tag) : queue?.settings) ?? null
  const porchlight = createPorchlight((...parts) => new Widget(...parts), settings)
  if (settings && settings.load !== 'manual') void porchlight.init()
  if (tag && !settings) watchUnset(tag, () => porchlight.state !== 'waiting')
  // After the script, when the global has its new meaning: a call that waited may reach for it.
  queueMicrotask(() => {
    for (const call of queue?.q ?? []) {
      const [verb, ...args] = Array.prototype.slice.call(call) as Parameters<Api>
      porchlight(verb, ...args)
    }
  })
  return porchlight
}

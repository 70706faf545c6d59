/** The global `Porchlight`: an object with verbs that can also be called like the queue that it replaces. */
import { createEmitter } from '../sdk/kit/emitter.ts'
import type { Porchlight, Verbs, WidgetEvents } from './api.ts'
import { whenBody } from './page.ts'
import { type Options, type Settings, settingsOf } from './settings.ts'
import type { Tell, Widget } from './widget.ts'

type Create = (settings: Settings, tell: Tell) => Pick<Widget, keyof Widget>

/** `tag` is what the script tag says, for an `init` without options. */
export function createPorchlight(create: Create, tag: Settings | null): Porchlight {
  const emitter = createEmitter<WidgetEvents>()
  const place = createPlace()
  const init = async (options?: Options): Promise<void> => {
    const settings = options ? settingsOf({ ...(tag && { server: tag.server }), ...options }) : tag
    if (!settings) throw new Error('unable to init; license and clientId are missing')
    await new Promise<void>((resolve) => whenBody(resolve))
    if (!place.widget) place.fill(create(settings, (name, data) => emitter.emit(name, data)))
  }
  const when =
    <Given extends unknown[]>(act: (widget: Held, ...given: Given) => void) =>
    async (...given: Given): Promise<void> =>
      act(await place.taken(), ...given)
  const verbs: Verbs = {
    init,
    open: when((widget) => widget.open()),
    close: when((widget) => widget.close()),
    toggle: when((widget) => (widget.isOpen ? widget.close() : widget.open())),
    show: when((widget) => widget.show()),
    hide: when((widget) => widget.hide()),
    update: when((widget, changes) => widget.update(changes)),
    on: emitter.on,
    off: emitter.off,
    destroy: async () => place.clear(),
  }
  return callable(verbs, {
    state: { get: () => stateOf(place) },
    unread: { get: () => place.widget?.unread ?? 0 },
  })
}

type Held = ReturnType<Create>

interface Place {
  readonly widget: Held | undefined
  readonly destroyed: boolean
  fill(widget: Held): void
  clear(): void
  /** The widget, as soon as there is one. */
  taken(): Promise<Held>
}

/** Where the page's one widget stands, or will stand: before `init` the verbs wait for it, after `destroy` they reject. */
function createPlace(): Place {
  let widget: Held | undefined
  let destroyed = false
  const waiting: ((widget: Held | Promise<never>) => void)[] = []
  const settle = (outcome: Held | Promise<never>) => {
    for (const resolve of waiting.splice(0)) resolve(outcome)
  }
  const gone = () => Promise.reject(new Error('unable to go on; the widget was destroyed'))
  return {
    get widget() {
      return widget
    },
    get destroyed() {
      return destroyed
    },
    fill(made) {
      widget = made
      destroyed = false
      settle(made)
    },
    clear() {
      widget?.destroy()
      widget = undefined
      destroyed = true
      if (waiting.length) settle(gone())
    },
    async taken() {
      if (destroyed) return gone()
      return widget ?? new Promise((resolve) => waiting.push(resolve))
    },
  }
}

function stateOf({ widget, destroyed }: Place): Porchlight['state'] {
  if (!widget) return destroyed ? 'destroyed' : 'waiting'
  if (widget.isHidden) return 'hidden'
  return widget.isOpen ? 'open' : 'closed'
}

function callable(verbs: Verbs, getters: PropertyDescriptorMap): Porchlight {
  const call = (verb: string, ...args: unknown[]) => {
    const known = new Map<string, unknown>(Object.entries(verbs)).get(verb)
    if (typeof known !== 'function') throw new Error(`unable to call ${verb}; there is no such verb`)
    return known(...args) as unknown
  }
  return Object.defineProperties(Object.assign(call, verbs), getters) as Porchlight
}

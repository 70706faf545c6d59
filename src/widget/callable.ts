/** The global `Porchlight`: an object with verbs that can also be called like the queue that it replaces. */
import { createEmitter } from '../sdk/kit/emitter.ts'
import type { Porchlight, Verbs, WidgetEvents, WidgetState } from './api.ts'
import { whenThere } from './page.ts'
import { homeOf } from './place.ts'
import { type Options, type Settings, settingsOf } from './settings.ts'
import type { Tell, Widget } from './widget.ts'

type Create = (settings: Settings, tell: Tell) => Widget

/** What only a widget that stands can do. */
const ACTS = ['open', 'close', 'toggle', 'show', 'hide', 'identify', 'logout', 'update', 'track'] as const

/** `tag` is what the script tag says, for an `init` without options. */
export function createCallable(create: Create, tag: Settings | null | undefined): Porchlight {
  const emitter = createEmitter<WidgetEvents>()
  const place = createPlace(tellState)
  let settings = tag
  let told: WidgetState = 'waiting'
  function tellState() {
    const { state } = place
    const isNews = state !== told
    told = state
    if (isNews) emitter.emit('state', state)
  }
  const init = async (options?: Options): Promise<void> => {
    // Not where tags are read too: the first pattern that a page runs costs it more than all else that is read there.
    const server = (from?: string) => from?.replace(/\/$/, '') ?? tag?.server ?? location.origin
    const asked = options ? settingsOf({ ...options, server: server(options.server) }) : tag
    if (!asked) throw new Error('unable to init; license and clientId are missing')
    settings = asked
    const fill = place.reserve()
    await new Promise<void>((resolve) => whenThere(() => homeOf(asked), resolve))
    const tell: Tell = (name, data) => {
      emitter.emit(name, data)
      tellState()
    }
    await fill(() => create(asked, tell))
  }
  const act =
    (name: (typeof ACTS)[number]) =>
    async (...given: never[]): Promise<void> => {
      const widget: Record<typeof name, (...given: never[]) => unknown> = await place.taken()
      const done = widget[name](...given)
      tellState()
      await done
    }
  const verbs = {
    ...(Object.fromEntries(ACTS.map((name) => [name, act(name)])) as unknown as Pick<Verbs, (typeof ACTS)[number]>),
    init,
    on: emitter.on,
    off: emitter.off,
    destroy: place.clear,
  }
  return callable(verbs, {
    state: { get: () => place.state },
    unread: { get: () => place.widget?.unread ?? 0 },
    settings: { get: () => settings },
  })
}

interface Place {
  readonly widget: Widget | undefined
  readonly state: Porchlight['state']
  /** The way to fill the place once all is ready and nothing is left of the one before, unless somebody has filled or cleared it meanwhile. */
  reserve(): (make: () => Widget) => Promise<void>
  clear: Verbs['destroy']
  /** The widget, as soon as there is one. */
  taken(): Promise<Widget>
}

/** Where the page's one widget stands, or will stand: before `init` the verbs wait for it, after `destroy` they reject. */
function createPlace(changed: () => void): Place {
  let widget: Widget | undefined
  let destroyed = false
  let leaving: unknown
  /** How often the place was cleared. */
  let turn = 0
  const waiting: ((widget: Widget | Promise<never>) => void)[] = []
  const settle = (outcome: Widget | Promise<never>) => {
    for (const resolve of waiting.splice(0)) resolve(outcome)
  }
  const gone = () => new Error('unable to go on; the widget was destroyed')
  return {
    get widget() {
      return widget
    },
    get state() {
      if (!widget) return destroyed ? 'destroyed' : 'waiting'
      if (widget.isHidden) return 'hidden'
      return widget.isOpen ? 'open' : 'closed'
    },
    reserve() {
      const reserved = turn
      destroyed = false
      return async (make) => {
        await Promise.allSettled([leaving])
        if (turn !== reserved) throw gone()
        widget ??= make()
        changed()
        settle(widget)
      }
    },
    async clear(options) {
      const held = widget
      turn++
      widget = undefined
      destroyed = true
      changed()
      if (waiting.length) settle(Promise.reject(gone()))
      leaving = held?.destroy(options)
      await leaving
    },
    async taken() {
      if (destroyed) throw gone()
      return widget ?? new Promise((resolve) => waiting.push(resolve))
    },
  }
}

function callable(verbs: Verbs, getters: PropertyDescriptorMap): Porchlight {
  const call = (verb: string, ...args: unknown[]) => {
    const known = new Map<string, unknown>(Object.entries(verbs)).get(verb)
    if (typeof known !== 'function') throw new Error(`unable to call ${verb}; there is no such verb`)
    return known(...args) as unknown
  }
  return Object.defineProperties(Object.assign(call, verbs), getters) as Porchlight
}

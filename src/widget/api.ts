/** What a site can do with the widget: the global `Porchlight`, verb by verb. */
import type { Options, Position, Theme } from './settings.ts'

export type { Consent, Load, Options, Position, Theme } from './settings.ts'

/** What `on` tells. */
export interface WidgetEvents {
  open: undefined
  close: undefined
  /** The number of messages not seen yet, when it changes. */
  unread: number
}

export interface Changes {
  theme?: Theme
  position?: Position
  /** The visitor agreed to be remembered: what was kept in memory is stored from now on. */
  consent?: true
}

/** `waiting`: not set up yet. */
export type WidgetState = 'waiting' | 'closed' | 'open' | 'hidden' | 'destroyed'

/** Every promise resolves when it is done, and rejects after `destroy`. */
export interface Verbs {
  /** Sets the widget up, where no script tag says whose chat it is or `data-load` is `manual`. @example Porchlight.init({ license: 1, clientId: 'shop' }) */
  init(options?: Options): Promise<void>
  /** Opens the panel. @example helpButton.onclick = () => Porchlight.open() */
  open(): Promise<void>
  close(): Promise<void>
  toggle(): Promise<void>
  /** Shows the launcher again. */
  show(): Promise<void>
  /** Takes the launcher and the panel off the page; messages still arrive. */
  hide(): Promise<void>
  /** @example Porchlight.update({ theme: 'dark' }) */
  update(changes: Changes): Promise<void>
  /** Listens; returns the way to stop. @example Porchlight.on('unread', (count) => showDot(count > 0)) */
  on<N extends keyof WidgetEvents>(name: N, listener: (data: WidgetEvents[N]) => void): () => void
  off<N extends keyof WidgetEvents>(name: N, listener: (data: WidgetEvents[N]) => void): void
  /** Takes everything away and ends the connection; what is stored stays. `init` begins anew. */
  destroy(): Promise<void>
}

/** `Porchlight('open')` is `Porchlight.open()`, so that a page may call before the script is there: calls wait in a queue. */
export interface Porchlight extends Verbs {
  <V extends keyof Verbs>(verb: V, ...args: Parameters<Verbs[V]>): ReturnType<Verbs[V]>
  readonly state: WidgetState
  readonly unread: number
}

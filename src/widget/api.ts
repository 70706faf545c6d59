/** What a site can do with the widget: the global `Porchlight`, verb by verb. */
import type { Changes } from './settings.ts'

export type {
  BeforeOpen,
  BeforeSend,
  Changes,
  Consent,
  Draft,
  Load,
  Options,
  OwnWords,
  Position,
  Theme,
} from './settings.ts'

import type { Options } from './settings.ts'

/** What `on` tells. */
export interface WidgetEvents {
  /** The panel has opened. */
  open: undefined
  /** The panel has closed. */
  close: undefined
  /** The number of messages not seen yet, over all chats of the visitor, when it changes. Counted by the server. */
  unread: number
  /** What `Porchlight.state` says, when that changes. */
  state: WidgetState
}

/** What `track` may say of an event: at most 20 fields. */
export type TrackData = Readonly<Record<string, string | number | boolean>>

/** How much `destroy` takes away. */
export interface Destruction {
  /** Also what is stored in this browser for the visitor: who they are, drafts, what waits to be sent. False unless told otherwise. */
  storage?: boolean
}

/** `waiting`: not set up yet. */
export type WidgetState = 'waiting' | 'closed' | 'open' | 'hidden' | 'destroyed'

/**
 * Every promise resolves when it is done. Before `init` a verb waits for it; after `destroy` it rejects with
 * `unable to go on; the widget was destroyed`, until the next `init`.
 */
export interface Verbs {
  /**
   * Sets the widget up, where no script tag says whose chat it is or `data-load` is `manual`; without options, from the tag.
   * A second `init` changes nothing: `update` does. Rejects with `unable to init; …` when it is not said whose chat it is,
   * or when the page has no such container, and when `destroy` was called meanwhile.
   * @example await Porchlight.init({ license: 1, clientId: 'shop', server: 'https://chat.example.com' })
   */
  init(options?: Options): Promise<void>
  /**
   * Opens the panel, if `beforeOpen` has nothing against it; resolves in either case. Rejects with what the hook throws.
   * @example helpButton.onclick = () => Porchlight.open()
   */
  open(): Promise<void>
  /** Closes the panel; the focus returns to where it was. An inline chat stays. @example await Porchlight.close() */
  close(): Promise<void>
  /** Opens what is closed, closes what is open. @example helpButton.onclick = () => Porchlight.toggle() */
  toggle(): Promise<void>
  /** Shows again what `hide` took away. @example await Porchlight.show() */
  show(): Promise<void>
  /** Takes the launcher and the panel off the page; messages still arrive. @example if (inCheckout) Porchlight.hide() */
  hide(): Promise<void>
  /**
   * Says who the visitor is, by an identity token that your back end has signed (HS256, `sub` is your id of them). The chats
   * of whoever was there before make way for theirs, in all tabs; an anonymous visitor who is new to you keeps what they have
   * said. Resolves when the server has accepted it; rejects with `code` `AUTHENTICATION` when it refuses the token.
   * @example await Porchlight.identify(await (await fetch('/chat-token')).text())
   */
  identify(token: string): Promise<void>
  /**
   * Forgets who the visitor is, in all tabs: whoever comes next is anonymous and new. Resolves when what was still on its way
   * has arrived or has failed, 5 s at most.
   * @example signOut.onclick = () => Porchlight.logout()
   */
  logout(): Promise<void>
  /** Changes settings while the widget stands. @example await Porchlight.update({ theme: 'dark', brand: '#0a6b5d' }) */
  update(changes: Changes): Promise<void>
  /**
   * Tells agents what the visitor did; the visitor sees nothing of it. `name` has 1 to 64 characters. The last 20 events wait
   * for a visitor who has not used the chat yet, and are told once they do. Resolves when it is told or kept; rejects with
   * `code` `INVALID_ARGS` or what the server has against it.
   * @example await Porchlight.track('added to basket', { sku: 'L-12', price: 59.9, gift: false })
   */
  track(name: string, data?: TrackData): Promise<void>
  /** Listens; returns the way to stop. Listeners stay when the widget is destroyed. @example const stop = Porchlight.on('unread', (count) => showDot(count > 0)) */
  on<N extends keyof WidgetEvents>(name: N, listener: (data: WidgetEvents[N]) => void): () => void
  /** Stops what `on` began, by the same listener. @example Porchlight.off('unread', listener) */
  off<N extends keyof WidgetEvents>(name: N, listener: (data: WidgetEvents[N]) => void): void
  /**
   * Takes everything away: the element, listeners, timers, the connection, and with `storage` what is stored. `init` begins
   * anew. Rejects only when what is stored could not be forgotten.
   * @example await Porchlight.destroy({ storage: true })
   */
  destroy(options?: Destruction): Promise<void>
}

/** `Porchlight('open')` is `Porchlight.open()`, so that a page may call before the script is there: calls wait in a queue. */
export interface Porchlight extends Verbs {
  <V extends keyof Verbs>(verb: V, ...args: Parameters<Verbs[V]>): ReturnType<Verbs[V]>
  /** Never throws. */
  readonly state: WidgetState
  /** The number of messages not seen yet; 0 as long as nothing is known. */
  readonly unread: number
}

/** What a component is told: the options of `porchlight/widget`, and what a framework adds to them. */
import type { Options } from '../widget/index.ts'

/** Frameworks hand on a property that is not set as `undefined`. */
type Loose<T> = { [Name in keyof T]?: T[Name] | undefined }

/** Everything that the widget can be set to, but for where it stands: that is `inline`. Each may change at any time. */
export interface WidgetProps extends Loose<Omit<Options, 'license' | 'clientId' | 'server' | 'container'>> {
  /** The organization's public number. */
  license: number | string
  /** The registered front end that this page is. */
  clientId: string
  /** The server's address, such as `https://chat.example.com`: the script comes from there. */
  server: string
  /**
   * Who the visitor is, signed by your back end. Another token says that it is somebody else; none, after there was one,
   * that they have signed out.
   */
  token?: string | null | undefined
  /** Draws the chat in an element of the component's own, which it fills, in the place of a launcher and a panel. */
  inline?: boolean | undefined
  /** Puts `loader.js` on the page, which paints the launcher and fetches the rest when the visitor means to use it. Has no meaning `inline`. */
  loader?: boolean | undefined
  /** The page's name for this widget, where it shows more than one project; `Porchlight` unless told otherwise. */
  global?: string | undefined
  /** For the script, on a page whose policy asks for one. */
  nonce?: string | undefined
  /** The panel has opened. */
  onOpen?: (() => void) | undefined
  /** The panel has closed. */
  onClose?: (() => void) | undefined
  /** The number of messages not seen yet has changed. */
  onUnread?: ((count: number) => void) | undefined
  /** What the widget or the token was refused for. The console hears of it where nobody listens. */
  onError?: ((error: Error) => void) | undefined
}

/** What a mounted component wants now. */
export interface Wish {
  readonly props: WidgetProps
  /** The component's own element, where the chat goes there. */
  readonly container: Element | null
}

export const DEFAULT_NAME = 'Porchlight'

/** What a site can set, on the script tag or in code, and how it is read from there. */
import { whenIdle } from './page.ts'

/** `intent`: nothing happens before the visitor acts, except that one who has chatted before is connected when the page is idle. `manual`: nothing before the site calls `init`. */
export type Load = 'intent' | 'idle' | 'eager' | 'manual'
/** `none`: memory only until the visitor opens the chat. `required`: until the site says so. `granted`: stored from the start. */
export type Consent = 'none' | 'required' | 'granted'
export type Theme = 'light' | 'dark' | 'auto'
export type Position = 'left' | 'right'

/** What the visitor is about to send. */
export interface Draft {
  readonly type: 'message'
  readonly text: string
}

/**
 * Asked before a message goes out: what it returns is sent, `false` holds it back. The text then returns to where it was
 * written, as it does when the hook throws. Agents are shown nothing of what is being typed where there is such a hook.
 * @example ({ text, ...rest }) => ({ ...rest, text: text.replace(/\b\d{16}\b/g, '[card]') })
 */
export type BeforeSend = (message: Draft) => Draft | false | Promise<Draft | false>
/** Asked before the panel opens, by whatever means; `false` keeps it closed. @example () => confirm('Chat with us?') */
export type BeforeOpen = () => boolean | Promise<boolean>

/** Words of one's own in the place of ours, by their names; those with a number in them are functions. @example { greeting: 'Ahoy!', unread: (count) => `${count} new` } */
export type OwnWords = Readonly<Record<string, string | ((...given: never[]) => string)>>

/** What may change while the widget stands. */
interface Look {
  /** Light, dark, or as the visitor's system says; `auto` unless told otherwise. */
  theme?: Theme
  /** The side of the page; that where lines end unless told otherwise. */
  position?: Position
  /** A BCP 47 tag; the page's own language unless told otherwise. */
  locale?: string
  words?: OwnWords
  /** Any CSS colour; all others derive from it, with enough contrast on light and dark. */
  brand?: string
  /** The address of an image for the launcher, drawn at 26 px (`--pl-launcher-icon`). */
  icon?: string
  /** False, or `none`, where the site has a button of its own. */
  launcher?: boolean | 'none'
  beforeSend?: BeforeSend
  beforeOpen?: BeforeOpen
}

/** Options in code are the same as attributes on the tag: `clientId` is `data-client-id`. */
export interface Options extends Look {
  /** The organization's public number. */
  license: number | string
  /** The registered front end that this page is. */
  clientId: string
  /** The server's address, such as `https://chat.example.com`; the script's own origin where there is a script tag. */
  server?: string
  load?: Load
  consent?: Consent
  /** Open as soon as it is loaded; the focus stays where it is. */
  open?: boolean
  /** Draws the chat in this element of the page (or the first that fits the selector) in the place of a launcher and a panel. It fills the element, and is always open. */
  container?: Element | string
}

export interface Changes extends Look {
  /**
   * True: the visitor agreed to be remembered, and what was kept in memory is stored from now on. False: they do not any more;
   * what is stored is deleted, in all tabs, and the chat goes on in memory. Opening the chat is no consent from then on.
   */
  consent?: boolean
}

/** With everything that there is a default for. */
export type Settings = Readonly<Options & Required<Pick<Options, 'server' | 'load' | 'consent' | 'locale' | 'theme' | 'open'>>> & {
  readonly license: string
  /** What the loader has painted, for the widget to go on with. */
  host?: HTMLElement
}

/** Null when the tag does not say whose chat it is: then the site calls `init`. A value that we do not know acts as if it were not there. */
export function settingsOfTag(tag: HTMLScriptElement): Settings | null {
  const { license, clientId, open, ...rest } = tag.dataset
  if (!license || !clientId) return null
  const chosen = rest as Omit<Options, 'license' | 'clientId' | 'open' | 'server'>
  // An address that the browser has already written out; to take it apart by its own means keeps the page waiting.
  const server = tag.src.split('/', 3).join('/')
  return settingsOf({ ...chosen, license, clientId, server, open: open !== undefined && open !== 'false' })
}

/** For the owner of the site, who alone can mend it. */
export function complain(what: string): void {
  console.error(`Porchlight: ${what}`)
}

/** A tag that does not say whose chat it is, on a page that has not said so by itself when it has come to rest. */
export function watchUnset(tag: HTMLScriptElement, isSetUp: () => boolean): void {
  const check = () => isSetUp() || complain('the script tag lacks data-license or data-client-id')
  if (tag.dataset.load !== 'manual') whenIdle(check)
}

export function settingsOf(options: Options & Pick<Settings, 'server'>): Settings {
  return {
    load: 'intent',
    consent: 'none',
    theme: 'auto',
    open: false,
    ...options,
    license: `${options.license}`,
    locale: options.locale || document.documentElement.lang || navigator.language,
  }
}

/** The tag that is running now. A page may hide `document.currentScript` behind an element of that name, hence the check. */
export function runningTag(): HTMLScriptElement | null {
  if (typeof document === 'undefined') return null
  const tag = document.currentScript
  return tag instanceof HTMLScriptElement ? tag : null
}

/** What a site can set on the script tag, and how it is read from there. */
import { whenIdle } from './page.ts'

export interface Settings {
  readonly license: string
  readonly clientId: string
  /** The origin of the Porchlight server. */
  readonly server: string
  readonly load: Load
  readonly consent: Consent
  /** A BCP 47 tag; the page's own language unless told otherwise. */
  readonly locale: string
  readonly theme: Theme
  /** The side of the page; that where lines end unless told otherwise. */
  readonly position: Position | undefined
  /** Open as soon as it is loaded. */
  readonly open: boolean
}

/** `intent`: nothing happens before the visitor acts. `manual`: nothing before the site calls `init`. */
export type Load = 'intent' | 'idle' | 'eager' | 'manual'
/** `none`: memory only until the visitor opens the chat. `required`: until the site says so. `granted`: stored from the start. */
export type Consent = 'none' | 'required' | 'granted'
export type Theme = 'light' | 'dark' | 'auto'
export type Position = 'left' | 'right'

/** Options in code are the same as attributes on the tag. */
export interface Options {
  license: number | string
  clientId: string
  /** The server's address; the script's own origin where there is a script tag. */
  server?: string
  load?: Load
  consent?: Consent
  locale?: string
  theme?: Theme
  position?: Position
  open?: boolean
}

/** Null when the tag does not say whose chat it is: then the site calls `init`. A value that we do not know acts as if it were not there. */
export function settingsOfTag(tag: HTMLScriptElement): Settings | null {
  const { license, clientId, open, ...rest } = tag.dataset
  if (!license || !clientId) return null
  const chosen = rest as Pick<Options, 'load' | 'consent' | 'locale' | 'theme' | 'position'>
  return settingsOf({ ...chosen, license, clientId, server: new URL(tag.src).origin, open: open !== undefined && open !== 'false' })
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

export function settingsOf(options: Options): Settings {
  return {
    load: 'intent',
    consent: 'none',
    theme: 'auto',
    position: undefined,
    open: false,
    ...options,
    license: `${options.license}`,
    server: (options.server ?? location.origin).replace(/\/$/, ''),
    locale: options.locale || document.documentElement.lang || navigator.language,
  }
}

/** The tag that is running now. A page may hide `document.currentScript` behind an element of that name, hence the check. */
export function runningTag(): HTMLScriptElement | null {
  if (typeof document === 'undefined') return null
  const tag = document.currentScript
  return tag instanceof HTMLScriptElement ? tag : null
}

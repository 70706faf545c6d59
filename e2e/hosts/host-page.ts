/** A page of somebody's web site, as data: what it says, the headers it insists on, its own scripts, and where the chat is on it. */
import type { BrowserContextOptions } from '@playwright/test'

export interface HostPage {
  /** What stands in the document; a small shop with the script tag at its end unless told otherwise. */
  readonly html?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Other things the site serves, by path. */
  readonly files?: Readonly<Record<string, string>>
  /** The frame the chat is in, as a selector. */
  readonly frame?: string
  /** `false`: the browser keeps nothing for this page, so that every load brings a stranger. */
  readonly remembers?: false
  /** What the visitor's browser is set to. */
  readonly browser?: BrowserContextOptions
}

/** What the site's owner was told to paste. */
export interface Chat {
  readonly url: string
  /** The address of the script. */
  readonly script: string
  readonly tag: string
}

export type Make = (chat: Chat) => HostPage

/** `widget.js` is everything in one file; `loader.js` fetches it when the visitor shows intent. */
export const SCRIPTS = ['widget.js', 'loader.js'] as const
export type Script = (typeof SCRIPTS)[number]

export function chatAt(url: string, name: Script, attributes = ''): Chat {
  const script = `${url}/${name}`
  return { url, script, tag: `<script async src="${script}" data-license="1" data-client-id="demo"${attributes}></script>` }
}

/** What every host page is about, so that there is something to use and to compare: a field, a button that counts, and more than a screenful. */
const SHOP = `
  <h1>A shop</h1>
  <label>Search <input id="search"></label>
  <button id="basket" type="button">Basket</button>
  <div id="goods" style="height: 2000px">Goods</div>`

export const page = (more: string, { head = '', attributes = '' } = {}): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>${head}</head><body${attributes}>${SHOP}${more}</body></html>`

/** Runs before anything of ours does. */
export const withScripts = (chat: Chat, scripts: Readonly<Record<string, string>>): HostPage => ({
  html: page(chat.tag, {
    head: Object.keys(scripts)
      .map((path) => `<script src="${path}"></script>`)
      .join(''),
  }),
  files: scripts,
})

/** What a policy must allow for the chat: its address and nothing else. */
export const policy = (chat: Chat, ...more: string[]): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    `script-src ${chat.url}`,
    `connect-src ${chat.url} ${chat.url.replace('http', 'ws')}`,
    ...more,
  ].join('; '),
})

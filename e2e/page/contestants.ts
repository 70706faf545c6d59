/** What is compared: the same blank page with nothing on it, with our scripts, and with another product's. */
import type { Page } from '@playwright/test'
import { chatAt, type Script } from '../hosts/host-page.ts'
import type { RocketChat } from './rocket-chat.ts'

export interface Contestant {
  readonly name: string
  /** The blank page, with what its owner was told to paste. */
  readonly html: string
  readonly files?: Readonly<Record<string, string>>
  /** Whether the visitor opens the chat once its launcher is there. */
  readonly opens?: true
  /** Waits for what the visitor must see in the end; a figure of something that failed to come is none. */
  readonly shows: (page: Page) => Promise<void>
}

const blank = (tag: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body>${tag}</body></html>`

const NOTHING: Contestant = { name: 'nothing', html: blank(''), shows: async () => {} }

/** The least that a launcher in a shadow root can be, as a yardstick for the machine: a style sheet, a button, a picture, and a script to fetch at a click. */
const BARE: Contestant = {
  name: 'a bare launcher',
  html: blank('<script async src="/launcher.js"></script>'),
  files: { '/launcher.js': `(${bareLauncher})()` },
  shows: (page) => page.getByRole('button', { name: 'Open chat' }).waitFor(),
}

function bareLauncher(): void {
  const host = document.createElement('bare-launcher')
  const shadow = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    :host { all: initial; position: fixed; z-index: 2147483647 }
    button { position: fixed; right: 20px; bottom: 20px; width: 56px; height: 56px; border: 0; border-radius: 50%; background: #b4531a; color: #fff }
    svg { width: 26px; height: 26px; fill: none; stroke: currentColor }`)
  shadow.adoptedStyleSheets = [sheet]
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  svg.setAttribute('viewBox', '0 0 20 20')
  path.setAttribute('d', 'M3.75 4.75h12.5a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1H9.5l-3.75 3v-3h-2a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1Z')
  svg.append(path)
  const button = document.createElement('button')
  button.setAttribute('aria-label', 'Open chat')
  button.append(svg)
  const address = new URL('chat.js', (document.currentScript as HTMLScriptElement).src)
  button.addEventListener('click', () => import(address.href))
  shadow.append(button)
  document.body.append(host)
}

const ours = (url: string, script: Script): Contestant => ({
  name: script,
  html: blank(chatAt(url, script).tag),
  shows: (page) => page.getByRole('button', { name: 'Open chat' }).waitFor(),
})

const oursOpen = (url: string, script: Script): Contestant => ({
  ...ours(url, script),
  name: `${script}, opened`,
  opens: true,
  shows: (page) => page.getByRole('textbox', { name: 'Message' }).waitFor(),
})

function theirs(peer: RocketChat): Contestant[] {
  const frame = (page: Page) => page.frameLocator('#rocketchat-iframe')
  const html = blank(peer.tag)
  return [
    { name: 'Rocket.Chat', html, shows: (page) => frame(page).getByRole('button').first().waitFor() },
    { name: 'Rocket.Chat, opened', html, opens: true, shows: (page) => frame(page).locator('[contenteditable]').waitFor() },
  ]
}

export const contestantsAt = (url: string, peer: RocketChat | null): Contestant[] => [
  NOTHING,
  BARE,
  ours(url, 'loader.js'),
  ours(url, 'widget.js'),
  oursOpen(url, 'loader.js'),
  oursOpen(url, 'widget.js'),
  ...(peer ? theirs(peer) : []),
]

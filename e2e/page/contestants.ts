/** What is compared: the same blank page with nothing on it, with our scripts, and with another product's. */
import type { Page } from '@playwright/test'
import { chatAt, type Script } from '../hosts/host-page.ts'
import type { RocketChat } from './rocket-chat.ts'

export interface Contestant {
  readonly name: string
  /** The blank page, with what its owner was told to paste. */
  readonly html: string
  /** Whether the visitor opens the chat once its launcher is there. */
  readonly opens?: true
  /** Waits for what the visitor must see in the end; a figure of something that failed to come is none. */
  readonly shows: (page: Page) => Promise<void>
}

const blank = (tag: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body>${tag}</body></html>`

const NOTHING: Contestant = { name: 'nothing', html: blank(''), shows: async () => {} }

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
  ours(url, 'loader.js'),
  ours(url, 'widget.js'),
  oursOpen(url, 'loader.js'),
  oursOpen(url, 'widget.js'),
  ...(peer ? theirs(peer) : []),
]

/** The same steps on every page and in every browser: open, type, send, receive, upload, reload, second tab, offline and online, close. */
import { expect } from '@playwright/test'
import type { AnsweringAgent } from '../answering.ts'

/** A tab with the chat in it, as its visitor uses it. Each act waits for what the visitor would wait for. */
export interface Tab {
  /** Opens the chat unless it is open; the focus is in the box. */
  open(): Promise<void>
  /** Types it and sends it. */
  say(text: string): Promise<void>
  /** The messages have this in them. */
  reads(text: string): Promise<void>
  attach(name: string, content: string): Promise<void>
  /** Escape; the focus goes back to the launcher. */
  close(): Promise<void>
  reload(): Promise<void>
  /** The same page in another tab of the same visitor. */
  another(): Promise<Tab>
  /** The tab is closed. */
  leave(): Promise<void>
  /** Cuts every tab of the visitor from the network, or brings it back. */
  setOffline(offline: boolean): Promise<void>
}

export interface Walk {
  readonly tab: Tab
  readonly agent: AnsweringAgent
  /** What no other walk says. */
  readonly text: string
  /** Whether the browser keeps something for this page. */
  readonly remembers: boolean
  /** Where the agent found the visitor. */
  chat?: string
}

const RESENT_WITHIN_MS = 20_000

export const STEPS: Readonly<Record<string, (walk: Walk) => Promise<void>>> = {
  open: ({ tab }) => tab.open(),

  'type and send': ({ tab, text }) => tab.say(text),

  async receive(walk) {
    const { tab, agent, text } = walk
    await expect.poll(() => agent.chatSaying(text)).not.toBeNull()
    walk.chat = (await agent.chatSaying(text)) ?? ''
    await agent.say(walk.chat, `Answer to ${text}`)
    await tab.reads(`Answer to ${text}`)
  },

  async upload({ tab }) {
    await tab.attach('receipt.txt', 'One lantern')
    await tab.reads('receipt.txt')
  },

  async reload({ tab, text, remembers }) {
    await tab.reload()
    await tab.open()
    if (!remembers) return
    await tab.reads(text)
    await tab.reads(`Answer to ${text}`)
  },

  async 'second tab'({ tab, text, remembers }) {
    if (!remembers) return
    const second = await tab.another()
    await second.open()
    await second.reads(text)
    await second.say(`${text} again`)
    await tab.reads(`${text} again`)
    await second.leave()
  },

  async 'offline and online'({ tab, agent, text, remembers, chat }) {
    await tab.setOffline(true)
    await tab.say(`${text} offline`)
    await tab.setOffline(false)
    await expect.poll(() => agent.chatSaying(`${text} offline`), { timeout: RESENT_WITHIN_MS }).not.toBeNull()
    if (remembers) expect(await agent.chatSaying(`${text} offline`)).toBe(chat)
  },

  close: ({ tab }) => tab.close(),
}

export async function walk(given: Walk): Promise<void> {
  for (const step of Object.values(STEPS)) await step(given)
}

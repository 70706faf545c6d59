/** The same steps on every page: open, type, send, receive, upload, reload, second tab, offline and online, close. */
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'
import type { AnsweringAgent } from '../answering.ts'
import type { HostPage } from './host-page.ts'

export interface Walk {
  readonly page: Page
  readonly host: HostPage
  readonly agent: AnsweringAgent
  /** What no other walk says. */
  readonly text: string
}

/** The chat as a visitor finds it on a page, by the names that assistive technology reads to them. */
export class ChatOn {
  readonly #place: Page | FrameLocator

  constructor(page: Page, { frame }: HostPage) {
    this.#place = frame ? page.frameLocator(frame) : page
  }

  get launcher(): Locator {
    return this.#place.getByRole('button', { name: /^(Open|Close) chat/ }).first()
  }

  get box(): Locator {
    return this.#place.getByRole('textbox', { name: 'Message' })
  }

  get log(): Locator {
    return this.#place.getByRole('log', { name: 'Messages' })
  }

  get attach(): Locator {
    return this.#place.getByRole('button', { name: 'Attach file' })
  }

  async open(): Promise<void> {
    if (!(await this.box.isVisible())) await this.launcher.click()
    await expect(this.box).toBeVisible()
    await expect(this.box).toBeFocused()
  }

  /** Key by key, as a page with shortcuts would hear it. */
  async say(text: string): Promise<void> {
    await this.box.pressSequentially(text)
    await this.box.press('Enter')
    await expect(this.box).toHaveValue('')
    await expect(this.log).toContainText(text)
  }

  async close(): Promise<void> {
    await this.box.press('Escape')
    await expect(this.box).toBeHidden()
    await expect(this.launcher).toBeFocused()
  }
}

export async function walk(given: Walk): Promise<void> {
  const { page, host, text } = given
  const chat = new ChatOn(page, host)
  await chat.open()
  await chat.say(text)
  const id = await answered(given, chat, text)
  await upload(page, chat)
  await page.reload()
  await chat.open()
  if (host.remembers !== false) {
    await expect(chat.log).toContainText(text)
    await expect(chat.log).toContainText(`Answer to ${text}`)
    await secondTab(given, chat)
  }
  await offlineAndOnline(given, chat)
  if (host.remembers !== false) expect(await given.agent.chatSaying(`${text} offline`)).toBe(id)
  await chat.close()
}

async function answered({ agent }: Walk, chat: ChatOn, text: string): Promise<string> {
  await expect.poll(() => agent.chatSaying(text)).not.toBeNull()
  const id = (await agent.chatSaying(text)) ?? ''
  await agent.say(id, `Answer to ${text}`)
  await expect(chat.log).toContainText(`Answer to ${text}`)
  return id
}

async function upload(page: Page, chat: ChatOn): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await chat.attach.click()
  await (await chooser).setFiles({ name: 'receipt.txt', mimeType: 'text/plain', buffer: Buffer.from('One lantern') })
  await chat.box.press('Enter')
  await expect(chat.log).toContainText('receipt.txt')
}

async function secondTab({ page, host, text }: Walk, first: ChatOn): Promise<void> {
  const tab = await page.context().newPage()
  await tab.goto(page.url())
  const second = new ChatOn(tab, host)
  await second.open()
  await expect(second.log).toContainText(text)
  await second.say(`${text} again`)
  await expect(first.log).toContainText(`${text} again`)
  await tab.close()
}

async function offlineAndOnline({ page, agent, text }: Walk, chat: ChatOn): Promise<void> {
  await page.context().setOffline(true)
  await chat.say(`${text} offline`)
  await page.context().setOffline(false)
  await expect.poll(() => agent.chatSaying(`${text} offline`), { timeout: 20_000 }).not.toBeNull()
}

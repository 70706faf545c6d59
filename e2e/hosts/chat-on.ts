/** The chat as a visitor finds it on a page in Chromium, by the names that assistive technology reads to them. */
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'
import type { HostPage } from './host-page.ts'
import type { Tab } from './steps.ts'

export class ChatOn implements Tab {
  readonly #page: Page
  readonly #host: HostPage
  readonly #place: Page | FrameLocator

  constructor(page: Page, host: HostPage) {
    this.#page = page
    this.#host = host
    this.#place = host.frame ? page.frameLocator(host.frame) : page
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

  async open(): Promise<void> {
    if (!(await this.box.isVisible())) await this.launcher.click()
    await expect(this.box).toBeVisible()
    await expect(this.box).toBeFocused()
  }

  /** Key by key, as a page with shortcuts would hear it. */
  async say(text: string): Promise<void> {
    await this.box.pressSequentially(text)
    await this.box.press('Enter')
    // Asked of the element, since Playwright knows no text box in a document of XML.
    await expect.poll(() => this.box.evaluate((box) => (box as HTMLTextAreaElement).value)).toBe('')
    await this.reads(text)
  }

  async reads(text: string): Promise<void> {
    await expect(this.log).toContainText(text)
  }

  async attach(name: string, content: string): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser')
    await this.#place.getByRole('button', { name: 'Attach file' }).click()
    await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })
    await this.box.press('Enter')
  }

  async reload(): Promise<void> {
    await this.#page.reload()
  }

  async another(): Promise<ChatOn> {
    const tab = await this.#page.context().newPage()
    await tab.goto(this.#page.url())
    return new ChatOn(tab, this.#host)
  }

  async leave(): Promise<void> {
    await this.#page.close()
  }

  async setOffline(offline: boolean): Promise<void> {
    await this.#page.context().setOffline(offline)
  }

  async close(): Promise<void> {
    await this.box.press('Escape')
    await expect(this.box).toBeHidden()
    await expect(this.launcher).toBeFocused()
  }
}

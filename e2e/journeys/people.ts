/** What visitors and agents do, by the names that assistive technology reads to them. */
import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'

/** A visitor on the shop page. */
export class Visitor {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: 'Messages' })
  }

  get box(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' })
  }

  async visit(server: string): Promise<void> {
    await this.page.goto(`${server}/demo/`)
  }

  async openChat(): Promise<void> {
    await this.page.getByRole('button', { name: /^Open chat/ }).click()
    await expect(this.box).toBeVisible()
  }

  /** After a reload the chat may have opened by itself. */
  async reopen(): Promise<void> {
    const launcher = this.page.getByRole('button', { name: /^(Open|Close) chat/ })
    await expect(launcher.first()).toBeVisible()
    if (!(await this.box.isVisible())) await this.openChat()
  }

  /** The same visitor in another tab. */
  async another(): Promise<Visitor> {
    return new Visitor(await this.page.context().newPage())
  }

  async say(text: string): Promise<void> {
    await this.box.fill(text)
    await this.box.press('Enter')
  }
}

/** A visitor on the demo's other page, which is a chat made of the SDK alone. */
export class ChatPageVisitor extends Visitor {
  get status(): Locator {
    return this.page.locator('header').getByRole('status')
  }

  /** At the server's own address, or at that of a shop with a back end. */
  override async visit(server: string): Promise<void> {
    await this.page.goto(`${server}/demo/sdk/`)
    await expect(this.status).toHaveText(/^Connected/)
  }

  /** It is never closed. */
  override async openChat(): Promise<void> {
    await expect(this.box).toBeVisible()
  }

  override reopen(): Promise<void> {
    return this.openChat()
  }

  override async another(): Promise<ChatPageVisitor> {
    return new ChatPageVisitor(await this.page.context().newPage())
  }

  async attach(name: string, bytes: Buffer): Promise<void> {
    await this.page.getByLabel('Attach files').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
  }

  async signIn(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await this.page.getByRole('button', { name }).click()
    await expect(this.status).toHaveText(`Connected as ${name}`)
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign out' }).click()
    await expect(this.status).toHaveText('Connected')
  }
}

/** An agent in the inbox. */
export class Agent {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: 'Messages' })
  }

  get box(): Locator {
    return this.page.getByRole('textbox', { name: 'Reply' })
  }

  /** What the customer has typed and not sent. */
  get peek(): Locator {
    return this.page.getByRole('region', { name: /not sent yet$/ })
  }

  get chats(): Locator {
    return this.page.getByRole('list', { name: 'Chats' }).getByRole('listitem')
  }

  async signIn(server: string): Promise<void> {
    await this.page.goto(`${server}/inbox/`)
    await this.page.getByRole('textbox', { name: 'Email' }).fill('agent@demo.test')
    await this.page.getByLabel('Password').fill('porchlight')
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await expect(this.page.getByRole('list', { name: 'Chats' })).toBeAttached()
  }

  async openChat(at = 0): Promise<void> {
    await this.chats.nth(at).click()
    await expect(this.box).toBeVisible()
  }

  async say(text: string): Promise<void> {
    await this.box.fill(text)
    await this.box.press('Enter')
  }
}

/** The last of one's own messages is with the server; what stands in a log before that is an echo. */
export async function expectStored(log: Locator): Promise<void> {
  await expect(log.getByText(/^(Sent|Seen)$/)).toBeVisible()
}

/** Every match of a pattern in a log, top to bottom, as the reader sees it. */
export async function seen(log: Locator, pattern: RegExp): Promise<string[]> {
  return (await log.textContent())?.match(new RegExp(pattern, 'g')) ?? []
}

/** As `seen`, of a log that is longer than what is drawn at once: read from its end to its beginning. */
export async function readThrough(log: Locator, pattern: RegExp): Promise<string[]> {
  let read = await seen(log, pattern)
  await log.hover()
  for (let unchanged = 0; unchanged < 5; ) {
    await log.page().mouse.wheel(0, -400)
    await log.page().waitForTimeout(100)
    const page = await seen(log, pattern)
    const known = page.indexOf(read[0] ?? '')
    unchanged = known === 0 ? unchanged + 1 : 0
    if (known < 0) return page
    read = [...page.slice(0, known), ...read]
  }
  return read
}

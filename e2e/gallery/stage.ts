/** A plain page with the widget on it, in one language and look, and what it takes to bring it into any state. */
import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { AnsweringAgent } from '../answering.ts'
import { HostServer } from '../hosts/host-server.ts'
import type { ServerProcess } from '../server.ts'
import { TEXTS } from './texts.ts'

export interface Look {
  readonly language: 'en' | 'ar'
  readonly theme: 'light' | 'dark'
  readonly width: number
}

/** Every time that is shown is this one, however it is written: pictures of two runs are to be the same. */
function stopClock(): void {
  Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
    get: () =>
      function (this: Intl.DateTimeFormat) {
        const time = new Intl.DateTimeFormat(this.resolvedOptions().locale, { hour: 'numeric', minute: '2-digit' })
        const parts = time.formatToParts(new Date(2026, 2, 4, 10, 24))
        return parts.map(({ value }) => value).join('')
      },
  })
}

export class Stage {
  readonly page: Page
  readonly server: ServerProcess
  readonly texts
  #look: Look
  #agent: AnsweringAgent | undefined
  #chat = ''
  #site: HostServer | undefined

  constructor(page: Page, server: ServerProcess, look: Look) {
    this.page = page
    this.server = server
    this.#look = look
    this.texts = TEXTS[look.language] as (typeof TEXTS)[string]
  }

  /** Nothing of the page's own but its ground. */
  async visit(tag = 'data-license="1" data-client-id="demo"', script = 'widget.js'): Promise<void> {
    const { page, server } = this
    const { language } = this.#look
    await this.look({})
    await page.addInitScript(stopClock)
    const dir = language === 'ar' ? 'rtl' : 'ltr'
    const html = `<!doctype html><html lang="${language}" dir="${dir}"><meta name="viewport" content="width=device-width"><title>Shop</title>
      <meta name="color-scheme" content="light dark"><body><main><h1>A shop</h1></main><script src="${server.url}/${script}" ${tag}></script></body></html>`
    this.#site = await HostServer.serve({ html })
    await page.goto(this.#site.url)
  }

  /** The same, looked at otherwise. */
  async look(look: Partial<Look>): Promise<void> {
    this.#look = { ...this.#look, ...look }
    await this.page.setViewportSize({ width: this.#look.width, height: 740 })
    await this.page.emulateMedia({ colorScheme: this.#look.theme, reducedMotion: 'reduce' })
  }

  find(selector: string): Locator {
    return this.page.locator(`porchlight-chat ${selector}`)
  }

  get box(): Locator {
    return this.find('.composer textarea')
  }

  async open(): Promise<void> {
    await this.find('.launcher button').click()
    await expect(this.find('.keys button').first()).toBeVisible()
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await expect(this.find('.panel')).toBeHidden()
  }

  async say(text: string): Promise<void> {
    await this.box.fill(text)
    await this.box.press('Enter')
    await expect(this.find('.delivery.sent, .delivery.seen')).toBeVisible()
  }

  /** What the agent answers in the visitor's last chat. */
  async answer(text: string): Promise<void> {
    this.#agent ??= await AnsweringAgent.signIn(this.server)
    const { chats_summary } = await this.#agent.ask<{ chats_summary: { id: string }[] }>('list_chats', { limit: 1 })
    this.#chat = chats_summary[0]?.id ?? ''
    await this.#agent.say(this.#chat, text)
  }

  /** What the agent does in the chat that they last answered in. */
  async agentDoes(action: string, payload: object): Promise<void> {
    await this.#agent?.ask(action, { chat_id: this.#chat, ...payload })
  }

  /** The last events of that chat, the newest last. */
  async events(): Promise<{ id: string; text?: string }[]> {
    const answer = await this.#agent?.ask<{ events: { id: string; text?: string }[] }>('list_events', { chat_id: this.#chat })
    return answer?.events ?? []
  }

  /** The menu of a message, from the last one backward. */
  async menuOf(back = 1): Promise<void> {
    await expect(this.find('.act').first()).toBeAttached()
    await this.find('.scroll').focus()
    // What walks the messages may still be on its way.
    await expect(async () => {
      for (let step = 0; step < back; step++) await this.page.keyboard.press('ArrowUp')
      await this.page.keyboard.press('Enter')
      await expect(this.find('.doings')).toBeVisible({ timeout: 500 })
    }).toPass()
  }

  async type(): Promise<void> {
    await this.#agent?.ask('send_typing_indicator', { chat_id: this.#chat, is_typing: true })
  }

  /** A question and its answer, as both have been seen. */
  async talk(): Promise<void> {
    await this.visit()
    await this.open()
    await this.say(this.texts.question)
    await this.answer(this.texts.answer)
    await expect(this.find('.theirs')).toHaveCount(1)
    await expect(this.find('.theirs li')).toHaveCount(2)
  }

  /** The end of the page. */
  async leave(): Promise<void> {
    await this.#site?.close()
  }

  async attach(files: readonly { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    await this.find('.keys input').setInputFiles([...files])
  }
}

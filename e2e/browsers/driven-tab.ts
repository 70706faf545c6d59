/** The chat as a visitor finds it in any browser that a WebDriver protocol drives. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Tab } from '../hosts/steps.ts'
import { ENTER, ESCAPE, type Remote } from './remote.ts'

const WITHIN_MS = 15_000

/** Where things are: all of ours is in one shadow root. */
const inChat = (selector: string) => `document.querySelector('porchlight-chat')?.shadowRoot?.querySelector('${selector}')`
const OPENER = inChat('button[aria-label^="Open chat"]')
const BOX = inChat('[aria-label="Message"]')
const LOG = inChat('[role="log"][aria-label="Messages"]')
const FILE = inChat('input[type="file"]')

const isVisible = (place: string) => `${place}?.checkVisibility({ visibilityProperty: true }) === true`
const hasFocus = (place: string) => `${place}?.getRootNode().activeElement === ${place}`
const not = (condition: string) => `!(${condition})`

/** Cuts the visitor from the server, or brings it back. */
export type Line = (offline: boolean) => Promise<void>

export class DrivenTab implements Tab {
  readonly #remote: Remote
  readonly #url: string
  readonly #line: Line

  constructor(remote: Remote, url: string, line: Line) {
    this.#remote = remote
    this.#url = url
    this.#line = line
  }

  goto(): Promise<void> {
    return this.#remote.goto(this.#url)
  }

  async open(): Promise<void> {
    await this.#until(`${isVisible(OPENER)} || ${isVisible(BOX)}`)
    if (!(await this.#remote.read(isVisible(BOX)))) await this.#remote.click(OPENER)
    await this.#until(isVisible(BOX))
    await this.#until(hasFocus(BOX))
  }

  async say(text: string): Promise<void> {
    await this.#remote.type(BOX, text)
    await this.#until(`${BOX}.value === ${JSON.stringify(text)}`)
    await this.#remote.type(BOX, ENTER)
    await this.#until(`${BOX}.value === ''`)
    await this.reads(text)
  }

  reads(text: string): Promise<void> {
    return this.#until(`${LOG}?.textContent.includes(${JSON.stringify(text)})`)
  }

  async attach(name: string, content: string): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'porchlight-file-'))
    await writeFile(join(folder, name), content)
    await this.#remote.choose(FILE, join(folder, name))
    await this.#until(`${not(`${LOG}.textContent.includes('${name}')`)} && ${BOX}.getRootNode().textContent.includes('${name}')`)
    await this.#remote.type(BOX, ENTER)
    await this.reads(name)
    await rm(folder, { recursive: true })
  }

  reload(): Promise<void> {
    return this.#remote.reload()
  }

  async another(): Promise<DrivenTab> {
    const tab = new DrivenTab(await this.#remote.another(), this.#url, this.#line)
    await tab.goto()
    return tab
  }

  leave(): Promise<void> {
    return this.#remote.leave()
  }

  setOffline(offline: boolean): Promise<void> {
    return this.#line(offline)
  }

  async close(): Promise<void> {
    await this.#remote.type(BOX, ESCAPE)
    await this.#until(not(isVisible(BOX)))
    await this.#until(hasFocus(OPENER))
  }

  async #until(condition: string): Promise<void> {
    for (const started = Date.now(); Date.now() - started < WITHIN_MS; await setTimeout(50)) {
      if ((await this.#remote.read(condition)) === true) return
    }
    throw new Error(`unable to go on; it did not come true within ${WITHIN_MS / 1000} s that ${condition}`)
  }
}

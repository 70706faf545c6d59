/** What a screen reader would say: where the focus lands, by Chromium's own tree of names and roles, and what live regions announce. */
import type { CDPSession, Page } from '@playwright/test'

interface Node {
  readonly role?: { readonly value: string }
  readonly name?: { readonly value: string }
  readonly description?: { readonly value: string }
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[]
}

/** Runs in the page: tells what is added to regions that are live, as far as it is there for assistive technology. */
function announce(): void {
  const said: string[] = []
  Object.assign(window, { said })
  const LIVE: Readonly<Record<string, string>> = { log: 'polite', status: 'polite', alert: 'assertive' }
  const regionOf = (node: Node | null): string | undefined => {
    for (let element = node as unknown as Element | null; element; element = element.parentElement) {
      if (element.getAttribute('aria-hidden') === 'true') return undefined
      const live = element.getAttribute('aria-live') ?? LIVE[element.getAttribute('role') ?? '']
      if (live) return live === 'off' ? undefined : live
    }
    return undefined
  }
  const textOf = (node: globalThis.Node): string => {
    if (node.nodeType === globalThis.Node.TEXT_NODE) return node.nodeValue ?? ''
    if (!(node instanceof Element) || node.getAttribute('aria-hidden') === 'true' || node.getAttribute('aria-live') === 'off') return ''
    return [...node.childNodes].map(textOf).join(' ')
  }
  const watch = new MutationObserver((changes) => {
    const all = new Set(changes.flatMap(({ addedNodes }) => [...addedNodes]))
    const isWithin = (node: globalThis.Node) => {
      for (let parent = node.parentNode; parent; parent = parent.parentNode) if (all.has(parent as unknown as ChildNode)) return true
      return false
    }
    for (const { target, addedNodes, type } of changes) {
      for (const node of type === 'characterData' ? [target] : addedNodes) {
        const holder = node instanceof Element ? node : node.parentElement
        if (isWithin(node) || !holder?.checkVisibility({ visibilityProperty: true })) continue
        const region = regionOf(holder as unknown as Node)
        const text = textOf(node).replace(/\s+/g, ' ').trim()
        if (region && text) said.push(`${region}: ${text}`)
      }
    }
  })
  const begin = () => {
    const root = document.querySelector('porchlight-chat')?.shadowRoot
    if (root) watch.observe(root, { subtree: true, childList: true, characterData: true })
    else setTimeout(begin, 20)
  }
  begin()
}

export class Reader {
  readonly #page: Page
  readonly #session: CDPSession
  readonly heard: string[] = []

  private constructor(page: Page, session: CDPSession) {
    this.#page = page
    this.#session = session
  }

  /** Before the page is there. */
  static async listenTo(page: Page): Promise<Reader> {
    await page.addInitScript(announce)
    const session = await page.context().newCDPSession(page)
    await session.send('Accessibility.enable')
    return new Reader(page, session)
  }

  /** Does something, and hears what comes of it until nothing more does. */
  async hear(what: string, act: () => Promise<unknown>): Promise<void> {
    this.heard.push(`> ${what}`)
    await act()
    await this.#page.waitForTimeout(900)
    const said = await this.#page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0))
    this.heard.push(...said, await this.#focused())
  }

  async #focused(): Promise<string> {
    const { nodes } = (await this.#session.send('Accessibility.getFullAXTree')) as unknown as { nodes: Node[] }
    const has = (node: Node, name: string) => node.properties?.some((property) => property.name === name && property.value.value === true)
    const focused = nodes.filter((node) => has(node, 'focused') && node.role?.value !== 'RootWebArea').at(-1)
    if (!focused) return 'focus: the page'
    const state = has(focused, 'expanded') ? ', expanded' : ''
    const { value: about } = focused.description ?? {}
    const more = about && about !== focused.name?.value ? `, ${about}` : ''
    return `focus: ${focused.role?.value} ${focused.name?.value}${state}${more}`
  }
}

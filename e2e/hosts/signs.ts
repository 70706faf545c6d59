/** What can be told from outside of how a host page is: its elements and how they look, its names, its natives, its own counts. */
import type { Page } from '@playwright/test'

/** Where a visitor has used the page itself: what was typed, scrolled and clicked is part of how it is. */
export async function useHost(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0))
  const search = page.locator('#search')
  if (await search.count()) {
    await search.fill('')
    await search.pressSequentially('a/')
    await page.locator('#basket').click()
  }
  await page.evaluate(() => scrollTo(0, 300))
}

/** Two runs of one page that agree in this agree in all that its owner would notice. */
export function signsOf(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(() => {
    const ours = 'porchlight-chat'
    const natives = [Object, Function, Array, String, Number, Date, Promise, Map, Node, Element, Document, Event, EventTarget, History]
    const patched = ['fetch', 'WebSocket', 'XMLHttpRequest', 'addEventListener', 'setTimeout', 'define', 'require', '$', 'jQuery', 'name']
    const attempt = (read: () => unknown) => {
      try {
        return read()
      } catch (error) {
        return String(error)
      }
    }
    const lookOf = (element: Element) => {
      const style = getComputedStyle(element)
      return Array.from(style, (name) => `${name}:${style.getPropertyValue(name)}`).join(';')
    }
    const describe = (element: Element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const attributes = Array.from(element.attributes, ({ name, value }) => `${name}=${value}`)
      return [element.localName, ...attributes, x, y, width, height].join(' ')
    }
    const elements = Array.from(document.querySelectorAll('*')).filter((element) => element.localName !== ours)
    const root = document.scrollingElement
    return {
      address: location.href,
      title: document.title,
      cookies: attempt(() => document.cookie),
      entries: history.length,
      focus: document.activeElement?.id,
      scrolled: [root?.scrollTop, root?.scrollLeft, root?.scrollWidth, root?.scrollHeight],
      elements: elements.map(describe),
      looks: elements.slice(0, 60).map(lookOf),
      sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
      globals: Object.getOwnPropertyNames(window)
        // zone.js notes under such names what anybody listens to.
        .filter((name) => name !== 'Porchlight' && !name.startsWith('__zone_symbol__'))
        .sort(),
      natives: natives.map((native) => [native, native.prototype].map((object) => Reflect.ownKeys(object).map(String).sort().join())),
      patched: patched.map((name) => String(Reflect.get(window, name))),
      frozen: [Object, Array, Function].map(({ prototype }) => Object.isFrozen(prototype)),
      value: (document.querySelector('#search') as HTMLInputElement | null)?.value,
      counts: Reflect.get(window, 'counts') ?? null,
    }
  })
}

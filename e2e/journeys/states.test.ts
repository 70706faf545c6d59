/** In every state that the widget can be in: axe finds nothing, in light and dark, beside a page and on a phone; nothing is cut off at 320 px or by other spacing of text. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { findings } from '../findings.ts'
import { Stage } from '../gallery/stage.ts'
import { STATES } from '../gallery/states.ts'
import { expect, test } from './test.ts'

/** WCAG 1.4.12, as a reader's own style would set it. */
const SPACING = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }'

/** Controls and texts of ours that stick out of what holds them, or of the screen. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('porchlight-chat')?.shadowRoot
    const panel = root?.querySelector('dialog[open], .panel.open') ?? root?.querySelector('.toast, .trouble')
    if (!root || !panel) return []
    const edge = panel.getBoundingClientRect()
    // An emoji is as wide as the reader's font draws it.
    const shown = [...panel.querySelectorAll<HTMLElement>('button, a, textarea, input, p, h2, h3, .bubble')].filter(
      (element) => element.checkVisibility() && !element.closest('.signs'),
    )
    const out = shown.filter((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      return (
        width > 1 &&
        (left < edge.left - 1 || right > edge.right + 1 || (element.matches('button') && element.scrollWidth > element.clientWidth + 1))
      )
    })
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []
    return [...wide, ...out.map((element) => `${element.localName}.${element.className} ${element.textContent?.slice(0, 40)}`)]
  })
}

const LOOKS = [
  { theme: 'light', width: 900 },
  { theme: 'dark', width: 360 },
] as const

test.describe.configure({ mode: 'parallel' })

const gallery = readFileSync(new URL('../../docs/gallery.md', import.meta.url), 'utf8')

for (const [state, reach] of Object.entries(STATES)) {
  test(`${state}: axe is content, and nothing is cut off`, async ({ page, server }) => {
    const stage = new Stage(page, server, { language: 'en', theme: 'light', width: 900 })
    await reach(stage)
    for (const look of LOOKS) {
      await stage.look(look)
      expect(await findings(page), `${look.theme}, ${look.width} px`).toEqual([])
    }
    await stage.look({ width: 320 })
    // What stands beside a message follows it a frame later.
    await expect.poll(() => cutOff(page)).toEqual([])
    await page.locator('porchlight-chat').evaluate((host, css) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      const root = host.shadowRoot as ShadowRoot
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    }, SPACING)
    await expect.poll(() => cutOff(page), 'with other spacing of text').toEqual([])
    await page.emulateMedia({ forcedColors: 'active' })
    await expect.poll(() => cutOff(page), 'with forced colours').toEqual([])
    expect(gallery).toContain(`gallery/${state}-en-light-desktop.png`)
    await stage.leave()
  })
}

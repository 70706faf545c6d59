/** H-10: pages whose style would reach into everything, and pages that lay themselves over everything: the chat looks as it does on an empty page. */
import type { Page } from '@playwright/test'
import type { Chat } from './host-page.ts'
import { difference } from './pixels.ts'
import { expect, test, type Visit } from './test.ts'

const blank = (css: string, { tag }: Chat, more = '') => ({
  html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title><style>${css}</style></head><body>${more}${tag}</body></html>`,
})

const SHOWN = ':not(html, head, body)'

const HOSTILE: Readonly<Record<string, string>> = {
  'everything unset, in one look': `
    * { all: unset !important }
    * { color: red !important; background: lime !important; font: italic 40px cursive !important; letter-spacing: 9px !important; text-transform: uppercase !important }`,
  'nothing shown, in layers': `
    @layer first, last;
    @layer last { ${SHOWN} { display: none !important; visibility: hidden !important } }
    @layer first { *, ::before, ::after { transition: all 9s !important; animation: none !important; box-sizing: content-box !important } }`,
  'our element by its name, and something over it': `
    porchlight-chat { display: none !important; opacity: 0 !important; transform: scale(2) !important; filter: invert(1) !important; position: static !important; z-index: -1 !important; clip-path: circle(0) !important }
    .over { position: fixed; inset: 0; z-index: 2147483647; background: red }
    [popover] { width: 100vw; height: 100vh; background: red }`,
  'a page with a filter, moved': 'html { filter: invert(1) hue-rotate(90deg); transform: translate(40px, 30px) }',
  'a body that is turned and cut':
    'body { transform: rotate(3deg); overflow: hidden; contain: strict; height: 50px; isolation: isolate; clip-path: inset(0); will-change: transform }',
  'other manners': `
    html { font-size: 6px; color-scheme: dark; accent-color: red; scrollbar-color: red lime; caret-color: lime; tab-size: 20; writing-mode: vertical-rl }
    body { line-height: 4; word-spacing: 2em; text-align: center; cursor: wait; user-select: none; pointer-events: none }
    button { position: static !important; float: left !important; width: 100% !important; border: 9px solid red !important }`,
}

/** Without the corners, behind which is the page. */
async function inside(page: Page, selector: string, corner: number): Promise<Buffer> {
  const box = await page.locator(`porchlight-chat ${selector}`).boundingBox()
  if (!box) throw new Error(`unable to take a picture; there is no ${selector}`)
  const clip = { x: box.x + corner, y: box.y + corner, width: box.width - 2 * corner, height: box.height - 2 * corner }
  return page.screenshot({ clip, animations: 'disabled', caret: 'hide' })
}

const launcher = ({ page }: Visit) => inside(page, '.launcher', 10)
const panel = ({ page }: Visit) => inside(page, '.panel', 16)

async function open({ page, chat }: Visit): Promise<void> {
  await chat.open()
  await expect(page.getByRole('button', { name: 'Attach file' })).toBeVisible()
}

const browser = { reducedMotion: 'reduce' } as const

test('H-10 hostile styles change nothing of what is seen of the chat', async ({ visit }) => {
  const clean = await visit((chat) => ({ ...blank('', chat), browser }))
  await expect(clean.chat.launcher).toBeVisible()
  const closed = await launcher(clean)
  await open(clean)
  for (const [name, css] of Object.entries(HOSTILE)) {
    const visited = await visit((chat) => ({ ...blank(css, chat, '<div class="over"></div>'), browser }))
    await expect(visited.chat.launcher).toBeVisible()
    const apart = async (before: Buffer, after: Buffer) => difference(clean.page, before, after)
    await expect.poll(async () => apart(closed, await launcher(visited)), name).toBeLessThan(0.001)
    await open(visited)
    await expect.poll(async () => apart(await panel(clean), await panel(visited)), `${name}, open`).toBeLessThan(0.001)
    await visited.page.context().close()
  }
})

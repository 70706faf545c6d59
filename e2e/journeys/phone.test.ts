/** On a phone the open chat is the whole screen: it keeps to what the keyboard leaves of it, holds the focus, and Back leads out. */
import { devices } from '@playwright/test'
import { Visitor } from './people.ts'
import { expect, test } from './test.ts'

test.use({ ...devices['Pixel 7'] })

test('it fills the screen, follows the keyboard, holds the focus, and Back closes it', async ({ page, server }) => {
  const visitor = new Visitor(page)
  await visitor.visit(server.url)
  await page.getByRole('button', { name: /^Open chat/ }).tap()
  const panel = page.getByRole('dialog', { name: 'Chat' })
  await expect(panel).toHaveAttribute('aria-modal', 'true')
  const screen = page.viewportSize() ?? { width: 0, height: 0 }
  await expect.poll(() => panel.boundingBox()).toMatchObject({ x: 0, y: 0, ...screen })

  // What a keyboard on the screen does to a page; no driver can bring up the system's own.
  const keyboard = (height: number, offsetTop: number) =>
    page.evaluate(
      (viewport) => {
        for (const [name, value] of Object.entries(viewport)) Object.defineProperty(visualViewport, name, { value, configurable: true })
        visualViewport?.dispatchEvent(new Event('resize'))
      },
      { height, offsetTop },
    )
  await keyboard(screen.height - 300, 40)
  await expect.poll(() => panel.boundingBox()).toMatchObject({ x: 0, y: 40, width: screen.width, height: screen.height - 300 })
  const { y = 0, height = 0 } = (await visitor.box.boundingBox()) ?? {}
  expect(y + height).toBeLessThan(screen.height - 260)
  await keyboard(screen.height, 0)
  await expect.poll(() => panel.boundingBox()).toMatchObject({ y: 0, ...screen })

  await visitor.box.focus()
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('porchlight-chat')
  }
  // Chromium's Escape is Android's Back, wherever the focus is.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
})

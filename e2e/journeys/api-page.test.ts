/** The reference of the API as a developer reads it: without scripts, by keyboard, on a phone and on a desk. */
import { findings } from '../findings.ts'
import { expect, test } from './test.ts'

test('`/docs/api` is read without scripts: the contents lead to an operation, on a phone too', async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  await page.goto(`${server.url}/docs/api`)
  const contents = page.getByRole('navigation', { name: 'Contents' })
  await expect(contents).toBeHidden()
  await page.getByRole('link', { name: 'Contents' }).click()
  await contents.getByRole('link', { name: 'send_event' }).first().click()
  await expect(contents).toBeHidden()
  const operation = page.getByRole('article', { name: 'Sends a message, a file or an event of your own' }).first()
  await expect(operation.getByRole('heading', { level: 3 })).toBeInViewport()
  await expect(operation.getByRole('table', { name: 'Fields of the request customer_send_event' })).toContainText('attach_to_last_thread')
  await context.close()
})

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 360],
] as const) {
  test(`the page is for everybody, ${colorScheme} and ${width} px wide`, async ({ browser, server }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 740 }, bypassCSP: true })
    const page = await context.newPage()
    await page.goto(`${server.url}/docs/api`)
    expect(await findings(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
    await context.close()
  })
}

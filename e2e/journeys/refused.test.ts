/** On a site that the server will not have: the visitor is told so at once, and left alone. */
import { HostServer } from '../hosts/host-server.ts'
import { expect, test } from './test.ts'

test('a widget on a foreign site says that there is no chat here, and asks no more', async ({ server, visitor }) => {
  const { page } = visitor
  const tag = `<script async src="${server.url}/widget.js" data-license="1" data-client-id="demo"></script>`
  const site = await HostServer.serve({ html: `<!doctype html><title>Elsewhere</title>${tag}` })
  let asked = 0
  page.on('request', (request) => {
    if (request.url().includes('/v1/customer/token')) asked++
  })
  await page.goto(site.url.replace('localhost', 'elsewhere.localhost'))
  await page.getByRole('button', { name: /^Open chat/ }).click()
  await expect(page.getByRole('alert')).toContainText('The chat is not available here')
  await expect(page.getByText('Reconnecting')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Try again' })).toBeFocused()
  await page.waitForTimeout(3_000)
  expect(asked).toBe(1)
  await page.keyboard.press('Enter')
  await expect.poll(() => asked).toBe(2)
  await expect(page.getByRole('button', { name: 'Try again' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^Open chat/ })).toBeFocused()
  await site.close()
})

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
  const complaints: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
  await page.goto(site.url.replace('localhost', 'elsewhere.localhost'))
  await page.getByRole('button', { name: /^Open chat/ }).click()
  await expect(page.getByRole('alert')).toContainText('The chat is not available here')
  await expect(page.getByText('Reconnecting')).toHaveCount(0)
  await expect(page.getByRole('alert')).toBeFocused()
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0)
  await page.waitForTimeout(3_000)
  expect(asked).toBe(1)
  expect(complaints.filter((text) => text.startsWith('Porchlight: '))).toEqual([
    expect.stringMatching(/^Porchlight: origin_not_allowed; check .* that the client allows http:\/\/elsewhere/),
  ])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^Open chat/ })).toBeFocused()
  await site.close()
})

for (const script of ['widget.js', 'loader.js']) {
  test(`a tag of ${script} that does not say whose chat it is, is told of to the owner of the page`, async ({ server, visitor }) => {
    const { page } = visitor
    const complaints: string[] = []
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
    for (const [attributes, expected] of [
      ['data-license="1"', ['Porchlight: the script tag lacks data-license or data-client-id']],
      ['data-load="manual"', []],
    ] as const) {
      complaints.length = 0
      const site = await HostServer.serve({
        html: `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><script async src="${server.url}/${script}" ${attributes}></script>`,
      })
      await page.goto(site.url)
      await page.waitForTimeout(1_000)
      expect(complaints).toEqual(expected)
      await site.close()
    }
  })
}

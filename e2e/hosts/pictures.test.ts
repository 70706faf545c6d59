/** H-04: a page that lets no picture in, which a policy cannot be asked about beforehand. */
import { drawing } from '../gallery/drawing.ts'
import { page } from './host-page.ts'
import { expect, test } from './test.ts'

test('H-04 without pictures: a preview is drawn, a sent one says what it is and can still be opened', async ({ visit, server }) => {
  const {
    page: shop,
    chat,
    complaints,
  } = await visit(({ tag }) => ({
    html: page(tag),
    headers: { 'content-security-policy': "img-src 'none'" },
  }))
  await chat.open()
  const panel = shop.locator('porchlight-chat')
  await panel.locator('.keys input').setInputFiles([drawing('lamp.png')])
  await expect(panel.locator('.preview .drawn')).toBeVisible()
  expect(complaints).toEqual([])
  await chat.box.press('Enter')
  const sent = chat.log.locator('.picture')
  await expect(sent.getByRole('img', { name: 'lamp.png' })).toBeVisible()
  await sent.click()
  await expect(panel.locator('.lightbox').getByRole('img', { name: 'lamp.png' })).toBeVisible()
  // The page hears of each picture that it forbade, and of nothing else.
  await expect.poll(() => complaints.length).toBeGreaterThan(0)
  const others = complaints.filter((complaint) => !complaint.includes(`${server.url}/files/`))
  expect(others).toEqual([])
})

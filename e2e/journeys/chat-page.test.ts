/** The chat as a page of the server's own, for who comes by a link: on a phone it is the whole screen, under the strictest policy. */
import { expect, test } from './test.ts'

test.use({ viewport: { width: 360, height: 640 }, locale: 'de-AT' })

test('`/chat/1` fills a phone, speaks its language, takes a message, and complains of nothing', async ({ page, server }) => {
  const complaints: string[] = []
  page.on('console', (message) => void (['error', 'warning'].includes(message.type()) && complaints.push(message.text())))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${server.url}/chat/1`)
  const chat = page.getByRole('region', { name: 'Chat' })
  await expect(chat.getByRole('heading', { name: 'Wie können wir Ihnen helfen?' })).toBeVisible()
  expect(await chat.boundingBox()).toMatchObject({ x: 0, width: 360 })
  expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight])).toEqual([360, 640])
  // It is all there is, and opens by itself: the focus stays where it is until somebody writes.
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('body')
  const box = page.getByRole('textbox', { name: 'Nachricht' })
  await box.fill('Guten Tag')
  await box.press('Enter')
  await expect(page.getByRole('log').getByText('Gesendet')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('log').getByText('Guten Tag')).toBeVisible()
  expect(complaints).toEqual([])
})

/** The panel in a visitor's hands: what begins a chat, what says that one is over, and how times and addresses are set. */
import { expectStored } from './people.ts'
import { expect, test } from './test.ts'

test('`Start chat` leads to the field, and begins nothing before something is typed', async ({ server, visitor, agent }) => {
  await agent.signIn(server.url)
  await agent.page.getByRole('radio', { name: 'All' }).check({ force: true })
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.page.getByRole('button', { name: 'Start chat' }).click()
  await expect(visitor.box).toBeFocused()
  await visitor.page.waitForTimeout(2_000)
  await expect(agent.chats).toHaveCount(0)
  await visitor.page.keyboard.type('Hello')
  await expect(agent.chats).toHaveCount(1)
})

test('the list of chats says which have ended', async ({ server, visitor }) => {
  const { page } = visitor
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('First question')
  await expectStored(visitor.log)
  await page.getByRole('button', { name: 'End chat' }).click()
  await page.getByRole('button', { name: 'New chat' }).click()
  await visitor.say('Second question')
  await expectStored(visitor.log)
  // What is loaded only now may fail to, which ends nothing and is said.
  await page.route('**/widget-home.js?*', (route) => route.abort(), { times: 1 })
  await page.getByRole('button', { name: 'Chats' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'The chats could not be loaded. Try again.' })).toBeVisible()
  await page.getByRole('button', { name: 'Chats' }).click()
  await expect(page.getByRole('button', { name: 'First question' })).toContainText('Ended')
  await expect(page.getByRole('button', { name: 'Second question' })).not.toContainText('Ended')
})

test('an address is broken at its joints, if at all', async ({ server, visitor }) => {
  const address = 'https://shop.example/collections/lanterns/products/long-evening-lantern?variant=brass&delivery=express'
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say(`See ${address}`)
  const link = visitor.log.getByRole('link', { name: address })
  const lines = await link.evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const read: { top: number; text: string }[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const [at, char] of [...(node.nodeValue ?? '')].entries()) {
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + 1)
        const { top } = range.getBoundingClientRect()
        const last = read.at(-1)
        if (last?.top === top) last.text += char
        else read.push({ top, text: char })
      }
    }
    return read.map(({ text }) => text)
  })
  expect(lines.join('')).toBe(address)
  expect(lines.length).toBeGreaterThan(1)
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/[^a-z]$/)
})

test('times read their own way on a page that runs right to left', async ({ server, visitor }) => {
  const { page } = visitor
  await visitor.visit(server.url)
  await visitor.openChat()
  await page.locator('porchlight-chat .panel').evaluate((panel: HTMLElement) => {
    panel.dir = 'rtl'
  })
  await visitor.say('First')
  await expectStored(visitor.log)
  await page.getByRole('button', { name: 'End chat' }).click()
  await page.getByRole('button', { name: 'New chat' }).click()
  await page.clock.install({ time: Date.now() + 4 * 60_000 })
  await page.getByRole('button', { name: 'Chats' }).click()
  const time = page.getByRole('button', { name: 'First' }).getByText('4 min. ago')
  const [first, last] = await time.evaluate((element) => {
    const text = element.firstChild as Text
    return [0, text.length - 1].map((at) => {
      const range = document.createRange()
      range.setStart(text, at)
      range.setEnd(text, at + 1)
      return range.getBoundingClientRect().left
    })
  })
  expect(first).toBeLessThan(last ?? 0)
})

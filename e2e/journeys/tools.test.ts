/** What a chat gains once it is open: emoji, copying, walking from message to message, the transcript, the rating; and that chatting needs none of it. */
import { readFile } from 'node:fs/promises'
import { expectStored } from './people.ts'
import { expect, test } from './test.ts'

test.beforeEach(async ({ server, visitor }) => {
  await visitor.visit(server.url)
})

test('an emoji is found by its name, put where the caret is, and offered again', async ({ visitor }) => {
  const { page } = visitor
  await visitor.openChat()
  await visitor.box.fill('Thank you and bye')
  await visitor.box.evaluate((box: HTMLTextAreaElement) => box.setSelectionRange(9, 9))
  await page.getByRole('button', { name: 'Emoji' }).click()
  await expect(page.getByRole('searchbox', { name: 'Search emoji' })).toBeFocused()
  await page.keyboard.type('pray thx')
  await expect(page.getByText('No emoji of that name')).toBeVisible()
  await page.getByRole('searchbox').fill('thanks')
  await page.getByRole('button', { name: 'folded hands' }).click()
  await expect(visitor.box).toBeFocused()
  await expect(visitor.box).toHaveValue('Thank you🙏 and bye')
  await page.getByRole('button', { name: 'Emoji' }).click()
  await expect(page.getByRole('region', { name: 'Recently used' }).getByRole('button')).toHaveText(['🙏'])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Emoji' })).toBeFocused()
  await expect(visitor.box).toBeVisible()
})

test('the picker is walked with the arrow keys', async ({ visitor }) => {
  const { page } = visitor
  await visitor.openChat()
  await page.getByRole('button', { name: 'Emoji' }).click()
  await expect(page.getByRole('searchbox', { name: 'Search emoji' })).toBeFocused()
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key)
  await page.keyboard.press('Enter')
  await expect(visitor.box).toHaveValue('🙂')
})

test('the arrow keys go from message to message, and what has the focus can be copied', async ({ visitor }) => {
  const { page } = visitor
  await visitor.openChat()
  await visitor.say('The first message')
  await visitor.say('The **second** message')
  await expectStored(visitor.log)
  await visitor.log.focus()
  await expect(async () => {
    await page.keyboard.press('ArrowUp')
    await expect(page.getByRole('article').last()).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('article').first()).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu', { name: 'Message actions' })).toBeVisible()
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
  await expect(page.getByRole('menuitem', { name: 'Copy' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Copied')).toBeVisible()
  await visitor.box.focus()
  await page.keyboard.press('ControlOrMeta+v')
  await expect(visitor.box).toHaveValue('The **second** message')
})

test('the pointer finds the same', async ({ visitor }) => {
  const { page } = visitor
  await visitor.openChat()
  await visitor.say('A message')
  await visitor.log.getByText('A message').hover()
  const button = page.getByRole('button', { name: 'Message actions' })
  await expect(button.locator('..')).toHaveCSS('opacity', '1')
  await button.click()
  await expect(page.getByRole('menuitem', { name: 'Copy' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.mouse.move(0, 0)
  await visitor.box.focus()
  await expect(button.locator('..')).toHaveCSS('opacity', '0')
})

test('the transcript has all that was said, also what is not on the screen', async ({ visitor, agent, server }) => {
  test.setTimeout(90_000)
  const { page } = visitor
  await visitor.openChat()
  await visitor.say('How long does it burn?')
  await agent.signIn(server.url)
  await agent.openChat()
  await agent.say('Forty hours\nor more')
  await expect(visitor.log).toContainText('Forty hours')
  await page.getByRole('button', { name: 'Options' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download transcript' }).click()])
  expect(file.suggestedFilename()).toMatch(/^chat-\d{4}-\d\d-\d\d\.txt$/)
  const text = await readFile(await file.path(), 'utf8')
  expect(text).toMatch(/You: How long does it burn\?\n/)
  expect(text).toMatch(/Robin: Forty hours\n {4}or more\n/)
  await expect(page.getByRole('button', { name: 'Options' })).toBeFocused()
})

test('a chat that has ended is rated, commented, rated anew; and the agent sees it', async ({ visitor, agent, server }) => {
  const { page } = visitor
  await visitor.openChat()
  await visitor.say('Thank you')
  await agent.signIn(server.url)
  await agent.openChat()
  await page.getByRole('button', { name: 'End chat' }).click()
  const details = agent.page.getByRole('region', { name: 'Customer details' })
  await page.getByRole('button', { name: 'Good' }).click()
  await expect(details).toContainText('Good')
  await page.getByRole('textbox', { name: 'What should we know?' }).fill('Very kind')
  await page.getByRole('button', { name: 'Send comment' }).click()
  await expect(details).toContainText('GoodVery kind')
  await expect(page.getByText('Thank you. You can change this at any time.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Bad' }).click()
  await expect(details).toContainText('BadVery kind')
  await expect(page.getByRole('button', { name: 'Bad' })).toHaveAttribute('aria-pressed', 'true')
  await page.reload()
  await visitor.reopen()
  await expect(page.getByRole('button', { name: 'Bad' })).toHaveAttribute('aria-pressed', 'true')
})

test('without any module that is loaded later one chats all the same', async ({ visitor, agent, server }) => {
  await visitor.page.route('**/assets/*/widget-*.js?*', (route) => route.abort())
  await visitor.openChat()
  await visitor.say('Is **anybody** there?')
  await agent.signIn(server.url)
  await agent.openChat()
  await agent.say('Yes')
  await expect(visitor.log).toContainText('Yes')
  await expect(visitor.log).toContainText('Is **anybody** there?')
  await visitor.say('One more thing')
  await expect(agent.log).toContainText('One more thing')
  // What failed is tried anew when the panel opens again; the way to end a chat is among it.
  await visitor.page.unroute('**/assets/*/widget-*.js?*')
  await visitor.page.getByRole('button', { name: 'Close chat' }).click()
  await visitor.openChat()
  await visitor.page.getByRole('button', { name: 'End chat' }).click()
  await expect(visitor.log).toContainText('Chat ended')
  await visitor.say('And another')
  await expect(agent.log).toContainText('And another')
})

/** For everyone: no finding of axe in any theme or width, and everything with the keyboard alone. */
import type { Page } from '@playwright/test'
import { findings } from '../findings.ts'
import { expectStored, Visitor } from './people.ts'
import { expect, test } from './test.ts'

const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) => [360, 1280].map((width) => ({ colorScheme, width })))

test('axe finds nothing where an agent signs in, nor in an open conversation, on either side', async ({ server, visitor, agent }) => {
  const clean = async ({ page }: { readonly page: Page }) => {
    for (const { colorScheme, width } of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 800 })
      expect(await findings(page), `${colorScheme}, ${width} px`).toEqual([])
    }
  }
  await agent.signIn(server.url)
  await clean(agent)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Where is my **order**? https://shop.example/1')
  await agent.openChat()
  await agent.say('On its way')
  await expect(visitor.log).toContainText('On its way')
  await clean(visitor)
  await clean(agent)
})

/** Presses a key until something has the focus; the focus crosses shadow roots. */
async function tabTo(page: Page, role: string, name: RegExp, key = 'Tab'): Promise<void> {
  const wanted = page.getByRole(role as 'button', { name })
  for (let presses = 0; presses < 60; presses++) {
    if ((await wanted.count()) > 0 && (await wanted.first().evaluate((element) => element.matches(':focus')))) return
    await page.keyboard.press(key)
  }
  throw new Error(`unable to reach the ${role} ${name} with ${key}`)
}

test('a visitor opens, writes and closes with the keyboard alone', async ({ server, visitor }) => {
  const { page } = visitor
  await visitor.visit(server.url)
  await tabTo(page, 'button', /^Open chat/)
  await page.keyboard.press('Enter')
  await tabTo(page, 'textbox', /^Message$/)
  await page.keyboard.type('First line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('second line')
  await page.keyboard.press('Enter')
  await expect(visitor.log).toContainText('First line\nsecond line', { useInnerText: true })
  await expect(visitor.box).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(visitor.box).toBeHidden()
  await expect(page.getByRole('button', { name: /^Open chat/ })).toBeFocused()
})

test('an agent signs in and answers with the keyboard alone', async ({ server, visitor, agent }) => {
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Anyone?')
  const { page } = agent
  await page.goto(`${server.url}/inbox/`)
  await tabTo(page, 'textbox', /^Email$/)
  await page.keyboard.type('agent@demo.test')
  await page.keyboard.press('Tab')
  await page.keyboard.type('porchlight')
  await page.keyboard.press('Enter')
  await expect(agent.chats).toHaveCount(1)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(agent.log).toContainText('Anyone?')
  await tabTo(page, 'textbox', /^Reply$/)
  await page.keyboard.type('I am here')
  await page.keyboard.press('Enter')
  await expect(visitor.log).toContainText('I am here')
})

for (const width of [360, 1280]) {
  test(`an agent's keyboard never loses its place between the list and a chat, ${width} px`, async ({
    server,
    visitor,
    agent,
    browser,
  }) => {
    await visitor.visit(server.url)
    await visitor.openChat()
    await visitor.say('The **first** one')
    await expectStored(visitor.log)
    const other = new Visitor(await browser.newPage())
    await other.visit(server.url)
    await other.openChat()
    await other.say('The second one')
    const { page } = agent
    await page.setViewportSize({ width, height: 800 })
    await agent.signIn(server.url)
    await expect(agent.chats).toHaveCount(2)
    const first = agent.chats.nth(1).getByRole('link', { name: 'The first one' })
    await expect(first).toBeVisible()

    await page.keyboard.press('j')
    await expect(agent.log).toContainText('The second one')
    await page.keyboard.press('j')
    await expect(agent.log).toContainText('The first one')
    await expect(width === 360 ? page.getByRole('heading', { name: /^Visitor/ }) : first).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(agent.box).toBeFocused()

    if (width === 360) {
      await tabTo(page, 'link', /^Back to chats$/, 'Shift+Tab')
      await page.keyboard.press('Enter')
      await expect(first).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(agent.box).toBeFocused()
    }
    await other.page.close()
  })
}

test('on a page in another language our words say which they are in', async ({ server, visitor }) => {
  const { page } = visitor
  await page.route('**/demo/', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()).replace('<html lang="en"', '<html lang="fa" dir="rtl"') })
  })
  await visitor.visit(server.url)
  const launcher = page.getByRole('button', { name: /^Open chat/ })
  await expect(launcher).toBeVisible()
  for (const open of [false, true]) {
    if (open) await visitor.openChat()
    expect(await page.locator('porchlight-chat .pieces').evaluate(({ lang, dir }: HTMLElement) => [lang, dir])).toEqual(['en', 'rtl'])
  }
})

test('keys typed into the chat never reach the page around it', async ({ server, visitor }) => {
  const { page } = visitor
  await visitor.visit(server.url)
  await page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    for (const type of ['keydown', 'keypress', 'keyup'] as const) document.addEventListener(type, ({ key }) => heard.push(key))
  })
  await visitor.openChat()
  await visitor.box.click()
  await page.keyboard.type('s / ?')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([])
})

test("an input method's Enter does not send", async ({ server, visitor }) => {
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.box.fill('にほん')
  await visitor.box.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, composed: true, cancelable: true })
  await visitor.box.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, composed: true, cancelable: true })
  await expect(visitor.box).toHaveValue('にほん')
  await visitor.box.press('Enter')
  await expect(visitor.log).toContainText('にほん')
})

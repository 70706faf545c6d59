/** What can be done with messages is within everybody's reach: axe is content with all of it, and fingers hit it. */
import type { Locator, Page } from '@playwright/test'
import { devices } from '@playwright/test'
import { findings } from '../findings.ts'
import { expectStored, Visitor } from './people.ts'
import { begin, choose, menuButton, message } from './rich.ts'
import { expect, test } from './test.ts'

test('axe is content with the inbox in all of it', async ({ server, visitor, agent }) => {
  await begin(server, visitor, agent)
  const { page } = agent
  const asked = message(agent.log, 'Is it in stock?')
  await asked.hover()
  await menuButton(asked).click()
  expect(await findings(page), 'menu').toEqual([])
  await page.getByRole('menuitemcheckbox').first().click()
  await choose(page, asked, 'Quote')
  await agent.box.fill('@')
  await expect(page.getByRole('option').first()).toBeVisible()
  expect(await findings(page), 'quote and names').toEqual([])
  await agent.box.fill('Yes')
  await agent.box.press('Enter')
  await expectStored(agent.log)
  await agent.box.press('ArrowUp')
  await expect(page.getByRole('textbox', { name: 'Edit message' })).toBeFocused()
  expect(await findings(page), 'editing').toEqual([])
  await page.keyboard.type(', it is')
  await page.keyboard.press('Enter')
  await choose(page, asked, 'Reply')
  await page.getByRole('textbox', { name: 'Reply to this message' }).fill('A reply')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Replies' })).toContainText('1 reply')
  expect(await findings(page), 'replies').toEqual([])
  await page.getByRole('button', { name: 'Back to the chat' }).click()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await findings(page), colorScheme).toEqual([])
  }
})

test.describe('by finger', () => {
  const { userAgent, deviceScaleFactor } = devices['Pixel 7']
  test.use({ userAgent, deviceScaleFactor, isMobile: true, hasTouch: true, viewport: { width: 360, height: 740 } })

  /** Rests on the middle of something, and lifts the finger. */
  async function hold(page: Page, what: Locator, ms: number, moved = 0): Promise<void> {
    const { x, y, width, height } = (await what.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const client = await page.context().newCDPSession(page)
    const point = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) }
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
    if (moved) await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ ...point, y: point.y + moved }] })
    await page.waitForTimeout(ms)
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }

  test('a message held down opens a sheet from below, of targets that fingers hit', async ({ page, server, agent }) => {
    const visitor = new Visitor(page)
    await visitor.visit(server.url)
    await page.getByRole('button', { name: /^Open chat/ }).tap()
    await visitor.say('Is it in stock?')
    await expectStored(visitor.log)
    await agent.signIn(server.url)
    await agent.openChat()
    await agent.say('It is, in green')
    const answer = message(visitor.log, 'It is, in green')
    await expect(menuButton(answer)).toBeAttached()
    const words = answer.getByText('It is, in green')
    await expect(words).toBeVisible()

    // A finger that moves on, or is lifted soon, means something else.
    await hold(page, words, 700, 40)
    await hold(page, words, 150)
    await expect(page.getByRole('menu')).toHaveCount(0)

    await hold(page, words, 800)
    const menu = page.getByRole('menu', { name: 'Message actions' })
    await expect(menu).toBeVisible()
    expect(await page.evaluate(() => `${getSelection()}`)).toBe('')
    const panel = await page.getByRole('dialog', { name: 'Chat' }).boundingBox()
    const sheet = await menu.boundingBox()
    expect(Math.round((sheet?.y ?? 0) + (sheet?.height ?? 0))).toBe(Math.round((panel?.y ?? 0) + (panel?.height ?? 0)))
    for (const choice of await menu.locator('[role^="menuitem"]').all()) {
      const box = await choice.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
    }
    expect(await findings(page)).toEqual([])
    await page.getByRole('menuitemcheckbox', { name: 'React with 👍' }).tap()
    await expect(answer.getByRole('button', { name: '👍 1, including you' })).toBeVisible()

    // What is beside the sheet puts it away.
    await hold(page, words, 800)
    await expect(menu).toBeVisible()
    await page.touchscreen.tap(180, 120)
    await expect(menu).toHaveCount(0)
    await expect(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()

    await hold(page, words, 800)
    await page.getByRole('menuitem', { name: 'Reply' }).tap()
    await page.getByRole('textbox', { name: 'Write a reply' }).fill('Thanks')
    await page.getByRole('region', { name: 'Replies' }).getByRole('button', { name: 'Send' }).tap()
    await expect(agent.log.getByRole('button', { name: /^1 reply/ })).toBeVisible()
    // The focus stays among what is seen.
    for (let presses = 0; presses < 8; presses++) {
      await page.keyboard.press('Tab')
      const isSeen = await page.evaluate(() =>
        document.querySelector('porchlight-chat')?.shadowRoot?.activeElement?.checkVisibility({ visibilityProperty: true }),
      )
      expect(isSeen).toBe(true)
    }
  })
})

/** What a visitor leaves, or is taken from: the focus goes back where it was, what is open over the page goes too, and what arrives late does nothing. */
import type { Page, Route } from '@playwright/test'
import { expectStored, type Visitor } from './people.ts'
import { site } from './site.ts'
import { expect, test } from './test.ts'

const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

/** Holds what the page loads from this address until it is let go. */
async function hold(page: Page, address: string): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(address, async (route: Route) => {
    await released
    await route.continue().catch(() => undefined)
  })
  return release
}

/** On a site of one's own, where this has been said. */
async function chatting(server: Parameters<typeof site>[0], visitor: Visitor, text: string): Promise<Awaited<ReturnType<typeof site>>> {
  const host = await site(server, '', 'widget.js')
  await visitor.page.goto(host.url)
  await visitor.openChat()
  await visitor.say(text)
  await expectStored(visitor.log)
  return host
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.localName)

for (const leave of ['hide', 'logout'] as const) {
  test(`a picture that is open over the page goes with ${leave}`, async ({ server, visitor }) => {
    const { page } = visitor
    const host = await site(server, '', 'widget.js', '<button id="basket">Basket</button>')
    await page.goto(host.url)
    await visitor.openChat()
    await page.locator('input[type=file]').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: PICTURE })
    await page.getByRole('button', { name: 'Send' }).click()
    await visitor.log.getByRole('link', { name: /lamp\.png/ }).click()
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true })).toBeVisible()
    await page.evaluate((verb) => window.Porchlight[verb](), leave)
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true })).toHaveCount(0)
    await page.locator('#basket').click({ timeout: 2_000 })
    await host.close()
  })
}

test('the site closes the chat while somebody writes elsewhere: the focus stays there; opened from there, it comes back', async ({
  server,
  visitor,
}) => {
  const { page } = visitor
  const host = await site(server, '', 'widget.js', '<input id="search"><button id="help" onclick="Porchlight.open()">Help</button>')
  await page.goto(host.url)
  await visitor.openChat()
  await page.locator('#search').focus()
  await page.evaluate(() => window.Porchlight.close())
  expect(await focused(page)).toBe('search')
  await page.locator('#help').click()
  await expect(visitor.box).toBeFocused()
  await page.keyboard.press('Escape')
  expect(await focused(page)).toBe('help')
  await host.close()
})

test('whoever writes elsewhere while the words are on their way goes on writing there', async ({ server, visitor }) => {
  const { page } = visitor
  const release = await hold(page, '**/widget-fr.js?*')
  const host = await site(server, 'data-locale="fr"', 'widget.js', '<input id="search">')
  await page.goto(host.url)
  await page.locator('porchlight-chat button').click()
  await page.locator('#search').focus()
  release()
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  await page.keyboard.type('lamps')
  await expect(page.locator('#search')).toHaveValue('lamps')
  await host.close()
})

test('closed at home and opened again, the keyboard is in the chat', async ({ server, visitor }) => {
  const { page } = visitor
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Hello')
  await expectStored(visitor.log)
  await page.getByRole('button', { name: 'Chats' }).click()
  await expect(page.getByRole('button', { name: 'Hello' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Open chat' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Hello' })).toBeFocused()
})

test('files that are attached are still there after a look at the other chats', async ({ server, visitor }) => {
  const { page } = visitor
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Hello')
  await expectStored(visitor.log)
  await page.locator('input[type=file]').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: PICTURE })
  await expect(page.getByRole('button', { name: /Remove .*lamp\.png/ })).toBeVisible()
  await page.getByRole('button', { name: 'Chats' }).click()
  await page.getByRole('button', { name: 'Hello' }).click()
  await expect(page.getByRole('button', { name: /Remove .*lamp\.png/ })).toBeVisible()
})

test('looks for a chat in the page that come after its end begin nothing', async ({ server, visitor }) => {
  const { page } = visitor
  const release = await hold(page, '**/widget-inline.js?*')
  const host = await site(server, 'data-load="manual"', 'widget.js', '<div id="chat" style="height: 400px"></div>')
  await page.goto(host.url)
  const told = await page.evaluate(async () => {
    const told: string[] = []
    window.Porchlight.on('open', () => told.push('open'))
    await window.Porchlight.init({ license: 1, clientId: 'demo', container: '#chat' } as never)
    await window.Porchlight.destroy()
    Reflect.set(window, 'told', told)
    return told
  })
  release()
  await page.waitForTimeout(500)
  expect([told, await page.evaluate('told')]).toEqual([[], []])
  expect(await page.locator('porchlight-chat').count()).toBe(0)
  await host.close()
})

test('a message that the site is asked about goes out while the visitor looks at home, and leaves no draft of itself', async ({
  server,
  visitor,
}) => {
  const { page } = visitor
  const host = await chatting(server, visitor, 'Is anybody there?')
  await page.evaluate(() =>
    window.Porchlight.update({ beforeSend: (draft) => new Promise((allow) => Reflect.set(window, 'allow', () => allow(draft))) }),
  )
  await visitor.box.fill('And where are you?')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('button', { name: 'Chats', exact: true }).click()
  await page.evaluate(() => Reflect.get(window, 'allow')())
  await page.getByRole('button', { name: /Is anybody there|And where are you/ }).click()
  await expect(visitor.log.getByText('And where are you?')).toBeVisible()
  await expect(visitor.box).toHaveValue('')
  await page.reload()
  await visitor.openChat()
  await expect(visitor.log.getByText('And where are you?')).toBeVisible()
  await expect(visitor.box).toHaveValue('')
  await host.close()
})

test('a chat that is set up anew while what is stored is still being deleted begins as a stranger, and is remembered', async ({
  server,
  visitor,
}) => {
  const { page } = visitor
  const host = await chatting(server, visitor, 'Hello')
  await page.evaluate(() => {
    void window.Porchlight.destroy({ storage: true })
    return window.Porchlight.init()
  })
  await visitor.openChat()
  await expect(visitor.log.getByText('Hello')).toHaveCount(0)
  await visitor.say('Hello again')
  await expectStored(visitor.log)
  await page.reload()
  await visitor.openChat()
  await expect(visitor.log.getByText('Hello again')).toBeVisible()
  await host.close()
})

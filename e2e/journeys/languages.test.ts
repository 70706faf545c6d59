/** The widget in the visitor's language: loaded when it is wanted, by the right name, from right to left, and never in the way of a chat. */
import type { Page } from '@playwright/test'
import { expectStored, type Visitor } from './people.ts'
import { expect, test } from './test.ts'

interface Written {
  readonly language?: string
  readonly dir?: string
  /** What the script tag says. */
  readonly locale?: string
}

/** The shop page as if it were written so. */
async function visit({ page }: Visitor, server: string, written: Written): Promise<void> {
  await page.addInitScript(({ language = 'en', dir = 'ltr', locale }) => {
    const write = () => {
      Object.assign(document.documentElement, { lang: language, dir })
      const tag = document.querySelector<HTMLElement>('[data-license]')
      if (tag && locale) tag.dataset.locale = locale
    }
    // Before any script of the page runs.
    new MutationObserver(write).observe(document, { childList: true, subtree: true })
  }, written)
  await page.goto(`${server}/demo/`)
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('a page in German has a German launcher, and one request more makes the panel German', async ({ server, visitor }) => {
  const { page } = visitor
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await visit(visitor, server.url, { language: 'de-AT' })
  await expect(button(page, 'Chat öffnen')).toBeVisible()
  expect(asked.filter((path) => path.includes('widget-'))).toEqual([])
  await button(page, 'Chat öffnen').click()
  const panel = page.getByRole('dialog', { name: 'Chat' })
  await expect(panel).toHaveAttribute('lang', 'de-AT')
  await expect(panel.getByRole('heading', { name: 'Wie können wir Ihnen helfen?' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Nachricht' })).toBeFocused()
  await expect(button(page, 'Datei anhängen')).toBeVisible()
  const languages = asked.filter((path) => /widget-\w\w\.js$/.test(path))
  expect(languages).toEqual([expect.stringMatching(/widget-de\.js$/)])
})

test('emoji have the names of the visitor’s language, are found by English ones as well, and by these alone where the others fail', async ({
  server,
  visitor,
}) => {
  const { page } = visitor
  await visit(visitor, server.url, { language: 'de' })
  await button(page, 'Chat öffnen').click()
  await button(page, 'Emoji').click()
  await expect(button(page, 'Goldmedaille')).toBeVisible()
  const search = page.getByRole('searchbox')
  for (const query of ['gold', '1st place']) {
    await search.fill(query)
    await expect(button(page, 'Goldmedaille')).toBeVisible()
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Nachricht' })).toHaveValue('🥇')
  await page.route('**/widget-emoji-fr.js?*', (route) => route.abort())
  await page.evaluate(() => (window as unknown as { Porchlight: { update(changes: object): void } }).Porchlight.update({ locale: 'fr' }))
  await button(page, 'Émojis').click()
  await page.getByRole('searchbox').fill('1st')
  await expect(button(page, '1st place medal')).toBeVisible()
})

test('no English flashes by while the words are on their way, and times are as the region writes them', async ({ server, visitor }) => {
  const { page } = visitor
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/widget-de.js?*', async (route) => {
    await held
    await route.continue()
  })
  await visit(visitor, server.url, { language: 'de' })
  await button(page, 'Chat öffnen').click()
  const panel = page.locator('porchlight-chat .panel')
  await expect(panel).toBeVisible()
  await page.waitForTimeout(500)
  await expect(panel).toBeEmpty()
  answer()
  const box = page.getByRole('textbox', { name: 'Nachricht' })
  await expect(box).toBeFocused()
  await box.fill('Hallo')
  await box.press('Enter')
  await expect(page.getByRole('log').getByText('Gesendet')).toBeVisible()
  await expect(page.getByRole('log').locator('.meta time')).toHaveText(/^\d\d:\d\d$/)
  await expect(page.getByRole('log').getByText('heute')).toBeVisible()
})

test('Arabic runs from right to left, with the names in it apart', async ({ server, visitor, agent }) => {
  const { page } = visitor
  await visit(visitor, server.url, { language: 'ar', dir: 'rtl' })
  await button(page, 'فتح الدردشة').click()
  const panel = page.getByRole('dialog', { name: 'الدردشة' })
  await expect(panel).toHaveAttribute('dir', 'rtl')
  const box = page.getByRole('textbox', { name: 'الرسالة' })
  await box.fill('Where is my order?')
  await box.press('Enter')
  await agent.signIn(server.url)
  await agent.openChat()
  await agent.say('On its way.')
  await expect(page.getByText('انضم \u2068Robin\u2069 إلى الدردشة')).toBeVisible()
  // One's own words stand where lines end, which is at the left; the launcher stands on that side too.
  const places = await page.locator('porchlight-chat').evaluate(({ shadowRoot }) => {
    const at = (selector: string) => shadowRoot?.querySelector(selector)?.getBoundingClientRect()
    return { own: at('.own .bubble')?.left, theirs: at('.theirs .bubble')?.left, launcher: at('.launcher')?.left }
  })
  expect(places.own).toBeLessThan(places.theirs ?? 0)
  expect(places.launcher).toBeLessThan(100)
})

test('the tag says which language it is, whatever the page is in; a word of the site takes the place of ours', async ({
  server,
  visitor,
}) => {
  const { page } = visitor
  await visit(visitor, server.url, { locale: 'pl' })
  await expect(button(page, 'Otwórz czat')).toBeVisible()
  await page.evaluate(() => {
    const { Porchlight } = window as unknown as { Porchlight: (verb: string, changes: object) => Promise<void> }
    return Porchlight('update', { words: { greeting: 'Ahoj', attachFile: 'Dodaj plik' } })
  })
  await button(page, 'Otwórz czat').click()
  await expect(page.getByRole('heading', { name: 'Ahoj' })).toBeVisible()
  await expect(button(page, 'Dodaj plik')).toBeVisible()
  await expect(button(page, 'Rozpocznij czat')).toBeVisible()
})

test('where the words do not come one chats in English, and has them the next time', async ({ server, visitor }) => {
  const { page } = visitor
  await page.route('**/widget-ja.js?*', (route) => route.abort())
  await visit(visitor, server.url, { language: 'ja' })
  await button(page, 'チャットを開く').click()
  await expect(visitor.box).toBeFocused()
  await expect(page.getByRole('dialog', { name: 'Chat' })).toHaveAttribute('lang', 'en')
  await visitor.say('Hello')
  await expectStored(visitor.log)
  await expect(button(page, 'Attach file')).toBeVisible()
  await page.unroute('**/widget-ja.js?*')
  await page.keyboard.press('Escape')
  await button(page, 'チャットを開く').click()
  await expect(page.getByRole('log', { name: 'メッセージ一覧' })).toContainText('送信済み')
})

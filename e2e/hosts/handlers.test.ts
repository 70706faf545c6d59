/** H-16: pages whose own handlers want every key, gesture and menu, and the focus. */
import type { Page } from '@playwright/test'
import { type Make, page } from './host-page.ts'
import { expect, test } from './test.ts'

const withScript =
  (script: string, more = ''): Make =>
  ({ tag }) => ({ html: page(`${more}<script>${script}</script>${tag}`) })

/**
 * Counted is what a page would do for a key. Those who listen on the way down cannot be kept from it: as on the page's own
 * fields they look whether something is being written.
 */
const SHORTCUTS = `
  window.counts = {}
  const count = (name) => (counts[name] = (counts[name] ?? 0) + 1)
  const isWriting = ({ target }) => /^(input|textarea|select)$/i.test(target.tagName) || target.isContentEditable
  for (const [place, name] of [[window, 'window'], [document, 'document'], [document.body, 'body']]) {
    for (const type of ['keydown', 'keypress', 'keyup']) {
      place.addEventListener(type, () => count(name + ' ' + type))
      place.addEventListener(type, (event) => isWriting(event) || count(name + ' ' + type + ' on its way down'), true)
    }
  }
`

const shortcuts = withScript(SHORTCUTS)

const countsOf = (page: Page) => page.evaluate(() => ({ ...(Reflect.get(window, 'counts') as Record<string, number>) }))

test('H-16 shortcuts of the page rest while the visitor writes, and work before and after', async ({ stand }) => {
  const { page } = await stand(shortcuts)
  const before = Object.entries(await countsOf(page))
  expect(before).toHaveLength(9)
  await page.locator('h1').click()
  await page.keyboard.press('/')
  const after = await countsOf(page)
  expect(Object.keys(after)).toHaveLength(18)
  for (const [name, count] of Object.entries(after)) expect(count, name).toBe((Object.fromEntries(before)[name] ?? 0) + 1)
})

/** Nobody else hears of a key, or of what the mouse's other button is for. */
const KEPT = `
  for (const type of ['keydown', 'keypress', 'keyup']) addEventListener(type, (event) => event.stopImmediatePropagation(), true)
  window.counts = { menus: 0 }
  document.addEventListener('contextmenu', (event) => { event.preventDefault(); counts.menus++ })
`

test('H-16 a page that keeps all keys for itself, and lets nobody have a menu', async ({ visit }) => {
  const { page, chat, complaints } = await visit(withScript(KEPT))
  await chat.open()
  await chat.box.pressSequentially('Is anybody there?')
  await chat.box.click({ button: 'right' })
  await page.locator('h1').click({ button: 'right' })
  expect(await countsOf(page)).toEqual({ menus: 1 })
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(chat.log).toContainText('Is anybody there?')
  await page.getByRole('button', { name: 'Close chat' }).first().click()
  await expect(chat.box).toBeHidden()
  await expect(chat.launcher).toBeFocused()
  expect(complaints).toEqual([])
})

/** As Bootstrap's and its like: whoever takes the focus elsewhere has it taken back. */
const TRAP = `
  const modal = document.querySelector('#modal')
  document.addEventListener('focusin', ({ target }) => modal.contains(target) || modal.querySelector('button').focus())
  modal.querySelector('button').focus()
`

test('H-16 a modal that keeps the focus lets the visitor write, and keeps it from the page', async ({ visit }) => {
  const modal = '<div id="modal" role="dialog" aria-label="Offer"><button id="accept" type="button">Accept</button></div>'
  const { page, chat } = await visit(withScript(TRAP, modal))
  const accept = page.getByRole('button', { name: 'Accept' })
  await expect(accept).toBeFocused()
  await chat.open()
  await chat.say('What is this offer?')
  await chat.close()
  await page.locator('#search').click()
  await expect(accept).toBeFocused()
})

/** As libraries of smooth scrolling do, and those that keep a page from moving under what covers it. */
const SMOOTH = `
  addEventListener('wheel', (event) => { event.preventDefault(); scrollBy(0, event.deltaY) }, { passive: false })
  document.addEventListener('touchmove', (event) => { event.preventDefault(); scrollBy(0, 100) }, { passive: false })
`

const onTouch: Make = (chat) => ({ ...withScript(SMOOTH)(chat), browser: { hasTouch: true } })

test('H-16 a page that scrolls by itself leaves what is in the chat to the chat', async ({ visit }) => {
  const { page, chat } = await visit(onTouch)
  await chat.open()
  await chat.box.fill(Array.from({ length: 60 }, (_, line) => `Line ${line}`).join('\n'))
  await chat.box.press('Enter')
  await expect(chat.log).toContainText('Line 59')
  const { x = 0, y = 0, width = 0, height = 0 } = (await chat.log.boundingBox()) ?? {}
  const at = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) }
  const top = () => chat.log.evaluate((log) => log.scrollTop)
  const bottom = await top()
  await page.mouse.move(at.x, at.y)
  await page.mouse.wheel(0, -150)
  await expect.poll(top).toBe(bottom - 150)
  const browser = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints })
  await touch('touchStart', at)
  for (const step of [20, 60, 100, 140]) await touch('touchMove', { x: at.x, y: at.y + step })
  await touch('touchEnd')
  await expect.poll(top).toBeLessThan(bottom - 220)
  expect(await page.evaluate(() => scrollY)).toBe(0)
  await page.mouse.move(10, 10)
  await page.mouse.wheel(0, 150)
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(150)
})

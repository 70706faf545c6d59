/** What the other tests of this folder see with: that it sees. */
import { page } from './host-page.ts'
import { signsOf } from './signs.ts'
import { expect, test } from './test.ts'

const plain = () => ({ html: page('') })

const CHANGES: Readonly<Record<string, () => void>> = {
  'an element more': () => document.body.append(document.createElement('i')),
  'a rule more': () => document.head.append(Object.assign(document.createElement('style'), { textContent: 'h1 { color: #123456 }' })),
  'an adopted sheet': () => void document.adoptedStyleSheets.push(new CSSStyleSheet()),
  'a global more': () => void Reflect.set(window, 'stray', 1),
  'a patched native': () => void Reflect.set(window, 'fetch', () => Promise.reject()),
  'a native with more on it': () => void Reflect.set(Array.prototype, 'last', () => undefined),
  'a page that has scrolled': () => scrollTo(0, 100),
  'a focus that has moved': () => document.querySelector<HTMLElement>('#basket')?.focus(),
  'an entry in the history': () => history.pushState(null, '', '#there'),
  'a count of the page': () => void Reflect.set(window, 'counts', { keys: 1 }),
}

test('whatever changes on a page is noticed', async ({ visit }) => {
  const { page } = await visit(plain)
  let before = await signsOf(page)
  for (const [name, change] of Object.entries(CHANGES)) {
    expect(await signsOf(page), `before ${name}`).toEqual(before)
    await page.evaluate(change)
    const after = await signsOf(page)
    expect(after, name).not.toEqual(before)
    before = after
  }
})

test('a page that breaks its own policy is noticed', async ({ visit }) => {
  const { complaints } = await visit(() => ({
    html: '<p style="color: red">Hello</p>',
    headers: { 'content-security-policy': "style-src 'none'" },
  }))
  await expect.poll(() => complaints.some((complaint) => complaint.includes('violation: style-src'))).toBe(true)
})

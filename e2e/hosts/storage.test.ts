/** H-07 and H-09: browsers that keep nothing, lose what they kept, or may keep it only when the visitor agrees. */
import { type Make, page, withScripts } from './host-page.ts'
import { expect, rows, test, type Visit } from './test.ts'

const THROWS = `{ get: function () { throw new DOMException('The operation is insecure.', 'SecurityError') }, configurable: true }`

const before =
  (script: string, remembers?: false): Make =>
  (chat) => ({ ...withScripts(chat, { '/before.js': script }), ...(remembers === false && { remembers }) })

rows({
  'H-07 localStorage throws at the sight of it': before(`Object.defineProperty(window, 'localStorage', ${THROWS})`),
  'H-07 no IndexedDB': before(`Object.defineProperty(window, 'indexedDB', { value: null })`, false),
  'H-07 IndexedDB throws': before(`IDBFactory.prototype.open = function () { throw new DOMException('denied', 'SecurityError') }`, false),
  'H-07 nothing can be kept at all': before(
    ['localStorage', 'sessionStorage', 'indexedDB', 'caches']
      .map((name) => `Object.defineProperty(window, '${name}', ${THROWS})`)
      .concat(`Object.defineProperty(Document.prototype, 'cookie', ${THROWS})`)
      .join(';'),
    false,
  ),
})

const kept = ({ tag }: { readonly tag: string }) => ({ html: page(tag) })

const HANG = 'IDBFactory.prototype.open = () => ({})'
const WIPE = `
  indexedDB.databases().then((all) => Promise.all(all.map(({ name }) => new Promise((done) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = request.onerror = request.onblocked = done
  }))))`

async function sends({ chat }: Visit, text: string): Promise<void> {
  await chat.open()
  await chat.say(text)
  await expect(chat.log.getByText(/^(Sent|Seen)$/)).toBeVisible()
}

test('H-07 no room is left on the disk', async ({ visit }) => {
  const full = await visit(kept)
  const { origin } = new URL(full.page.url())
  const browser = await full.page.context().newCDPSession(full.page)
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 0 })
  await sends(full, 'Where do I keep this?')
  await full.page.reload()
  await sends(full, 'And this?')
  expect(full.complaints).toEqual([])
})

test('H-07 what was kept is lost while the page is open, and the visitor is a stranger when it loads again', async ({ visit, agent }) => {
  const lost = await visit(kept)
  await sends(lost, 'Do you know me?')
  await lost.page.evaluate(WIPE)
  await sends(lost, 'And now?')
  await expect.poll(() => agent.chatSaying('And now?')).not.toBeNull()
  await lost.page.reload()
  await sends(lost, 'And after all?')
  await expect.poll(() => agent.chatSaying('And after all?')).not.toBeNull()
  expect(lost.complaints).toEqual([])
})

test('H-07 a database that answers no more: what is said begins another chat', async ({ visit, agent }) => {
  const hung = await visit(kept)
  await sends(hung, 'Are you still there?')
  await hung.page.addInitScript(HANG)
  await hung.page.reload()
  await sends(hung, 'Hello again')
  await expect.poll(() => agent.chatSaying('Hello again')).not.toBeNull()
  expect(hung.complaints).toEqual([])
})

/** A banner that asks once, as sites have them. */
const BANNER = `
  addEventListener('load', () => {
    const given = () => Porchlight.update({ consent: true })
    if (localStorage.getItem('agreed')) return given()
    const yes = Object.assign(document.createElement('button'), { id: 'agree', textContent: 'Agree' })
    yes.addEventListener('click', () => { localStorage.setItem('agreed', 'yes'); yes.remove(); given() })
    document.body.prepend(yes)
  })`

const CONSENT = { attributes: ' data-consent="required"' }

test('H-09 consent that is pending: the chat works, and nothing is stored', async ({ stand }) => {
  const { page: shop } = await stand(({ tag }) => ({ html: page(tag), remembers: false }), CONSENT)
  expect(await shop.evaluate(async () => [localStorage.length, (await indexedDB.databases()).length])).toEqual([0, 0])
})

test('H-09 consent that is given, then withdrawn', async ({ visit }) => {
  const asked = await visit((chat) => withScripts(chat, { '/banner.js': BANNER }), CONSENT)
  await sends(asked, 'May you remember me?')
  await asked.page.locator('#agree').click()
  const stored = () => asked.page.evaluate(async () => [localStorage.length, (await indexedDB.databases()).length])
  // The site's own answer, where they chatted, who they are and what they typed.
  await expect.poll(stored).toEqual([2, 2])
  await asked.page.reload()
  await asked.chat.open()
  await asked.chat.reads('May you remember me?')
  await asked.page.evaluate('localStorage.clear(); Porchlight.update({ consent: false })')
  await expect.poll(stored).toEqual([0, 0])
  await sends(asked, 'Still here')
  expect(asked.complaints).toEqual([])
})

/** H-23: networks that are slow, and servers before ours that answer in its place. */
import { page } from './host-page.ts'
import { expect, test } from './test.ts'

const plain = ({ tag }: { readonly tag: string }) => ({ html: page(tag) })

/** A third of a megabit, and a third of a second there and back. */
const SLOW = { offline: false, latency: 330, downloadThroughput: 40_000, uploadThroughput: 40_000 }

const WRONG = [
  { status: 500, contentType: 'text/javascript', body: 'throw new Error()' },
  { status: 200, contentType: 'text/html', body: '<!doctype html><title>Sign in to the network</title>' },
]

test('H-23 a slow network: the launcher is there first, and one chats', async ({ visit, agent }) => {
  const { page: shop, chat } = await visit(plain, { script: 'loader.js' })
  const browser = await shop.context().newCDPSession(shop)
  await browser.send('Network.emulateNetworkConditions', SLOW)
  await shop.reload()
  await chat.open()
  await chat.say('Slow here')
  await expect.poll(() => agent.chatSaying('Slow here')).not.toBeNull()
})

test('H-23 a wrong answer for the widget: the launcher says so, and the next try is a new one', async ({ visit }) => {
  const { page: shop, chat } = await visit(plain, { script: 'loader.js' })
  const trouble = shop.getByRole('status').filter({ hasText: 'The chat did not load. Try again.' })
  for (const answer of WRONG) {
    await shop.route(/\/widget\.js/, (route) => route.fulfill({ ...answer, headers: { 'access-control-allow-origin': '*' } }), { times: 1 })
    await chat.launcher.click()
    await expect(trouble).toBeVisible()
  }
  await chat.open()
  await expect(trouble).toHaveCount(0)
})

test('H-23 a wrong answer for what is loaded later: one chats all the same', async ({ visit, agent }) => {
  const { page: shop, chat } = await visit(plain)
  for (const [at, name] of ['tools', 'messages'].entries()) {
    await shop.route(new RegExp(`/widget-${name}\\.js`), (route) => route.fulfill(WRONG[at]))
  }
  await chat.open()
  await chat.say('Plainly')
  await expect.poll(() => agent.chatSaying('Plainly')).not.toBeNull()
})

/**
 * H-27: a page that means harm. What stands in it is the page's to read and to click, so that it is not trusted with more than its
 * own visitor's: what it steals is good for a short while, from its own origin, and shows nobody else's chats.
 */
import type { TokenResponse } from '../../src/protocol/tokens.ts'
import { type Make, withScripts } from './host-page.ts'
import { expect, test } from './test.ts'

const SPY = `
  window.roots = []
  window.stolen = []
  Element.prototype.attachShadow = (function (native) {
    return function (options) { var root = native.call(this, options); roots.push(root); return root }
  })(Element.prototype.attachShadow)
  window.fetch = (function (native) {
    return async function (address, request) {
      var answer = await native.call(window, address, request)
      if (String(address).includes('/customer/token')) stolen.push(await answer.clone().json())
      return answer
    }
  })(fetch)`

const spying: Make = (chat) => withScripts(chat, { '/before.js': SPY })
const plain: Make = ({ tag }) => ({ html: `<!doctype html><title>A shop</title>${tag}` })

/** What the page clicks and writes in the place of its visitor. */
const ACT = () => {
  const [root] = Reflect.get(window, 'roots') as ShadowRoot[]
  root?.querySelector<HTMLElement>('.launcher button')?.click()
}

interface Asked {
  readonly origin?: string
  readonly client?: string
  readonly side?: 'customer' | 'agent'
}

test('H-27 what a page steals is short-lived, bound to its origin, and opens no chat but its own visitor’s', async ({
  visit,
  server,
  agent,
}) => {
  const other = await visit(plain)
  await other.chat.open()
  await other.chat.say('A secret of another visitor')
  await expect.poll(() => agent.chatSaying('A secret of another visitor')).not.toBeNull()
  const foreign = (await agent.chatSaying('A secret of another visitor')) ?? ''

  const { page, chat } = await visit(spying)
  await page.evaluate(ACT)
  await chat.open()
  await chat.say('My own words')
  await expect.poll(() => agent.chatSaying('My own words')).not.toBeNull()
  const own = (await agent.chatSaying('My own words')) ?? ''
  const seen = await page.evaluate(() => (Reflect.get(window, 'roots') as ShadowRoot[])[0]?.querySelector('.scroll')?.textContent)
  expect(seen).toContain('My own words')
  const [token] = await page.evaluate(() => Reflect.get(window, 'stolen') as TokenResponse[])
  if (!token) throw new Error('unable to steal; the page saw no token')
  expect(token.expires_in).toBeLessThanOrEqual(15 * 60)

  const home = new URL(page.url()).origin
  const post = (path: string, body: object, { origin = home, client = 'demo' }: Asked = {}) =>
    fetch(`${server.url}${path}?license=1&client_id=${client}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token.access_token}`, ...(origin && { origin }) },
      body: JSON.stringify(body),
    })
  const ask = async (action: string, payload: object, { side = 'customer', ...asked }: Asked = {}) => {
    const answer = await post(`/v1/${side}/action/${action}`, payload, asked)
    const said = (await answer.json()) as { error?: { type: string }; chats_summary?: { id: string }[] }
    return answer.ok ? said : said.error?.type
  }

  // With it the page can do what its visitor can.
  expect(await ask('list_chats', {})).toMatchObject({ chats_summary: [{ id: own }] })
  const message = { chat_id: foreign, event: { type: 'message', text: 'Let me in' } }
  expect(
    await Promise.all([
      ask('get_chat', { chat_id: foreign }),
      ask('list_threads', { chat_id: foreign }),
      ask('sync', { chat_id: foreign, epoch: 'any', after: 0, limit: 100 }),
      ask('send_event', message),
    ]),
  ).toEqual(Array(4).fill('not_found'))
  for (const [origin, refused] of [
    [home, 'origin_not_allowed'],
    [server.url, 'authentication'],
  ] as const) {
    expect(await ask('list_chats', {}, { side: 'agent', origin })).toBe(refused)
  }
  for (const origin of ['https://evil.example', '']) expect(await ask('list_chats', {}, { origin }), origin).toBe('origin_not_allowed')
  await server.command('client', 'create', 'another-shop', '--license', '1', '--origin', 'https://another.example')
  expect(await ask('list_chats', {}, { origin: 'https://another.example', client: 'another-shop' })).toBe('authentication')
  const refresh = { grant_type: 'refresh', refresh_token: token.refresh_token }
  for (const asked of [{ origin: 'https://evil.example' }, { origin: 'https://another.example', client: 'another-shop' }]) {
    expect((await post('/v1/customer/token', refresh, asked)).ok, asked.origin).toBe(false)
  }
})

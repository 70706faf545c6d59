/** H-00 to H-05, H-08 and H-28: pages that say what may be loaded, stored, drawn and asked for. */
import type { CustomerSDK } from '../../src/sdk/customer/index.ts'
import { type Chat, type HostPage, page, policy, SCRIPTS } from './host-page.ts'
import { expect, rows, test } from './test.ts'

const NONCE = 'p0rch1ight'
const trusted = ["require-trusted-types-for 'script'", "trusted-types 'none'"]
const isolated = (embedder: string) => ({ 'cross-origin-embedder-policy': embedder, 'cross-origin-opener-policy': 'same-origin' })

/** Everything a page can forbid that a chat might be tempted to ask for. */
const FORBIDDEN = ['camera', 'microphone', 'geolocation', 'clipboard-read', 'clipboard-write', 'autoplay', 'fullscreen', 'storage-access']

rows(
  {
    'H-00 a page that asks for nothing': ({ tag }) => ({ html: page(tag) }),
    'H-01 a strict policy by host list': (chat) => ({ html: page(chat.tag), headers: policy(chat, "style-src-attr 'unsafe-inline'") }),
    "H-03 Trusted Types 'none' and style-src 'none'": (chat) => ({
      html: page(chat.tag).replace(/ style="[^"]*"/, ''),
      headers: policy(chat, "style-src 'none'", ...trusted),
    }),
  },
  SCRIPTS,
)

rows({
  "H-02 a nonce and 'strict-dynamic'": (chat) => ({
    html: page(chat.tag.replace('<script', `<script nonce="${NONCE}"`)),
    headers: {
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
        `connect-src ${chat.url} ${chat.url.replace('http', 'ws')}`,
        "style-src-attr 'unsafe-inline'",
        "base-uri 'none'",
      ].join('; '),
    },
  }),
  'H-04 a policy without pictures': ({ tag }) => ({
    html: page(tag),
    headers: { 'content-security-policy': "img-src 'none'; media-src 'none'; font-src 'none'" },
  }),
  'H-05 isolation by require-corp': ({ tag }) => ({ html: page(tag), headers: isolated('require-corp') }),
  'H-05 isolation by credentialless': ({ tag }) => ({ html: page(tag), headers: isolated('credentialless') }),
  'H-28 a policy that only reports': (chat) => ({
    html: page(chat.tag).replace(/ style="[^"]*"/, ''),
    headers: { 'content-security-policy-report-only': policy(chat, "style-src 'none'", ...trusted)['content-security-policy'] ?? '' },
  }),
  'H-08 a permissions policy that allows nothing': ({ tag }) => ({
    html: page(tag),
    headers: { 'permissions-policy': FORBIDDEN.map((name) => `${name}=()`).join(', ') },
  }),
})

/** A page of the customer SDK alone, whose other module is loaded under the strictest policy there is. */
const withSDK = (chat: Chat): HostPage => ({
  html: page(`<script src="${chat.url}/customer-sdk.js"></script><script src="/page.js"></script>`).replace(/ style="[^"]*"/, ''),
  headers: policy(chat, `script-src-elem 'self' ${chat.url}`, "style-src 'none'", ...trusted),
  files: { '/page.js': `window.sdk = CustomerSDK.init({ license: 1, clientId: 'demo' })` },
})

test('H-03 the customer SDK loads its other module when it is used, and again when that failed', async ({ visit, server }) => {
  const { page, complaints } = await visit(withSDK)
  const more: string[] = []
  page.on('request', (request) => void (request.url().includes('customer-more') && more.push(request.url())))
  await page.route('**/customer-more.js?*', (route) => route.abort(), { times: 1 })
  const use = () =>
    page.evaluate(async () => {
      const { sdk } = window as unknown as { sdk: CustomerSDK }
      const { id } = await sdk.startChat({ events: [{ type: 'message', text: 'hello' }] })
      const rated = await sdk.sendRating(id, { value: 'good' }).catch(({ code }: { code: string }) => code)
      return [rated, typeof (await sdk.getCustomer()).id]
    })
  expect(await use()).toEqual(['LOAD_FAILED', 'string'])
  expect(await use()).toEqual([{ value: 'good' }, 'string'])
  const path = /\/assets\/[\d.]+\/customer-more\.js\?/
  const [first = '', second = ''] = more.map((address) => address.replace(path, '').replace(server.url, ''))
  expect([more.length, Number(second)]).toEqual([2, Number(first) + 1])
  expect(complaints.filter((complaint) => !complaint.includes('ERR_FAILED'))).toEqual([])
})

/** As a collector of errors would: everything that the page can hear going wrong. */
const COLLECTOR = `
  window.collected = []
  addEventListener('error', (event) => collected.push(event.message || event.target.localName), true)
  addEventListener('unhandledrejection', (event) => collected.push(String(event.reason)))
  for (const name of ['error', 'warn']) console[name] = ((native) => (...said) => { collected.push(said.join(' ')); native.apply(console, said) })(console[name])
`

test('H-28 a collector of errors that collects nothing of ours', async ({ stand }) => {
  const { page: shop } = await stand(({ tag }) => ({
    html: page(tag, { head: '<script src="/collector.js"></script>' }),
    files: { '/collector.js': COLLECTOR },
  }))
  expect(await shop.evaluate(() => Reflect.get(window, 'collected'))).toEqual([])
})

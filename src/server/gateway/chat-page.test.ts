/** The chat as a page of the server's own, asked of a real server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, startServer, visitorKey } from '../../testing/server.ts'
import { preferred } from './html.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ rateFactor: 10 })
  await server.administer('org create', { name: 'Tom & "Jerry" <script>alert(1)</script>' })
  await server.administer('client create', { license: '2', id: 'later' })
})
afterAll(() => server.stop())

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await server.fetch(path, { headers })
  return { status: response.status, header: (name: string) => response.headers.get(name), body: await response.text() }
}

describe('[LIN11] the page', () => {
  test('has the widget in it for the oldest client that pages use, in the language of the browser', async () => {
    await server.administer('client create', { license: '1', id: 'a-newer-one' })
    const { status, body, header } = await get('/chat/1', { 'accept-language': 'sv, de-AT;q=0.9, en;q=0.8' })
    expect([status, header('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(body).toContain('<html lang="de" dir="ltr">')
    expect(body).toContain('<title>Shop</title>')
    expect(body).toMatch(
      /<script async src="\/widget\.js" data-license="1" data-client-id="shop"\s+data-container="#chat" data-load="eager"/,
    )
    expect(body).toMatch(/name="viewport" content="[^"]*viewport-fit=cover, interactive-widget=resizes-content"/)
    expect((await get('/chat/1', { 'accept-language': 'he' })).body).toContain('<html lang="he" dir="rtl">')
    expect((await get('/chat/1?client_id=a-newer-one')).body).toContain('data-client-id="a-newer-one"')
  })

  test('lets nothing run but what the server serves, and is in no index', async () => {
    const { header, body } = await get('/chat/1')
    const policy = header('content-security-policy') ?? ''
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]),
    )
    expect(policy).not.toContain('unsafe')
    expect([header('x-robots-tag'), header('x-frame-options')]).toEqual(['noindex', 'DENY'])
    expect(body).toContain('<meta name="robots" content="noindex">')
    expect(body).not.toMatch(/<style|style=|<script(?! async src)|\son\w+=/)
    const styles = await get('/chat/page.css')
    expect([styles.status, styles.header('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
  })

  test("shows the organization's name as text, whatever it is", async () => {
    const { body } = await get('/chat/2')
    expect(body).toContain('<title>Tom &amp; &quot;Jerry&quot; &lt;script&gt;alert(1)&lt;/script&gt;</title>')
    expect(body.match(/<script/g)).toHaveLength(1)
  })

  test.each(['/chat/3', '/chat/0', '/chat/01', '/chat/1e0', '/chat/x%3Cscript%3E', '/chat/1?client_id=none', '/chat/1?client_id=app'])(
    'says that there is none at %s, as a page',
    async (path) => {
      const { status, body, header } = await get(path)
      expect([status, header('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
      expect(header('content-security-policy')).toContain("default-src 'none'")
      expect(body).toContain('There is no chat at this address')
      expect(body).not.toContain('<script')
    },
  )

  test('[LIN3] is let in for its client, and from no other address', async () => {
    const body = { grant_type: 'anonymous', visitor_key: visitorKey('by link') }
    const path = '/v1/customer/token?license=2&client_id=later'
    expect((await server.post(path, body, { origin: server.origin })).status).toBe(200)
    expect((await server.post(path, body, { origin: server.origin.replace('http:', 'https:').replace('127', '128') })).status).toBe(403)
  })
})

describe('the language', () => {
  test.each([
    [null, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['tlh', 'en'],
    ['pt-BR,pt;q=0.9', 'pt'],
    ['en;q=0.2, FR-ca;q=0.7', 'fr'],
    ['de;q=0, nl;q=0.1', 'nl'],
    [';;q=x,,ja', 'ja'],
  ])('for %j is %s', (accepted, language) => {
    expect(preferred(accepted, ['en', 'fr', 'de', 'nl', 'pt', 'ja'])).toBe(language)
  })
})

/** Whose pages may ask (LIN3), over HTTP: the same table stands before sockets. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customerAction, errorOf, type RunningServer, SHOP, startServer, visitorKey } from '../../testing/server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ rateFactor: 10 })
})
afterAll(() => server.stop())

describe('[LIN3] origins', () => {
  test.each([
    ['the one that is registered', 'shop', SHOP, 200],
    ['none, for a page', 'shop', null, 403],
    ['null, as a sandboxed frame says', 'shop', 'null', 403],
    ['another scheme', 'shop', 'http://shop.test', 403],
    ['another port', 'shop', 'https://shop.test:8443', 403],
    ['a longer name', 'shop', 'https://shop.test.evil.test', 403],
    ['a name before it', 'shop', 'https://evilshop.test', 403],
    ['a subdomain', 'shop', 'https://www.shop.test', 403],
    ['other letters that look alike', 'shop', 'https://ѕhop.test'.normalize(), 403],
    ['capitals', 'shop', 'https://SHOP.test', 403],
    ['this machine, for a real client', 'shop', 'http://localhost:3000', 403],
    ['the server itself, which has a page for it', 'shop', 'own', 200],
    ['the server itself, for an app that is in no web view', 'app', 'own', 403],
    ['none, for a native app', 'app', null, 200],
    ['any, for a native app', 'app', 'https://evil.test', 403],
  ])('%s', async (_, client, origin, status) => {
    const said = origin === 'own' ? server.origin : origin
    // A header has no letters beyond Latin-1: a browser would send the name in its ASCII form.
    const headers: { origin?: string } = said === null ? {} : { origin: said.replace('ѕ', 'xn--') }
    const body = { grant_type: 'anonymous', visitor_key: visitorKey('origins') }
    const response = await server.post(`/v1/customer/token?license=1&client_id=${client}`, body, headers)
    expect(response.status).toBe(status)
    // A page that is refused may read why. It never sends anything that a browser adds by itself.
    expect(response.headers.get('access-control-allow-origin')).toBe(said && headers.origin)
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    expect(response.headers.get('vary')).toBe('Origin')
    if (status === 403) expect((await errorOf(response)).type).toBe('origin_not_allowed')
  })

  test.each([
    '',
    '?license=2&client_id=shop',
    '?license=1',
    '?license=1&client_id=none',
    '?license=01&client_id=shop',
    '?license=1e0&client_id=shop',
  ])('an address that names no client: %s', async (query) => {
    const response = server.post(`/v1/customer/token${query}`, {}, { origin: SHOP })
    expect(await errorOf(response)).toMatchObject({ status: 404, type: 'license_not_found' })
  })

  test('a preflight is answered without credentials, for every page: what comes after is refused in words that it can read', async () => {
    const headers = { origin: SHOP, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }
    for (const origin of [SHOP, 'https://evil.test']) {
      const response = await server.fetch(customerAction('send_event'), { method: 'OPTIONS', headers: { ...headers, origin } })
      expect(response.status).toBe(204)
      expect(response.headers.get('access-control-allow-origin')).toBe(origin)
      expect(response.headers.get('access-control-allow-headers')).toContain('authorization')
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    }
    const { access_token } = await server.token('stolen')
    const asked = { origin: 'https://evil.test', authorization: `Bearer ${access_token}` }
    const response = await server.post(customerAction('list_chats'), {}, asked)
    expect([response.headers.get('access-control-allow-origin'), (await errorOf(response)).type]).toEqual([
      'https://evil.test',
      'origin_not_allowed',
    ])
  })

  test.each([
    ['too much', 413, '/v1/customer/token?license=1&client_id=shop', JSON.stringify({ visitor_key: 'x'.repeat(70 * 1024) })],
    ['no JSON', 400, '/v1/customer/token?license=1&client_id=shop', '{'],
    ['no token', 401, customerAction('list_chats'), '{}'],
    ['no such address', 404, '/v1/customer/nothing', '{}'],
    ['no such license', 404, '/v1/customer/token?license=9&client_id=shop', '{}'],
  ])('a page can read that it was refused: %s', async (_, status, path, body) => {
    const response = await server.post(path, body, { origin: SHOP })
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([status, SHOP])
    expect(response.headers.get('access-control-expose-headers')).toContain('retry-after')
  })

  test('a page of another site cannot ask as an agent', async () => {
    const response = await server.fetch('/v1/agent/action/list_chats', { method: 'OPTIONS', headers: { origin: SHOP } })
    expect(response.status).toBe(404)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    const refused = await server.post('/v1/agent/action/list_chats', {}, { origin: SHOP })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })
})

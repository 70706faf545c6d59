/** Everything that goes over HTTP, asked of a real server on a real port. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ErrorBody } from '../../protocol/errors.ts'
import { RATES } from '../../protocol/limits.ts'
import type { TokenResponse } from '../../protocol/tokens.ts'
import { createClock } from '../../testing/clock.ts'
import { type RunningServer, SHOP, startServer } from '../../testing/server.ts'

let server: RunningServer
const clock = createClock()
beforeAll(async () => {
  server = await startServer({ clock, rateFactor: 10 })
})
afterAll(() => server.stop())

const TOKEN = '/v1/customer/token?license=1&client_id=shop'
const action = (name: string, client = 'shop') => `/v1/customer/action/${name}?license=1&client_id=${client}`
const key = (name: string) => name.padEnd(22, '.')

async function errorOf(response: Promise<Response> | Response): Promise<{ status: number } & ErrorBody> {
  const { status, json } = await Promise.resolve(response).then(async (one) => ({ status: one.status, json: await one.json() }))
  return { status, ...(json as { error: ErrorBody }).error }
}

async function token(visitor: string): Promise<TokenResponse> {
  const response = await server.post(TOKEN, { grant_type: 'anonymous', visitor_key: key(visitor) }, { origin: SHOP })
  expect(response.status).toBe(200)
  return (await response.json()) as TokenResponse
}

const as = ({ access_token }: TokenResponse, more: Record<string, string> = {}) => ({
  origin: SHOP,
  authorization: `Bearer ${access_token}`,
  ...more,
})

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
    ['the server itself, unless registered', 'shop', 'own', 403],
    ['none, for a native app', 'app', null, 200],
    ['any, for a native app', 'app', 'https://evil.test', 403],
  ])('%s', async (_, client, origin, status) => {
    const said = origin === 'own' ? server.origin : origin
    // A header has no letters beyond Latin-1: a browser would send the name in its ASCII form.
    const headers = said === null ? {} : { origin: said.replace('ѕ', 'xn--') }
    const body = { grant_type: 'anonymous', visitor_key: key('origins') }
    const response = await server.post(`/v1/customer/token?license=1&client_id=${client}`, body, headers)
    expect(response.status).toBe(status)
    expect(response.headers.get('access-control-allow-origin')).toBe(status === 200 && said ? said : null)
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

  test('a preflight is answered for allowed origins, exactly, and without credentials', async () => {
    const headers = { origin: SHOP, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }
    const good = await server.fetch(action('send_event'), { method: 'OPTIONS', headers })
    expect(good.status).toBe(204)
    expect(good.headers.get('access-control-allow-origin')).toBe(SHOP)
    expect(good.headers.get('access-control-allow-headers')).toContain('authorization')
    expect(good.headers.get('access-control-allow-credentials')).toBeNull()
    const bad = await server.fetch(action('send_event'), { method: 'OPTIONS', headers: { ...headers, origin: 'https://evil.test' } })
    expect(bad.status).toBe(403)
    expect(bad.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('a page of another site cannot ask as an agent', async () => {
    const response = await server.fetch('/v1/agent/action/list_chats', { method: 'OPTIONS', headers: { origin: SHOP } })
    expect(response.status).toBe(404)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('customer tokens', () => {
  test('[LIN5] the same visitor key is the same customer, also asked for many times at once', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => token('crowd')))
    expect(new Set(tokens.map(({ customer_id }) => customer_id)).size).toBe(1)
    expect((await token('crowd')).customer_id).toBe(tokens[0]?.customer_id)
    expect((await token('another')).customer_id).not.toBe(tokens[0]?.customer_id)
  })

  test('[LIN5] a refresh token lasts, belongs to its client, and ends with DELETE', async () => {
    const { refresh_token, customer_id } = await token('refreshing')
    const refresh = (client = 'shop', headers: Record<string, string> = { origin: SHOP }) =>
      server.post(`/v1/customer/token?license=1&client_id=${client}`, { grant_type: 'refresh', refresh_token }, headers)
    const again = (await (await refresh()).json()) as TokenResponse
    expect(again).toMatchObject({ customer_id, refresh_token })
    expect(await errorOf(refresh('app', {}))).toMatchObject({ status: 401, type: 'authentication' })
    const body = JSON.stringify({ refresh_token })
    const ended = await server.fetch(TOKEN, { method: 'DELETE', headers: { origin: SHOP }, body })
    expect([ended.status, await ended.json()]).toEqual([200, {}])
    expect(await errorOf(refresh())).toMatchObject({ status: 401, type: 'authentication' })
    expect((await server.fetch(TOKEN, { method: 'DELETE', headers: { origin: SHOP }, body })).status).toBe(200)
  })

  test('the body is read whatever its type says', async () => {
    const body = JSON.stringify({ grant_type: 'anonymous', visitor_key: key('plain') })
    for (const type of ['text/plain', 'text/plain;charset=UTF-8', 'application/x-www-form-urlencoded', 'what/ever']) {
      expect((await server.post(TOKEN, body, { origin: SHOP, 'content-type': type })).status).toBe(200)
    }
  })

  test.each([
    ['no JSON', '{', undefined],
    ['nothing', '', 'grant_type'],
    ['an unknown grant', { grant_type: 'password' }, 'grant_type'],
    ['a short key', { grant_type: 'anonymous', visitor_key: 'short' }, 'visitor_key'],
    ['a field of the server', { grant_type: 'anonymous', visitor_key: key('x'), customer_id: 'me' }, 'customer_id'],
  ])('%s is refused by name', async (_, body, path) => {
    const error = await errorOf(server.post(TOKEN, body, { origin: SHOP }))
    expect(error).toMatchObject({ status: 400, type: 'validation' })
    expect(error.data?.['path']).toBe(path)
  })
})

describe('actions', () => {
  test('one table: what a socket can do HTTP can, and what makes sense on a socket only is refused', async () => {
    const ann = await token('ann')
    const started = await server.post(action('start_chat'), {}, as(ann))
    expect(started.status).toBe(200)
    const { chat } = (await started.json()) as { chat: { id: string } }
    const event = { type: 'message', text: 'hello' }
    const sent = (await (await server.post(action('send_event'), { chat_id: chat.id, event }, as(ann))).json()) as object
    expect(sent).toMatchObject({ chat_id: chat.id, seq: 2, event: { text: 'hello' } })
    for (const name of ['login', 'ping', 'update_session']) {
      expect(await errorOf(server.post(action(name), name === 'ping' ? {} : { token: 'x' }, as(ann)))).toMatchObject({ status: 404 })
    }
    for (const name of ['__proto__', 'constructor', 'nothing']) {
      expect(await errorOf(server.post(action(name), {}, as(ann)))).toMatchObject({ status: 404, type: 'unsupported_action' })
    }
  })

  test('[LIN2] without a good token nothing is done', async () => {
    const ann = await token('ann')
    for (const authorization of ['', 'Bearer', 'Bearer x', `Basic ${ann.access_token}`, `Bearer ${ann.access_token.slice(0, -2)}`]) {
      expect(await errorOf(server.post(action('list_chats'), {}, { origin: SHOP, authorization }))).toMatchObject({ status: 401 })
    }
    expect(await errorOf(server.post(action('list_chats', 'app'), {}, { authorization: `Bearer ${ann.access_token}` }))).toMatchObject({
      status: 401,
    })
  })

  test('[IDM5] a key carries a write out once, and another body under it is refused', async () => {
    const bob = await token('bob')
    const { chat } = (await (await server.post(action('start_chat'), {}, as(bob))).json()) as { chat: { id: string } }
    const send = (text: string, idempotency: string) =>
      server.post(action('send_event'), { chat_id: chat.id, event: { type: 'message', text } }, as(bob, { 'idempotency-key': idempotency }))
    const answers = await Promise.all(Array.from({ length: 5 }, async () => (await send('once', 'k1')).json()))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await errorOf(send('other', 'k1'))).toMatchObject({ status: 422, type: 'idempotency_mismatch' })
    expect(await errorOf(send('x', 'k\u00e9y'))).toMatchObject({ status: 400, data: { path: 'Idempotency-Key' } })
    expect(await errorOf(send('', 'k2'))).toMatchObject({ status: 400 })
    expect((await send('corrected', 'k2')).status).toBe(200)
    const { events } = (await (await server.post(action('list_events'), { chat_id: chat.id }, as(bob))).json()) as {
      events: { text: string }[]
    }
    expect(events.map(({ text }) => text)).toEqual(['once', 'corrected'])
  })

  test('[IDM5] what can be done only once is answered again under its key, and refused under another', async () => {
    const who = await token('closing')
    const { chat } = (await (await server.post(action('start_chat'), {}, as(who))).json()) as { chat: { id: string } }
    const close = (idempotency: string) =>
      server.post(action('deactivate_chat'), { id: chat.id }, as(who, { 'idempotency-key': idempotency }))
    const resume = (idempotency: string) =>
      server.post(action('resume_chat'), { chat: { id: chat.id } }, as(who, { 'idempotency-key': idempotency }))
    for (const [first, again, type] of [
      [() => close('c1'), () => close('c2'), 'chat_inactive'],
      [() => resume('r1'), () => resume('r2'), 'conflict'],
    ] as const) {
      const [one, two] = [await first(), await first()]
      expect([one.status, two.status]).toEqual([200, 200])
      const [made, repeated] = (await Promise.all([one.json(), two.json()])) as { entries: unknown[] }[]
      expect(repeated?.entries).toEqual(made?.entries)
      expect(await errorOf(again())).toMatchObject({ status: 409, type })
    }
    const other = server.post(action('deactivate_chat'), { id: 'other' }, as(who, { 'idempotency-key': 'c1' }))
    expect(await errorOf(other)).toMatchObject({ status: 422, type: 'idempotency_mismatch' })
  })

  test('[IDM5] a key of one customer says nothing about another', async () => {
    const [one, two] = [await token('key one'), await token('key two')]
    const start = (who: TokenResponse) => server.post(action('start_chat'), {}, as(who, { 'idempotency-key': 'same' }))
    const [a, b] = await Promise.all([one, two].map(async (who) => (await (await start(who)).json()) as { chat: { id: string } }))
    expect(a?.chat.id).not.toBe(b?.chat.id)
  })

  test('[CON3] 70 KB is refused, and so is what is nested without end', async () => {
    const ann = await token('ann')
    const long = JSON.stringify({ chat_id: 'x'.repeat(70 * 1024) })
    expect(await errorOf(server.post(action('get_chat'), long, as(ann)))).toMatchObject({ status: 413, type: 'entity_too_large' })
    const deep = `{"chat_id":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    expect(await errorOf(server.post(action('get_chat'), deep, as(ann)))).toMatchObject({ status: 400 })
  })
})

describe('agent sessions', () => {
  const signIn = (body: unknown, headers: Record<string, string> = { origin: server.origin }) =>
    server.post('/v1/agent/session', body, headers)
  const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''
  const list = (headers: Record<string, string>) => server.post('/v1/agent/action/list_chats', {}, headers)

  test('[LIN2] the cookie counts on our own pages only', async () => {
    const response = await signIn(server.agent)
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict$/)
    const cookie = cookieOf(response)
    expect((await list({ cookie, origin: server.origin })).status).toBe(200)
    for (const origin of [SHOP, 'null', server.origin.replace(/\d+$/, '1'), server.origin.replace('127.0.0.1', 'localhost')]) {
      expect(await errorOf(list({ cookie, origin }))).toMatchObject({ status: 403, type: 'origin_not_allowed' })
    }
    expect(await errorOf(list({ cookie }))).toMatchObject({ status: 403 })
    expect(await errorOf(list({ origin: server.origin }))).toMatchObject({ status: 401, type: 'authentication' })
    expect(await errorOf(list({ origin: server.origin, cookie: 'porchlight=guess' }))).toMatchObject({ status: 401 })
  })

  test('another site can sign nobody in', async () => {
    expect(await errorOf(signIn(server.agent, { origin: 'https://evil.test' }))).toMatchObject({ status: 403 })
  })

  test('a wrong password and an unknown e-mail look alike', async () => {
    const wrong = await errorOf(signIn({ ...server.agent, password: 'wrong' }))
    const unknown = await errorOf(signIn({ email: 'nobody@shop.test', password: 'wrong' }))
    expect(wrong).toEqual(unknown)
    expect(wrong).toMatchObject({ status: 401, type: 'authentication' })
  })

  test('failed attempts are counted per account, also when made at once, and time mends it', async () => {
    const strict = await startServer({ clock })
    const guess = (email: string, password: string) => strict.post('/v1/agent/session', { email, password })
    const all = await Promise.all(Array.from({ length: RATES.sign_in.burst + 5 }, () => guess(strict.agent.email, 'wrong')))
    expect(all.filter(({ status }) => status === 429)).toHaveLength(5)
    expect(all.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('10')
    expect(await errorOf(guess(strict.agent.email, strict.agent.password))).toMatchObject({ status: 429, type: 'too_many_requests' })
    expect((await guess('other@shop.test', 'wrong')).status).toBe(401)
    await clock.advance(10_000)
    expect((await guess(strict.agent.email, strict.agent.password)).status).toBe(200)
    await strict.stop()
  })

  test('a sign-in link works once, however many try at once', async () => {
    const { sign_in_token } = (await server.administer('agent link', { email: server.agent.email })) as { sign_in_token: string }
    const all = await Promise.all(Array.from({ length: 20 }, () => signIn({ sign_in_token })))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await errorOf(signIn({ sign_in_token }))).toMatchObject({ status: 401 })
  })

  test('a sign-in link is too old after an hour', async () => {
    const { sign_in_token } = (await server.administer('agent link', { email: server.agent.email })) as { sign_in_token: string }
    await clock.advance(60 * 60 * 1000)
    expect(await errorOf(signIn({ sign_in_token }))).toMatchObject({ status: 401 })
  })

  test('signing out ends the session, a new password ends all', async () => {
    const [one, two] = [cookieOf(await signIn(server.agent)), cookieOf(await signIn(server.agent))]
    const out = await server.fetch('/v1/agent/session', { method: 'DELETE', headers: { cookie: one, origin: server.origin } })
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await list({ cookie: one, origin: server.origin })).status).toBe(401)
    expect((await list({ cookie: two, origin: server.origin })).status).toBe(200)
    await clock.advance(1)
    await server.administer('agent password', server.agent)
    expect((await list({ cookie: two, origin: server.origin })).status).toBe(401)
    expect((await signIn(server.agent)).status).toBe(200)
  })
})

describe('the rest', () => {
  test('what is not there is said so, in the words of the table', async () => {
    for (const path of ['/nothing', '/v1/nothing', '/../package.json', '/%2e%2e/package.json', '/inbox/../../package.json']) {
      const response = await server.fetch(path)
      expect(await errorOf(response)).toMatchObject({ status: 404, type: 'not_found' })
    }
    expect((await server.fetch('/v1/customer/token?license=1&client_id=shop')).status).toBe(404)
  })

  test('every answer says what it is and nothing more', async () => {
    const { headers } = await server.fetch('/healthz')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-request-id')).toMatch(/^[\da-f]{32}$/)
    expect(headers.get('server')).toBeNull()
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('operators learn that it lives, takes work, and what it counts', async () => {
    expect(await (await server.fetch('/healthz')).json()).toEqual({ alive: true })
    expect(await (await server.fetch('/readyz')).json()).toEqual({ ready: true })
    const text = await (await server.fetch('/metrics')).text()
    for (const name of [
      'porchlight_sockets{side="customer"} ',
      'porchlight_refusals_total{type="validation"} ',
      'porchlight_commit_seconds_count ',
      'porchlight_store_waiting ',
      'porchlight_event_loop_lag_seconds{quantile="0.99"} ',
      'process_resident_memory_bytes ',
    ]) {
      expect(text).toContain(`\n${name}`)
    }
  })
})

/** How agents sign in and out, and who cannot. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RATES } from '../../protocol/limits.ts'
import { createClock } from '../../testing/clock.ts'
import { errorOf, type RunningServer, SHOP, startServer } from '../../testing/server.ts'

let server: RunningServer
const clock = createClock()
beforeAll(async () => {
  server = await startServer({ clock, rateFactor: 10 })
})
afterAll(() => server.stop())

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

test('failed attempts are counted per address too, whatever the accounts', async () => {
  const strict = await startServer({ clock })
  const { burst } = RATES.sign_in_any
  const guesses = Array.from({ length: burst + 1 }, (_, at) => errorOf(strict.post('/v1/agent/session', { sign_in_token: `guess ${at}` })))
  expect((await Promise.all(guesses)).filter(({ status }) => status === 429)).toHaveLength(1)
  expect(await errorOf(strict.post('/v1/agent/session', strict.agent))).toMatchObject({ status: 429, type: 'too_many_requests' })
  await clock.advance(3000)
  expect((await strict.post('/v1/agent/session', strict.agent)).status).toBe(200)
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

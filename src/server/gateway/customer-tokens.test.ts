/** How a device gets its tokens, keeps them and forgets them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TokenResponse } from '../../protocol/tokens.ts'
import { errorOf, type RunningServer, SHOP, startServer, TOKEN_PATH, visitorKey } from '../../testing/server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ rateFactor: 10 })
})
afterAll(() => server.stop())

test('[LIN5] the same visitor key is the same customer, also asked for many times at once', async () => {
  const tokens = await Promise.all(Array.from({ length: 20 }, () => server.token('crowd')))
  expect(new Set(tokens.map(({ customer_id }) => customer_id)).size).toBe(1)
  expect((await server.token('crowd')).customer_id).toBe(tokens[0]?.customer_id)
  expect((await server.token('another')).customer_id).not.toBe(tokens[0]?.customer_id)
})

test('[LIN5] a refresh token lasts, belongs to its client, and ends with DELETE', async () => {
  const { refresh_token, customer_id } = await server.token('refreshing')
  const refresh = (client = 'shop', headers: Record<string, string> = { origin: SHOP }) =>
    server.post(`/v1/customer/token?license=1&client_id=${client}`, { grant_type: 'refresh', refresh_token }, headers)
  const again = (await (await refresh()).json()) as TokenResponse
  expect(again).toMatchObject({ customer_id, refresh_token })
  expect(await errorOf(refresh('app', {}))).toMatchObject({ status: 401, type: 'authentication' })
  const body = JSON.stringify({ refresh_token })
  const ended = await server.fetch(TOKEN_PATH, { method: 'DELETE', headers: { origin: SHOP }, body })
  expect([ended.status, await ended.json()]).toEqual([200, {}])
  expect(await errorOf(refresh())).toMatchObject({ status: 401, type: 'authentication' })
  expect((await server.fetch(TOKEN_PATH, { method: 'DELETE', headers: { origin: SHOP }, body })).status).toBe(200)
})

test('the body is read whatever its type says', async () => {
  const body = JSON.stringify({ grant_type: 'anonymous', visitor_key: visitorKey('plain') })
  for (const type of ['text/plain', 'text/plain;charset=UTF-8', 'application/x-www-form-urlencoded', 'what/ever']) {
    expect((await server.post(TOKEN_PATH, body, { origin: SHOP, 'content-type': type })).status).toBe(200)
  }
})

test.each([
  ['no JSON', '{', undefined],
  ['nothing', '', 'grant_type'],
  ['an unknown grant', { grant_type: 'password' }, 'grant_type'],
  ['a short key', { grant_type: 'anonymous', visitor_key: 'short' }, 'visitor_key'],
  ['a field of the server', { grant_type: 'anonymous', visitor_key: visitorKey('x'), customer_id: 'me' }, 'customer_id'],
])('%s is refused by name', async (_, body, path) => {
  const error = await errorOf(server.post(TOKEN_PATH, body, { origin: SHOP }))
  expect(error).toMatchObject({ status: 400, type: 'validation' })
  expect(error.data?.['path']).toBe(path)
})

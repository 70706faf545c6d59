/** Whom the page in an app's web view gets tokens for (LIN9), and all the ways of asking for somebody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customerAction, errorOf, type RunningServer, SHOP, startServer, visitorKey } from '../../testing/server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ rateFactor: 10 })
  await server.administer('client create', {
    id: 'pocket',
    kind: 'native',
    'redirect-uri': ['lantern://chat', 'https://shop.test/app?from=1'],
  })
  await server.administer('client create', { id: 'page', origin: [SHOP], 'redirect-uri': ['lantern://chat'] })
})
afterAll(() => server.stop())

const BODY = { grant_type: 'anonymous', visitor_key: visitorKey('redirects') }

function ask(redirect: string, { client = 'pocket', origin = server.origin as string | null, license = '1' } = {}) {
  const headers = origin === null ? {} : { origin }
  return server.post(`/v1/customer/token?license=${license}&client_id=${client}${redirect}`, BODY, headers)
}
const said = (uri: string) => `&redirect_uri=${encodeURIComponent(uri)}`

describe('[LIN9] tokens for the page in an app’s web view', () => {
  test.each(['lantern://chat', 'https://shop.test/app?from=1'])('are given for %s, which is registered', async (uri) => {
    const response = await ask(said(uri))
    expect(response.status).toBe(200)
    expect(response.headers.get('location')).toBeNull()
  })

  test.each([
    ['none', ''],
    ['an empty one', said('')],
    ['a longer path', said('lantern://chat/more')],
    ['a shorter path', said('lantern://cha')],
    ['a slash at the end', said('lantern://chat/')],
    ['other capitals', said('LANTERN://chat')],
    ['another query', said('https://shop.test/app?from=2')],
    ['no query', said('https://shop.test/app')],
    ['a fragment', said('lantern://chat#evil')],
    ['a name before it', said('https://user@shop.test/app?from=1')],
    ['the right one as somebody’s query', said('https://evil.test/?lantern://chat')],
    ['dots that lead there', said('https://shop.test/x/../app?from=1')],
    ['the same in other letters', '&redirect_uri=lantern%253A%252F%252Fchat'],
    ['a space around it', said(' lantern://chat')],
    ['another’s before the right one', `${said('https://evil.test')}${said('lantern://chat')}`],
    ['a program', said('javascript:alert(1)')],
    ['the name of every object’s method', said('includes')],
  ])('are refused for %s', async (_, redirect) => {
    const response = await ask(redirect)
    expect(response.headers.get('location')).toBeNull()
    expect(await errorOf(response)).toMatchObject({ status: 403, type: 'origin_not_allowed', data: { path: 'redirect_uri' } })
  })

  test('are refused to pages of any other origin, whatever they say', async () => {
    for (const origin of [
      'https://evil.test',
      'null',
      SHOP,
      `${server.origin}.evil.test`,
      server.origin.replace('http:', 'https:').replace(/\d+$/, '1'),
    ]) {
      expect(await errorOf(ask(said('lantern://chat'), { origin })), origin).toMatchObject({ status: 403, type: 'origin_not_allowed' })
    }
  })

  test('are refused for a client that is no app, whatever is registered', async () => {
    expect(await errorOf(ask(said('lantern://chat'), { client: 'page' }))).toMatchObject({ status: 403, type: 'origin_not_allowed' })
    expect(await errorOf(ask(said('lantern://chat'), { client: 'app' }))).toMatchObject({ status: 403, type: 'origin_not_allowed' })
    expect(await errorOf(ask(said('lantern://chat'), { license: '2' }))).toMatchObject({ status: 404, type: 'license_not_found' })
  })

  test('need no address from the app itself, which has no origin', async () => {
    expect((await ask('', { origin: null })).status).toBe(200)
  })
})

describe('[LIN9] what an app asks with its token', () => {
  test('may come with the server’s own origin, which is what its sockets say', async () => {
    const { access_token } = (await (await ask('', { origin: null })).json()) as { access_token: string }
    const list = (origin: string) =>
      server.post(customerAction('list_chats', 'pocket'), {}, { authorization: `Bearer ${access_token}`, origin })
    expect((await list(server.origin)).status).toBe(200)
    expect(await errorOf(list('https://evil.test'))).toMatchObject({ status: 403, type: 'origin_not_allowed' })
  })
})

/** Every address beside those of the actions: who may read or use it, and what whoever may not is told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScene } from '../../testing/gateway.ts'
import { SHOP } from '../../testing/server.ts'
import { chatPageRoutes } from './chat-page.ts'
import { programRoutes } from './http.ts'
import { openWorld, type Principal, type Things, type World } from './tenants-world.contract.ts'

let world: World
let routes: string[]
beforeAll(async () => {
  world = await openWorld()
  const scene = await openScene()
  routes = [...programRoutes(scene.gateway, null), ...chatPageRoutes(scene.store)].map(({ method, path }) => `${method} ${path}`)
  await scene.close()
})
afterAll(() => world.close())

const principal = (name: string): Principal => world.principals[name] as Principal
const CLIENT = 'license=1&client_id=shop'

interface Try {
  /** What is shown or named. */
  readonly of: string
  readonly path: string
  readonly init?: RequestInit
  readonly status: number
}

type Tries = () => Promise<readonly Try[]>

const json = (body: unknown, headers: Record<string, string> = { origin: SHOP }): RequestInit => ({
  ...{ method: 'POST', headers, body: JSON.stringify(body) },
})
/** The same for everybody, whoever they are. */
const forAll =
  (path: string, status = 200, method = 'GET'): Tries =>
  async () =>
    Object.entries(world.principals).map(([of, { headers }]) => ({ of, path, init: { method, headers }, status }))
/** Proved by the rows of the actions. */
const actions: Tries = async () => []

const backendAct = async <T>(action: string, body: unknown, who = principal('backend')): Promise<T> => {
  const response = await world.http(`/v1/server/action/${action}`, who, { method: 'POST', body: JSON.stringify(body) })
  return (await response.json()) as T
}
const fileAt = async (things: Things) => {
  const { file } = await backendAct<{ file: { url: string } }>('get_file', { file_id: await things.file() })
  return new URL(file.url).pathname + new URL(file.url).search
}
const unreadToken = async (who: Principal) => {
  const socket = await world.open('customer', who)
  const { payload } = await socket.ask('login', { token: who.tokens?.access_token })
  socket.close()
  return (payload as { unread_token: string }).unread_token
}

const grant = (refresh_token: string | undefined, of: string, status: number, query = CLIENT): Try => ({
  ...{ of, path: `/v1/customer/token?${query}`, init: json({ grant_type: 'refresh', refresh_token }), status },
})

/** How a cookie or its absence fares at the agents' sessions, from a page of this server and from another. */
const session = (method: string, statuses: Readonly<Record<string, number>>): Tries => {
  const path = '/v1/agent/session'
  return async () =>
    Object.entries(statuses).map(([of, status]) => ({ of, path, init: { method, headers: principal(of).headers }, status }))
}

const ADDRESSES: Readonly<Record<string, Tries>> = {
  'POST /v1/customer/action/:name': actions,
  'POST /v1/agent/action/:name': actions,
  'POST /v1/server/action/:name': actions,
  'POST /v1/customer/action/upload_file': actions,
  'POST /v1/agent/action/upload_file': actions,
  'POST /v1/server/action/upload_file': actions,

  'POST /v1/customer/token': async () => [
    grant(principal('customer').tokens?.refresh_token, 'own', 200),
    grant(principal('foreigner').tokens?.refresh_token, 'another’s', 401),
    grant('none', 'missing', 401),
    grant(principal('revoked customer').tokens?.refresh_token, 'deleted', 401),
    grant(principal('customer').tokens?.access_token, 'an access token', 401),
    grant('none', 'no such client', 404, 'license=1&client_id=none'),
    grant('none', 'no such license', 404, 'license=9&client_id=shop'),
    { of: 'a page of another site', path: `/v1/customer/token?${CLIENT}`, init: json({}, { origin: 'https://evil.test' }), status: 403 },
  ],
  /** Forgets what it may, and says the same of what it may not. */
  'DELETE /v1/customer/token': async () =>
    ['foreigner', 'nobody'].map((of) => {
      const init = { ...json({ refresh_token: principal(of).tokens?.refresh_token ?? 'none' }), method: 'DELETE' }
      return { of, path: `/v1/customer/token?${CLIENT}`, init, status: 200 }
    }),
  'POST /v1/customer/unread': async () => {
    const ask = (of: string, token: string, status: number): Try => ({
      of,
      path: `/v1/customer/unread?${CLIENT}`,
      init: json({ token }),
      status,
    })
    return [
      ask('own', await unreadToken(principal('customer')), 200),
      ask('another’s', await unreadToken(principal('foreigner')), 401),
      ask('missing', 'none', 401),
      ask('an access token', principal('customer').tokens?.access_token ?? '', 401),
    ]
  },
  'OPTIONS /v1/customer/action/:name': forAll('/v1/customer/action/get_chat', 204, 'OPTIONS'),
  'OPTIONS /v1/customer/token': forAll('/v1/customer/token', 204, 'OPTIONS'),
  'OPTIONS /v1/customer/unread': forAll('/v1/customer/unread', 204, 'OPTIONS'),
  'OPTIONS /uploads/:name': forAll('/uploads/nowhere', 204, 'OPTIONS'),

  'GET /v1/agent/session': session('GET', { agent: 200, nobody: 200, customer: 403, 'signed-out agent': 200, backend: 200 }),
  'POST /v1/agent/session': async () => {
    const signIn = (of: string, body: object, status: number): Try => ({ of, path: '/v1/agent/session', init: json(body, {}), status })
    const account = { email: 'robin-1@shop.test', password: 'correct horse' }
    return [
      signIn('own', account, 200),
      signIn('another’s', { ...account, password: 'wrong' }, 401),
      signIn('missing', { ...account, email: 'nobody@shop.test' }, 401),
      { of: 'a page of another site', path: '/v1/agent/session', init: json(account), status: 403 },
    ]
  },
  'DELETE /v1/agent/session': session('DELETE', { nobody: 403, customer: 403, backend: 403, 'signed-out agent': 200 }),

  'PUT /uploads/:name': async () => {
    const created = async () => new URL((await backendAct<{ upload_url: string }>('create_upload', { name: 'a.txt' })).upload_url)
    const [mine, other] = [await created(), await created()]
    const put = (of: string, path: string, status: number): Try => ({ of, path, init: { method: 'PUT', body: 'a file' }, status })
    return [
      put('own', mine.pathname + mine.search, 200),
      put('another’s', other.pathname + mine.search, 404),
      put('missing', '/uploads/none?token=none', 404),
      put('no token', other.pathname, 404),
    ]
  },
  'GET /files/*': async () => {
    const [mine, other] = [world.own(principal('customer'), 'customer'), world.own(principal('other customer'), 'customer')]
    const [address, others] = [await fileAt(mine), await fileAt(other)]
    const gone = world.own(principal('backend'), 'backend')
    const former = await fileAt(gone)
    await backendAct('delete_file', { file_id: await gone.file() })
    return [
      { of: 'own', path: address, status: 200 },
      { of: 'another’s', path: others.replace(/sig=.*/, address.replace(/.*(?=sig=)/, '')), status: 404 },
      { of: 'missing', path: '/files/none/a.txt?exp=9999999999&sig=none', status: 404 },
      { of: 'deleted', path: former, status: 404 },
      { of: 'unsigned', path: others.replace(/\?.*/, ''), status: 404 },
      { of: 'prolonged', path: address.replace(/exp=\d+/, 'exp=9999999999'), status: 404 },
    ]
  },

  'GET /healthz': forAll('/healthz'),
  'GET /readyz': forAll('/readyz'),
  'GET /metrics': forAll('/metrics'),
  'GET /openapi.json': forAll('/openapi.json'),
  'GET /docs/api': forAll('/docs/api'),
  'GET /docs/api.css': forAll('/docs/api.css'),
  'GET /chat/:name': forAll('/chat/1'),
  'GET /chat/page.css': forAll('/chat/page.css'),
}

/** These are not to be told from each other. */
const ALIKE = ['another’s', 'missing', 'deleted']

describe('[MEM6] an address', () => {
  test('has a row here, every one that the server has', () => {
    expect(routes.filter((route) => !(route in ADDRESSES))).toEqual([])
    expect(Object.keys(ADDRESSES).filter((row) => !routes.includes(row))).toEqual([])
  })

  test.each(Object.keys(ADDRESSES))('%s is for those whom it is meant for', async (address) => {
    const told = new Set<string>()
    for (const { of, path, init, status } of (await ADDRESSES[address]?.()) ?? []) {
      const response = await world.server.fetch(path, init)
      expect([of, response.status]).toEqual([of, status])
      if (ALIKE.includes(of)) told.add(await response.text())
    }
    expect(told.size).toBeLessThanOrEqual(1)
  })
})

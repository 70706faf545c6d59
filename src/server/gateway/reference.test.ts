/** The document of the API beside the server that it is about. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AGENT_ACTIONS, CUSTOMER_ACTIONS, SERVER_ACTIONS } from '../../protocol/actions.ts'
import type { JsonSchema, OpenApi } from '../../protocol/openapi/form.ts'
import { SCOPES } from '../../protocol/scopes.ts'
import { firstProblem } from '../../protocol/validate.ts'
import { openScene } from '../../testing/gateway.ts'
import { customerAction, errorOf, type RunningServer, SHOP, startServer } from '../../testing/server.ts'
import { programRoutes } from './http.ts'

let server: RunningServer
let api: OpenApi
beforeAll(async () => {
  server = await startServer({ rateFactor: 10 })
  api = (await (await server.fetch('/openapi.json')).json()) as OpenApi
})
afterAll(() => server.stop())

const documented = () =>
  Object.entries(api.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))

/** The tables by the route that serves them. */
const TABLES: Readonly<Record<string, object>> = {
  '/v1/customer/action/:name': CUSTOMER_ACTIONS,
  '/v1/agent/action/:name': AGENT_ACTIONS,
  '/v1/server/action/:name': SERVER_ACTIONS,
}
const overHttp = (table: object) => Object.entries(table).flatMap(([name, spec]) => (spec.only === 'socket' ? [] : [name]))

/** What routes leave open, and the document names. */
const PATTERNS: Readonly<Record<string, string>> = { '/files/*': '/files/{id}/{name}', '/uploads/:name': '/uploads/{id}' }

/** What people look at, and what asks before the browser does. */
const NO_PROGRAM = /^(OPTIONS |GET \/docs\/)/

describe('[DOC1] the document', () => {
  test('has every address that the server has for programs, and no other', async () => {
    const scene = await openScene()
    const served = programRoutes(scene.gateway, null).flatMap(({ method, path }) => {
      const expanded = [PATTERNS[path] ?? path]
      const names = TABLES[path] ? overHttp(TABLES[path]).map((name) => path.replace(':name', name)) : expanded
      return names.map((name) => `${method} ${name}`)
    })
    await scene.close()
    expect(documented().sort()).toEqual([...new Set(served)].filter((one) => !NO_PROGRAM.test(one)).sort())
  })

  test('tells of addresses that are there', async () => {
    for (const one of documented()) {
      const [method = '', path = ''] = one.split(' ')
      const response = await server.fetch(path, { method })
      const refusal = response.ok ? null : await errorOf(response)
      expect(refusal?.message ?? '', one).not.toContain('there is nothing here')
      expect(refusal?.type, one).not.toBe('unsupported_action')
    }
  })

  test('is read by pages of any origin, packed or not, and sent once', async () => {
    const plain = await server.fetch('/openapi.json', { headers: { origin: 'https://tools.test', 'accept-encoding': 'identity' } })
    const head = (name: string) => plain.headers.get(name)
    expect([head('content-type'), head('access-control-allow-origin'), head('cache-control')]).toEqual([
      'application/json; charset=utf-8',
      '*',
      'no-cache',
    ])
    expect(await plain.json()).toEqual(api)
    const again = await server.fetch('/openapi.json', { headers: { 'if-none-match': head('etag') ?? '' } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await server.fetch('/openapi.json', { headers: { 'accept-encoding': 'br' } })).headers.get('content-encoding')).toBe('br')
  })
})

/** Without references, and with no field but those that are named: what the document leaves out is found too. */
function strict(schema: JsonSchema): JsonSchema {
  if (schema.$ref) return strict(api.components.schemas[schema.$ref.slice('#/components/schemas/'.length)] as JsonSchema)
  const { properties, items, anyOf, additionalProperties: values } = schema
  return {
    ...schema,
    ...(properties && {
      additionalProperties: false,
      properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, strict(one)])),
    }),
    ...(typeof values === 'object' && { additionalProperties: strict(values) }),
    ...(items && { items: strict(items) }),
    ...(anyOf && { anyOf: anyOf.map(strict) }),
  }
}

describe('[DOC1] answers', () => {
  const problem = (path: string, status: string, answer: unknown, method: 'get' | 'post' = 'post') => {
    const response = api.paths[path]?.[method]?.responses[status]
    const named = response && '$ref' in response ? api.components.responses[response.$ref.split('/').at(-1) ?? ''] : response
    return firstProblem(strict(named?.content?.['application/json']?.schema as JsonSchema) as never, answer)
  }

  test('are as the document says, field by field', async () => {
    const ann = await server.token('ann')
    expect(problem('/v1/customer/token', '200', ann)).toBeNull()
    const headers = { origin: SHOP, authorization: `Bearer ${ann.access_token}` }
    const ask = async (action: string, body: object, status = 200) => {
      const response = await server.post(customerAction(action), body, headers)
      const answer = (await response.json()) as never
      expect([response.status, problem(`/v1/customer/action/${action}`, String(status), answer)], action).toEqual([status, null])
      return answer
    }
    const first = { type: 'message', text: 'hello', properties: { shop: { order: 1 } } }
    const { chat } = (await ask('start_chat', { chat: { thread: { events: [first] } } })) as { chat: { id: string } }
    const chat_id = chat.id
    await ask('send_event', { chat_id, event: { type: 'custom', content: { deep: [1] }, custom_id: 'mine' } })
    const file = (await (await server.upload(ann, new File(['bytes'], 'note.bin'))).json()) as { file_id: string }
    expect(problem('/v1/customer/action/upload_file', '200', file)).toBeNull()
    await ask('send_event', { chat_id, event: { type: 'file', file_id: file.file_id } })
    await ask('update_chat_properties', { id: chat_id, properties: { shop: { order: 1042 } } })
    await ask('rate_chat', { chat_id, rating: { value: 'good', comment: 'quick' } })
    await ask('update_customer', { name: 'Ann', session_fields: [{ plan: 'business' }] })
    await ask('mark_events_as_seen', { chat_id })
    for (const action of ['list_chats', 'get_customer', 'list_online_agents', 'get_unread_count']) await ask(action, {})
    for (const action of ['get_chat', 'list_threads', 'list_events']) await ask(action, { chat_id })
    await ask('sync', { chat_id, after: 0 })
    await ask('sync_user', { after: 0 })
    await ask('deactivate_chat', { id: chat_id })
    await ask('get_chat', { chat_id: 'none' }, 404)
    await ask('get_chat', {}, 400)
  })

  test('to back ends are too', async () => {
    const { secret } = (await server.administer('key create', { scope: [...SCOPES] })) as { secret: string }
    const ask = async (action: string, body: object) => {
      const response = await server.post(`/v1/server/action/${action}`, body, { authorization: `Bearer ${secret}` })
      const answer = (await response.json()) as never
      expect([response.status, problem(`/v1/server/action/${action}`, '200', answer)], action).toEqual([200, null])
      return answer
    }
    const user = { user_id: 'user-42' }
    await ask('create_user', { external_id: user.user_id, display_name: 'Ann', custom: { plan: 'business' } })
    const { token } = (await ask('create_token', user)) as { token: string }
    await ask('verify_token', { token })
    const { chat } = (await ask('create_chat', { kind: 'support', users: [user.user_id] })) as { chat: { id: string } }
    const chat_id = chat.id
    const { event } = (await ask('send_event', { ...user, chat_id, event: { type: 'message', text: 'hello' } })) as {
      event: { id: string }
    }
    await ask('edit_event', { chat_id, event_id: event.id, text: 'good evening' })
    await ask('delete_event', { chat_id, event_id: event.id })
    for (const [action, body] of [
      ['list_users', {}],
      ['list_chats', user],
      ['list_events', { chat_id, page: 1 }],
    ] as const)
      await ask(action, body)
    await ask('create_upload', { name: 'lantern.jpg' })
    await ask('update_chat', { chat_id, status: 'resolved' })
    await ask('revoke_tokens', user)
  })

  test('of what is no action are as well', async () => {
    for (const path of ['/healthz', '/readyz', '/v1/agent/session']) {
      expect(problem(path, '200', await (await server.fetch(path)).json(), 'get'), path).toBeNull()
    }
    const signedIn = await server.post('/v1/agent/session', server.agent)
    expect(problem('/v1/agent/session', '200', await signedIn.json())).toBeNull()
  })

  test('that are otherwise are found', () => {
    expect(problem('/v1/customer/action/get_unread_count', '200', { unread: 1 })).toBeNull()
    expect(problem('/v1/customer/action/get_unread_count', '200', { unread: '1' })).toMatchObject({ path: 'unread' })
    expect(problem('/v1/customer/action/get_unread_count', '200', { unread: 1, more: 1 })).toMatchObject({ path: 'more' })
  })
})

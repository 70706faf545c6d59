/** The SDK and the document of the API cannot drift apart: every action has a member, every member an action, and what is typed here is what the wire says. */
import { describe, expect, expectTypeOf, it } from 'vitest'
import { SERVER_ACTIONS, type ServerAction, type ServerRequestOf, type ServerResponseOf } from '../protocol/actions.ts'
import type { Scope as WireScope } from '../protocol/scopes.ts'
import { startServer } from '../testing/server.ts'
import type * as chat from './chat-types.ts'
import { Porchlight } from './index.ts'
import type * as sdk from './types.ts'
import type * as webhook from './webhook-types.ts'

const GROUPS = ['auth', 'users', 'chats', 'events', 'files', 'webhooks'] as const
/** What asks for nothing, and is tested elsewhere. */
const LOCAL = ['auth.setToken', 'webhooks.verify']
/** Of members that do not begin with an id. */
const FIRST_ARGUMENT: Record<string, unknown> = {
  'auth.createToken': { user_id: 'x' },
  'auth.refreshToken': { token: 'x' },
  'chats.create': {},
  'chats.list': {},
  'users.list': {},
  'webhooks.list': {},
  'webhooks.register': { url: 'https://x.test' },
  'users.create': { external_id: 'x' },
  'files.upload': new Uint8Array(1),
  'files.createUpload': { name: 'x' },
}

type Member = (first: unknown, second: unknown) => Promise<unknown>

/** Every member of every group with the actions that it asks for, and whether with an idempotency key. */
async function operations(): Promise<Map<string, { action: string; keyed: boolean }[]>> {
  const asked: { action: string; keyed: boolean }[] = []
  const recording: typeof fetch = async (url, init) => {
    asked.push({ action: String(url).split('/').at(-1) ?? '', keyed: new Headers(init?.headers).has('idempotency-key') })
    return Response.json({
      data: [],
      has_more: false,
      user: { id: 'x', type: 'customer' },
      chat: {},
      event: {},
      file: {},
      webhook: {},
      secret: 'x',
      webhook_delivery: {},
    })
  }
  const porchlight = new Porchlight({ apiKey: 'plk_x', baseUrl: 'http://chat.test', fetch: recording })
  const found = new Map<string, { action: string; keyed: boolean }[]>()
  for (const group of GROUPS) {
    const members = (porchlight as unknown as Record<string, object | undefined>)[group]
    if (!members) continue
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(members))) {
      const full = `${group}.${name}`
      if (name === 'constructor' || LOCAL.includes(full)) continue
      asked.length = 0
      const member = Reflect.get(members, name) as Member
      const second = full === 'events.send' ? { type: 'text', text: 'x' } : { user_id: 'x', name: 'x' }
      await member.call(members, FIRST_ARGUMENT[full] ?? 'x', second)
      found.set(full, [...asked])
    }
  }
  return found
}

describe('operations', () => {
  it('ask for every action there is, and for no other', async () => {
    const asked = [...(await operations()).values()].flat().map(({ action }) => action)
    expect([...new Set(asked)].sort()).toEqual(Object.keys(SERVER_ACTIONS).sort())
  })

  it('carry an idempotency key where the action takes one', async () => {
    for (const [name, asked] of await operations()) {
      for (const { action, keyed } of asked) {
        const { write = false } = SERVER_ACTIONS[action as ServerAction] as { write?: boolean }
        expect({ name, keyed }).toEqual({ name, keyed: write })
      }
    }
  })

  it('are those of the document that the server serves', async () => {
    const server = await startServer()
    try {
      const { paths } = (await (await server.fetch('/openapi.json')).json()) as { paths: Record<string, unknown> }
      const documented = Object.keys(paths).flatMap((path) => /^\/v1\/server\/action\/(\w+)$/.exec(path)?.[1] ?? [])
      expect(documented.sort()).toEqual(Object.keys(SERVER_ACTIONS).sort())
    } finally {
      await server.stop()
    }
  })

  it('have types that are those of the wire', () => {
    type Answer<A extends ServerAction> = ServerResponseOf<A>
    type Sent<T extends chat.SendEventParams['type']> = Omit<Extract<chat.SendEventParams, { type: T }>, 'type' | 'user_id'>
    expectTypeOf<Answer<'get_user'>['user']>().toExtend<sdk.User>()
    expectTypeOf<Answer<'get_chat'>['chat']>().toExtend<chat.Chat>()
    expectTypeOf<Answer<'get_event'>['event']>().toExtend<chat.Event>()
    expectTypeOf<Answer<'get_file'>['file']>().toExtend<sdk.StoredFile>()
    expectTypeOf<Answer<'create_upload'>>().toExtend<sdk.PendingUpload>()
    expectTypeOf<Answer<'create_token'>>().toExtend<sdk.Token>()
    expectTypeOf<Answer<'verify_token'>>().toExtend<sdk.VerifiedToken>()
    expectTypeOf<Answer<'delete_user'>>().toExtend<sdk.Erased>()
    expectTypeOf<Answer<'send_event'>>().toExtend<chat.SentEvent>()
    expectTypeOf<sdk.CreateUserParams>().toExtend<ServerRequestOf<'create_user'>>()
    expectTypeOf<sdk.UpdateUserParams & { user_id: string }>().toExtend<ServerRequestOf<'update_user'>>()
    expectTypeOf<chat.CreateChatParams>().toExtend<ServerRequestOf<'create_chat'>>()
    expectTypeOf<chat.UpdateChatParams & { chat_id: string }>().toExtend<ServerRequestOf<'update_chat'>>()
    expectTypeOf<chat.AddUsersParams & { chat_id: string }>().toExtend<ServerRequestOf<'add_users_to_chat'>>()
    expectTypeOf<Sent<'text'> & { type: 'message' }>().toExtend<ServerRequestOf<'send_event'>['event']>()
    expectTypeOf<Sent<'image' | 'file'> & { type: 'file' }>().toExtend<ServerRequestOf<'send_event'>['event']>()
    expectTypeOf<Sent<'custom'> & { type: 'custom' }>().toExtend<ServerRequestOf<'send_event'>['event']>()
    expectTypeOf<Sent<'system'> & { type: 'system_message' }>().toExtend<ServerRequestOf<'send_event'>['event']>()
    expectTypeOf<{ type: 'text' }>().not.toExtend<chat.SendEventParams>()
    expectTypeOf<sdk.CreateTokenParams>().toExtend<ServerRequestOf<'create_token'>>()
    expectTypeOf<chat.EditEventParams & { chat_id: string; event_id: string }>().toExtend<ServerRequestOf<'edit_event'>>()
    expectTypeOf<Answer<'register_webhook'>>().toExtend<webhook.RegisteredWebhook>()
    expectTypeOf<Answer<'replay_webhook_delivery'>['webhook_delivery']>().toExtend<webhook.WebhookDelivery>()
    expectTypeOf<sdk.Scope>().toEqualTypeOf<WireScope>()
  })
})

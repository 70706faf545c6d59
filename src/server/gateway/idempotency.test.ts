/** Every write of a back end under one key: done once however many ask, and answered alike, also where the first did nothing. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SERVER_ACTIONS, type ServerAction } from '../../protocol/actions.ts'
import { customerAction, type RunningServer, SHOP, startServer } from '../../testing/server.ts'

let server: RunningServer
let key: { id: string; secret: string }
/** Takes whatever a webhook tells. */
const sink = createServer((_, response) => void response.writeHead(204).end())
beforeAll(async () => {
  server = await startServer({ rateFactor: 10_000, webhookAllow: '127.0.0.0/8' })
  key = await server.apiKey()
  await once(sink.listen(0, '127.0.0.1'), 'listening')
})
afterAll(async () => {
  await server.stop()
  sink.closeAllConnections()
  sink.close()
})

const act = (action: string, body: unknown, idempotencyKey?: string) =>
  server.post(`/v1/server/action/${action}`, body, {
    authorization: `Bearer ${key.secret}`,
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  })
const answer = async <T>(action: ServerAction, body: unknown): Promise<T> => {
  const response = await act(action, body)
  expect(response.status, await response.clone().text()).toBe(200)
  return (await response.json()) as T
}

let made = 0
const person = async () => (await answer<{ user: { id: string } }>('create_user', { external_id: `user-${++made}` })).user.id
const chat = async (users = [`user-${++made}`, `user-${++made}`]) =>
  (await answer<{ chat: { id: string } }>('create_chat', { users, joinable: true })).chat.id
const said = async (chat_id: string) => {
  const user_id = await person()
  await answer('add_users_to_chat', { chat_id, user_ids: [user_id] })
  const sent = { chat_id, user_id, event: { type: 'message', text: 'hello' } }
  return (await answer<{ event: { id: string } }>('send_event', sent)).event.id
}
const member = async () => {
  const [user_id, other] = [await person(), await person()]
  return { chat_id: await chat([user_id, other]), user_id }
}
const event = async () => {
  const chat_id = await chat()
  return { chat_id, event_id: await said(chat_id) }
}
const file = async () => {
  const form = new FormData()
  form.append('file', new File([`file ${++made}`], 'a.txt'))
  const headers = { authorization: `Bearer ${key.secret}` }
  const response = await server.fetch('/v1/server/action/upload_file', { method: 'POST', headers, body: form })
  return ((await response.json()) as { file_id: string }).file_id
}
const webhook = async () => {
  const { webhook } = await answer<{ webhook: { id: string } }>('register_webhook', { url: 'https://hooks.example.com/' })
  await answer('update_webhook', { webhook_id: webhook.id, enabled: false })
  return webhook.id
}

const delivery = async () => {
  const url = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/`
  const { webhook } = await answer<{ webhook: { id: string } }>('register_webhook', { url, events: ['incoming_chat'] })
  await chat()
  const ids = async () => (await answer<{ data: { id: string }[] }>('list_webhook_deliveries', { webhook_id: webhook.id })).data
  await expect.poll(ids).toHaveLength(1)
  return (await ids())[0]?.id ?? ''
}

type Requests = Readonly<Record<string, () => Promise<object>>>
type Write = { [A in ServerAction]: (typeof SERVER_ACTIONS)[A] extends { readonly write: true } ? A : never }[ServerAction]

/** Of each a request that changes something, and where there is one a request that changes nothing. */
const WRITES: Readonly<Record<Write, Requests>> = {
  create_token: { news: async () => ({ user_id: `user-${++made}`, user_name: 'A' }), none: async () => ({ user_id: await person() }) },
  revoke_tokens: { news: async () => ({ user_id: await person() }) },
  create_user: {
    news: async () => ({ external_id: `user-${++made}` }),
    none: async () => {
      await person()
      return { external_id: `user-${made}` }
    },
  },
  update_user: { news: async () => ({ user_id: await person(), nickname: 'A' }), none: async () => ({ user_id: await person() }) },
  delete_user: {
    news: async () => {
      const { chat_id, user_id } = await member()
      for (let at = 0; at < 3; at++) await answer('send_event', { chat_id, user_id, event: { type: 'message', text: 'mine' } })
      return { user_id }
    },
  },
  create_chat: { news: async () => ({ users: [`user-${++made}`, `user-${++made}`] }) },
  update_chat: {
    news: async () => ({ chat_id: await chat(), name: 'A', status: 'resolved' }),
    none: async () => ({ chat_id: await chat(), status: 'open' }),
  },
  delete_chat: { news: async () => ({ chat_id: await chat() }) },
  add_users_to_chat: {
    news: async () => ({ chat_id: await chat(), user_ids: [`user-${++made}`, await person()] }),
    none: async () => {
      const { chat_id, user_id } = await member()
      return { chat_id, user_ids: [user_id] }
    },
  },
  remove_user_from_chat: {
    news: member,
    last: async () => {
      const { chat_id, user_id } = await member()
      await answer('leave_chat', { chat_id, user_id: `user-${made}` })
      return { chat_id, user_id }
    },
  },
  join_chat: { news: async () => ({ chat_id: await chat(), user_id: await person() }), none: member },
  leave_chat: { news: member },
  send_event: {
    news: async () => ({ ...(await member()), event: { type: 'message', text: 'A' } }),
    nobody: async () => ({ chat_id: await chat(), event: { type: 'system_message', text: 'A' } }),
    opening: async () => {
      const { chat_id, user_id } = await member()
      await answer('update_chat', { chat_id, status: 'resolved' })
      return { chat_id, user_id, event: { type: 'message', text: 'A', custom_id: 'own' } }
    },
    file: async () => ({ ...(await member()), event: { type: 'file', file_id: await file() } }),
  },
  edit_event: { news: async () => ({ ...(await event()), text: 'A' }) },
  delete_event: { news: event },
  delete_file: { news: async () => ({ file_id: await file() }) },
  register_webhook: { news: async () => ({ url: 'https://hooks.example.com/', events: ['chat_rated'] }) },
  update_webhook: {
    news: async () => ({ webhook_id: await webhook(), description: 'A' }),
    none: async () => ({ webhook_id: await webhook() }),
  },
  unregister_webhook: { news: async () => ({ webhook_id: await webhook() }) },
  rotate_webhook_secret: { news: async () => ({ webhook_id: await webhook() }) },
  replay_webhook_delivery: { news: async () => ({ delivery_id: await delivery() }) },
}

const TIMES = 50
const cases = Object.entries(WRITES).flatMap(([action, requests]) => Object.keys(requests).map((name) => [action, name] as const))

describe('[KEY5] under one key, asked for 50 times at once', () => {
  test('every write has its row', () => {
    const writes = Object.entries(SERVER_ACTIONS).flatMap(([name, spec]) => ('write' in spec ? [name] : []))
    expect(Object.keys(WRITES).sort()).toEqual(writes.sort())
  })

  test.each(cases)('%s (%s) is done once, and answered alike', async (action, name) => {
    const body = (await WRITES[action as keyof typeof WRITES][name]?.()) ?? {}
    const once = `${action} ${name}`.replace(/ /g, '-')
    const before = await heads(body)
    const answers = await Promise.all(Array.from({ length: TIMES }, () => act(action, body, once)))
    const texts = await Promise.all(answers.map((response) => response.text()))
    expect(
      answers.map(({ status }) => status),
      texts[0],
    ).toEqual(Array(TIMES).fill(200))
    expect([...new Set(texts)]).toHaveLength(1)
    const after = await heads(body)
    const late = await act(action, body, once)
    expect([late.status, await late.text()]).toEqual([200, texts[0]])
    expect([await heads(body), after === before]).toEqual([after, name === 'none' || !('chat_id' in body)])
    expect((await act(action, { ...body, more: 1 }, once)).status).toBe(400)
  })

  /** How long the log of the chat is that the request names. */
  async function heads(body: object): Promise<number> {
    const { chat_id } = body as { chat_id?: string }
    if (chat_id === undefined) return 0
    const response = await act('get_chat', { chat_id })
    return response.ok ? ((await response.json()) as { chat: { seq: number } }).chat.seq : -1
  }
})

describe('[KEY5] a key, when what it made is gone', () => {
  test.each([
    [
      'a chat',
      'create_chat',
      async () => ({ users: ['gone-1', 'gone-2'] }),
      async ({ chat }: { chat: { id: string } }) => answer('delete_chat', { chat_id: chat.id }),
    ],
    ['a user', 'create_user', async () => ({ external_id: 'gone-3' }), async () => answer('delete_user', { user_id: 'gone-3' })],
    ['a token', 'create_token', async () => ({ user_id: 'gone-4' }), async () => answer('delete_user', { user_id: 'gone-4' })],
    [
      'a user of a chat',
      'add_users_to_chat',
      async () => ({ chat_id: await chat(), user_ids: ['gone-5'] }),
      async ({ chat }: { chat: { id: string } }) => answer('delete_chat', { chat_id: chat.id }),
    ],
  ] as const)('%s makes it no second time', async (_, action, bodyOf, end) => {
    const body = await bodyOf()
    const first = (await (await act(action, body, `gone-${action}`)).json()) as never
    await end(first)
    const users = async () => (await answer<{ total: number }>('list_users', { page: 1 })).total
    const before = await users()
    const again = await act(action, body, `gone-${action}`)
    expect([again.status, ((await again.json()) as { error: { type: string } }).error.type]).toEqual([404, 'not_found'])
    expect(await users()).toBe(before)
  })

  test('answers a send with what is left of its event', async () => {
    const { chat_id, user_id } = await member()
    const body = { chat_id, user_id, event: { type: 'message', text: 'secret' } }
    const sent = (await (await act('send_event', body, 'sent-and-gone')).json()) as { event: { id: string } }
    await answer('delete_event', { chat_id, event_id: sent.event.id })
    const again = await (await act('send_event', body, 'sent-and-gone')).text()
    expect(again).toContain(sent.event.id)
    expect(again).not.toContain('secret')
  })

  test('[IDM1][EDT3] and a custom id without a key: a file is sent once, and its repetition finds what is left', async () => {
    const { chat_id, user_id } = await member()
    const body = { chat_id, user_id, event: { type: 'file', file_id: await file(), custom_id: 'one-file' } }
    const first = await answer<{ event: { id: string } }>('send_event', body)
    expect((await answer<{ event: { id: string } }>('send_event', body)).event.id).toBe(first.event.id)
    await answer('delete_event', { chat_id, event_id: first.event.id })
    expect(await answer('send_event', body)).toMatchObject({ event: { id: first.event.id, deleted_at: expect.any(String) } })
  })

  test('[IDM1][MEM7] and a customer’s send that opened a thread is answered like one into no chat, when the chat was deleted since', async () => {
    const headers = { origin: SHOP, authorization: `Bearer ${(await server.token('ann')).access_token}` }
    const act = (action: string, body: object) => server.post(customerAction(action), body, headers)
    const { chat } = (await (await act('start_chat', { active: false })).json()) as { chat: { id: string } }
    const send = () => act('send_event', { chat_id: chat.id, event: { type: 'message', text: 'hello', custom_id: 'one' } })
    expect((await send()).status).toBe(200)
    await answer('delete_chat', { chat_id: chat.id })
    expect((await send()).status).toBe(404)
  })
})

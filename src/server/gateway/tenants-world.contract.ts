/** Two organizations with somebody of every kind, and things of theirs that a request can name: made when they are first asked for. */
import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { TokenResponse } from '../../protocol/tokens.ts'
import { type RunningServer, SHOP, startServer, visitorKey } from '../../testing/server.ts'
import type { Store } from '../store/store.ts'

export const THINGS = [
  ...['chat', 'closed', 'joinable', 'thread', 'event', 'file', 'customer', 'user', 'token', 'access', 'webhook', 'delivery'],
] as const
export type Thing =
  | 'chat'
  | 'closed'
  | 'joinable'
  | 'thread'
  | 'event'
  | 'file'
  | 'customer'
  | 'user'
  | 'token'
  | 'access'
  | 'webhook'
  | 'delivery'
export type Things = Readonly<Record<Thing, () => Promise<string>>>

/** How somebody shows who they are, over either transport. */
export interface Principal {
  readonly license: number
  readonly headers: Readonly<Record<string, string>>
  /** Of customers, what their page was given. */
  readonly tokens?: TokenResponse
  /** By which things of theirs are made and found. */
  readonly id: string
}

export interface World {
  readonly server: RunningServer
  readonly store: Store
  readonly principals: Readonly<Record<string, Principal>>
  /** Things of their own, made for this once. */
  own(who: Principal, kind: string): Things
  /** Things of somebody of whom they have nothing to know. */
  anothers(who: Principal, kind: string): Things
  readonly missing: Things
  /** What were things of their own until they were deleted. */
  deleted(who: Principal, kind: string): Things
  /** A request as the principal would make it. */
  http(path: string, who: Principal, init: RequestInit): Promise<Response>
  open(side: string, who: Principal): Promise<Socket>
  close(): Promise<void>
}

interface Frame {
  readonly success?: boolean
  readonly payload: unknown
}

/** A socket that asks one thing at a time. */
export class Socket {
  readonly #raw: WebSocket

  constructor(raw: WebSocket) {
    this.#raw = raw
  }

  async ask(action: string, payload: unknown): Promise<Frame> {
    const request_id = String(Math.random())
    const answered = new Promise<Frame>((resolve) => {
      const hear = (data: unknown) => {
        const frame = JSON.parse(String(data)) as Frame & { request_id?: string }
        if (frame.request_id !== request_id) return
        this.#raw.off('message', hear)
        resolve(frame)
      }
      this.#raw.on('message', hear)
    })
    this.#raw.send(JSON.stringify({ request_id, action, payload }))
    return answered
  }

  close(): void {
    this.#raw.close()
  }
}

export async function openWorld(): Promise<World> {
  let kept: Store | null = null
  const server = await startServer({
    rateFactor: 100_000,
    wrapStore(store) {
      kept = store
      return store
    },
  })
  const store = kept as unknown as Store
  await server.administer('org create', { name: 'Other' })
  for (const license of ['1', '2']) await server.administer('org update', { license, 'agents-edit': 'all', 'agents-delete': 'all' })
  await server.administer('client create', { license: '2', id: 'shop', origin: [SHOP] })
  const http: World['http'] = (path, { headers, license }, init) =>
    server.fetch(`${path}${path.includes('?') ? '&' : '?'}license=${license}&client_id=shop`, {
      ...init,
      headers: { ...headers, ...init.headers },
    })
  const post = async <T>(path: string, who: Principal, body: unknown): Promise<T> => {
    const response = await http(path, who, { method: 'POST', body: body instanceof FormData ? body : JSON.stringify(body) })
    if (!response.ok) throw new Error(`the world is not as it is meant to be; ${path} ${await response.text()}`)
    return (await response.json()) as T
  }
  const principals = await populate(server, post)
  const make = maker({ store, post, principals })
  for (const name of ['backend', 'other backend']) {
    await post('/v1/server/action/create_user', principals[name] as Principal, { external_id: 'colleague', type: 'agent' })
  }
  const another = new Map<string, Things>()
  return {
    ...{ server, store, principals, http, missing: nothing },
    own: (who, kind) => make(who, kind),
    anothers(who, kind) {
      const key = `${who.license} ${kind}`
      const things = another.get(key) ?? make(strangerTo(principals, who, kind), kind, true)
      another.set(key, things)
      return things
    },
    deleted: (who, kind) => make.deleted(who, kind),
    async open(side, { headers, license }) {
      const { origin, ...others } = headers
      const address = `${server.url.replace('http', 'ws')}/v1/${side}/rtm?license=${license}&client_id=shop`
      const raw = new WebSocket(address, { headers: others, ...(origin !== undefined && { origin }) })
      await once(raw, 'open')
      return new Socket(raw)
    },
    close: () => server.stop(),
  }
}

type Post = <T>(path: string, who: Principal, body: unknown) => Promise<T>

async function populate(server: RunningServer, post: Post): Promise<Record<string, Principal>> {
  const backend = async (license: number): Promise<Principal & { key: string }> => {
    const { id, secret } = (await server.administer('key create', { license: String(license) })) as { id: string; secret: string }
    return { license, headers: { authorization: `Bearer ${secret}` }, id, key: id }
  }
  const customer = async (name: string, license = 1): Promise<Principal> => {
    const page = { license, headers: { origin: SHOP }, id: name }
    const body = { grant_type: 'anonymous', visitor_key: visitorKey(name) }
    const tokens = await post<TokenResponse>('/v1/customer/token', page, body)
    return { ...page, tokens, id: tokens.customer_id, headers: { origin: SHOP, authorization: `Bearer ${tokens.access_token}` } }
  }
  const agent = async (name: string, license: number): Promise<Principal> => {
    const account = { email: `${name}@shop.test`, password: 'correct horse' }
    await server.administer('agent create', { ...account, name, license: String(license) })
    const response = await server.post('/v1/agent/session', account, { origin: server.origin })
    const { agent_id } = (await response.json()) as { agent_id: string }
    const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
    return { license, headers: { origin: server.origin, cookie }, id: agent_id }
  }
  const [revoked, gone, former] = [await customer('revoked'), await agent('gone', 1), await backend(1)]
  const people = {
    nobody: { license: 1, headers: {}, id: '' },
    customer: await customer('ann'),
    'other customer': await customer('ben'),
    stranger: await customer('cleo'),
    foreigner: await customer('dora', 2),
    agent: await agent('robin-1', 1),
    'other agent': await agent('robin-2', 2),
    backend: await backend(1),
    'other backend': await backend(2),
  }
  await post('/v1/server/action/revoke_tokens', people.backend, { user_id: revoked.id })
  await server.fetch('/v1/agent/session', { method: 'DELETE', headers: gone.headers })
  await server.administer('key revoke', { id: former.key, license: '1' })
  return { ...people, 'revoked customer': revoked, 'signed-out agent': gone, 'revoked key': former }
}

/** Of the same organization to a customer, of another to everyone else. */
function strangerTo(principals: Record<string, Principal>, { license }: Principal, kind: string): Principal {
  const name =
    kind === 'customer'
      ? 'stranger'
      : kind === 'agent'
        ? license === 1
          ? 'other agent'
          : 'agent'
        : license === 1
          ? 'other backend'
          : 'backend'
  return principals[name] as Principal
}

const nothing: Things = Object.fromEntries(THINGS.map((thing) => [thing, async () => `no-such-${thing}`])) as unknown as Things

interface Making {
  readonly store: Store
  readonly post: Post
  readonly principals: Readonly<Record<string, Principal>>
}

function maker({ store, post, principals }: Making) {
  const backendOf = ({ license }: Principal) => principals[license === 1 ? 'backend' : 'other backend'] as Principal
  const customerOf = ({ license }: Principal) => principals[license === 1 ? 'stranger' : 'foreigner'] as Principal
  const serve = <T>(who: Principal, action: string, body: unknown) => post<T>(`/v1/server/action/${action}`, backendOf(who), body)
  let made = 0

  function make(who: Principal, kind: string, isPrivate = false): Things {
    const owner = kind === 'customer' ? who : customerOf(who)
    const create = async (more: object) => (await serve<{ chat: { id: string } }>(who, 'create_chat', more)).chat.id
    const room = () => create(kind === 'agent' ? { kind: 'support', users: [owner.id] } : { users: [owner.id, `friend-${++made}`] })
    const things: { -readonly [T in Thing]: Things[T] } = {
      chat: lazily(room),
      async closed() {
        const chat_id = await room()
        await serve(who, 'update_chat', { chat_id, status: 'resolved' })
        return chat_id
      },
      joinable: lazily(() => (isPrivate ? things.chat() : create({ users: ['host', `friend-${++made}`], joinable: true }))),
      thread: async () => (await things.event()).replace(/_\d+$/, ''),
      event: lazily(async () => {
        const sent = { chat_id: await things.chat(), user_id: owner.id, event: { type: 'message', text: 'mine' } }
        return (await serve<{ event: { id: string } }>(who, 'send_event', sent)).event.id
      }),
      file: lazily(async () => (await post<{ file_id: string }>(`/v1/${sideOf(kind)}/action/upload_file`, who, aFile())).file_id),
      customer: async () => owner.id,
      user: lazily(async () => {
        const { user } = await serve<{ user: { id: string } }>(who, 'create_user', { external_id: `user-${++made}` })
        if (kind !== 'agent') await serve(who, 'add_users_to_chat', { chat_id: await things.chat(), user_ids: [user.id] })
        return user.id
      }),
      token: lazily(async () => (await serve<{ token: string }>(who, 'create_token', { user_id: await things.user() })).token),
      access: async () => who.tokens?.access_token ?? 'none',
      webhook: lazily(
        async () => (await serve<{ webhook: { id: string } }>(who, 'register_webhook', { url: 'https://hooks.example.com/' })).webhook.id,
      ),
      delivery: lazily(() => delivered(store, things)),
    }
    return things
  }

  /** Each is made as one's own, and deleted before it is named. */
  function deleted(who: Principal, kind: string): Things {
    const things = make(who, kind)
    const withChat = lazily(async () => {
      // Whatever hangs on the chat is there before it goes.
      await Promise.all([things.event(), things.user()])
      return serve(who, 'delete_chat', { chat_id: await things.chat() })
    })
    const ends = {
      chat: withChat,
      file: lazily(async () => post(`/v1/${sideOf(kind)}/action/delete_file`, who, { file_id: await things.file() })),
      user: lazily(async () => {
        await things.token()
        return serve(who, 'delete_user', { user_id: await things.user() })
      }),
      webhook: lazily(async () => {
        await things.delivery()
        return serve(who, 'unregister_webhook', { webhook_id: await things.webhook() })
      }),
    }
    const gone = (thing: Thing, end: keyof typeof ends) => async () => {
      const id = await things[thing]()
      await ends[end]()
      return id
    }
    const ofChat = gone('chat', 'chat')
    return {
      ...{ chat: ofChat, closed: ofChat, joinable: ofChat, thread: gone('thread', 'chat'), event: gone('event', 'chat') },
      ...{ file: gone('file', 'file'), user: gone('user', 'user'), customer: gone('user', 'user'), token: gone('token', 'user') },
      ...{ webhook: gone('webhook', 'webhook'), delivery: gone('delivery', 'webhook') },
      access: async () => principals['revoked customer']?.tokens?.access_token ?? '',
    }
  }
  return Object.assign(make, { deleted })
}

const sideOf = (kind: string) => (kind === 'backend' ? 'server' : kind)

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    return made
  }
}

export function aFile(): FormData {
  const form = new FormData()
  form.append('file', new File(['a file'], 'a.txt'))
  return form
}

/** As the worker would have noted it. */
async function delivered(store: Store, things: Things): Promise<string> {
  const [webhook_id, chat_id] = [await things.webhook(), await things.chat()]
  const id = `delivery-of-${webhook_id}`
  const row = { id, webhook_id, chat_id, seq_agents: 1, event: 'incoming_chat', status: 'failed', attempts: 1 } as const
  const note = { write: 'note_delivery', row: { ...row, response_status: 500, error: null, created_at: 1, delivered_at: null } } as const
  await store.commit({ at: 1, expect: [], writes: [note], idempotency: [] })
  return id
}

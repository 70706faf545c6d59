/** What @poolse/sdk documents, from the top of its page to the bottom, against a real server. */
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Porchlight } from '../../server-sdk/index.ts'
import { type RunningServer, startServer } from '../../testing/server.ts'
import { initAgent } from '../agent/index.ts'
import { type Config, type CustomerSDK, init } from '../customer/index.ts'
import { type Chat, type ChatEvent, type RichOptions, type RichSDK, rich, type UserProfile } from './index.ts'

type Client = RichSDK<CustomerSDK, ChatEvent>

let server: RunningServer
let porchlight: Porchlight
const open: { destroy(): void }[] = []

beforeAll(async () => {
  server = await startServer({ rateFactor: 1000 })
  porchlight = new Porchlight({ apiKey: (await server.apiKey()).secret, baseUrl: server.url })
})
afterEach(() => {
  for (const sdk of open.splice(0)) sdk.destroy()
})
afterAll(() => server.stop())

let made = 0
const someone = () => `person-${++made}`
const tokenOf = async (user: string) => (await porchlight.auth.createToken({ user_id: user })).token

/** An app's own client for a user whom its back end vouches for. */
function start(user: string, config: Partial<Config> = {}, options: RichOptions = {}): Client {
  const sdk = init({ license: 1, clientId: 'app', server: server.url, storage: 'memory', getToken: () => tokenOf(user), ...config })
  const extended = rich(sdk, options)
  open.push(extended)
  return extended
}

async function connect(user: string, options?: RichOptions): Promise<Client> {
  const sdk = start(user, {}, options)
  await heard(sdk, 'connected')
  return sdk
}

// biome-ignore lint/suspicious/noExplicitAny: what is told differs by its name.
const heard = (sdk: { on(name: never, listener: never): unknown }, name: string, that: (data: any) => boolean = () => true) =>
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  new Promise<any>((resolve) => sdk.on(name as never, ((data: unknown) => that(data) && resolve(data)) as never))

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fulfilled',
    (error) => error.code,
  )

interface Pair {
  readonly ann: Client
  readonly ben: Client
  readonly names: readonly [ann: string, ben: string]
  readonly chat: Chat
  /** Our ids of them. */
  readonly ids: readonly [ann: string, ben: string]
}

async function pair(more: object = {}): Promise<Pair> {
  const names = [someone(), someone()] as const
  const [ann, ben] = [await connect(names[0]), await connect(names[1])]
  const chat = await ann.createChat({ users: [names[1]], ...more })
  const idOf = (name: string) => chat.users.find((user) => 'external_id' in user && user.external_id === name)?.id ?? ''
  return { ann, ben, names, chat, ids: [idOf(names[0]), idOf(names[1])] }
}

const texts = (events: readonly ChatEvent[]) => events.map(({ text }) => text)

test('Install: one package without dependencies', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(Object.keys(manifest.exports)).toContain('./rich')
  expect(manifest.dependencies).toBeUndefined()
})

test('Authentication model: the back end has a key and mints, the front end has a token and no key', async () => {
  const name = someone()
  const sdk = await connect(name)
  expect(await sdk.me()).toMatchObject({ external_id: name })
  expect((await server.post('/v1/server/action/list_users', {}, { authorization: `Bearer ${await tokenOf(name)}` })).status).toBe(401)
})

test('Quick start: who I am, my chats, their messages, live, and the end', async () => {
  const { ann, ben, chat } = await pair()
  expect((await ann.me()).id).toBeTruthy()
  expect((await ben.getChatsSummary()).chatsSummary.map(({ id }) => id)).toEqual([chat.id])
  const live = heard(ben.chat(chat.id), 'new_event')
  const sent = await ann.sendMessage(chat.id, { text: 'Hello' })
  expect((await live).event).toMatchObject({ id: sent.id, text: 'Hello' })
  expect(texts((await ben.listEvents(chat.id, { limit: 50 })).events)).toEqual(['Hello'])
  ann.destroy()
  expect(await codeOf(ann.sendMessage(chat.id, { text: 'late' }))).toBe('SDK_DESTROYED')
})

describe('Configuration', () => {
  test('options: a token is all that is needed, addresses and patience may be set', async () => {
    const sdk = start(someone(), {
      wsUrl: `${server.url.replace('http', 'ws')}/v1/customer/rtm`,
      maxRetries: 3,
      baseBackoffMs: 250,
      maxBackoffMs: 30_000,
      fetch: (url, request) => fetch(url, request as RequestInit),
    })
    await heard(sdk, 'connected')
    expect(sdk.status).toBe('connected')
  })

  test('onSocketError: what becomes of the connection is told', async () => {
    const sdk = init({ license: 1, clientId: 'app', server: 'http://127.0.0.1:9', storage: 'memory', maxRetries: 0 })
    open.push(sdk)
    expect(await heard(sdk, 'disconnected')).toBeTruthy()
  })
})

describe('REST surface', () => {
  test('chat.me', async () => {
    const name = someone()
    const sdk = await connect(name)
    expect(await sdk.me()).toMatchObject({ id: expect.any(String), type: 'customer', external_id: name })
  })

  describe('chat.conversations', () => {
    test('list and show', async () => {
      const { ben, chat } = await pair({ name: 'Trip' })
      const list = ben.chatList()
      await new Promise<void>((resolve) => list.subscribe(({ loaded }) => loaded && resolve()))
      expect(list.state.chats.map(({ id, name }) => [id, name])).toEqual([[chat.id, 'Trip']])
      const shown = await ben.request<{ chat: object }>('get_chat', { chat_id: chat.id })
      expect(shown.chat).toMatchObject({ id: chat.id, kind: 'group', name: 'Trip', unread_count: 0 })
    })

    test('create', async () => {
      const name = someone()
      const ann = await connect(name)
      const group = await ann.createChat({
        kind: 'group',
        name: 'Trip',
        avatar: 'https://a.test/trip.png',
        userLimit: 3,
        users: ['nobody-yet', 'nor-this-one'],
        properties: { trip: { days: 3 } },
        settings: { theme: 'dark' },
      })
      expect(group).toMatchObject({
        ...{ kind: 'group', name: 'Trip', avatar: 'https://a.test/trip.png', user_limit: 3 },
        ...{ properties: { trip: { days: 3 } }, settings: { theme: 'dark' } },
      })
      expect(group.users.map((user) => 'external_id' in user && user.external_id).sort()).toEqual(
        [name, 'nobody-yet', 'nor-this-one'].sort(),
      )
      expect(await ann.createChat({ kind: 'direct', users: ['nobody-yet'] })).toMatchObject({ kind: 'direct' })
      expect(await codeOf(ann.addUsers(group.id, ['one-too-many']))).toBe('CONFLICT')
    })

    test('update', async () => {
      const { ann, ben, chat } = await pair({ name: 'Trip' })
      const told = heard(ben, 'chat_updated', ({ name }) => name === 'Journey')
      expect(await ann.updateChat(chat.id, { name: 'Journey', avatar: null, settings: { mute: true } })).toMatchObject({ name: 'Journey' })
      expect(await told).toMatchObject({ chat: chat.id, settings: { mute: true } })
    })

    test('listMembers, addMembers, addMember and removeMember', async () => {
      const { ann, ben, chat, names } = await pair()
      const third = await connect(someone())
      const name = String((await third.me()).external_id)
      const joined = heard(third, 'user_chat_added')
      expect((await ann.addUsers(chat.id, [name], { role: 'admin' })).map(({ role }) => role).sort()).toEqual(['admin', 'member', 'owner'])
      expect(await joined).toMatchObject({ chat: chat.id })
      expect(await ben.listUsers(chat.id)).toHaveLength(3)
      expect(await codeOf(ben.removeUser(chat.id, name))).toBe('AUTHORIZATION')
      const left = heard(third, 'user_chat_removed')
      expect(await ann.removeUser(chat.id, name)).toEqual({ destroyed: false })
      expect(await left).toMatchObject({ chat: chat.id })
      expect(await codeOf(third.listEvents(chat.id))).toBe('fulfilled')
      expect(await codeOf(third.sendMessage(chat.id, { text: 'x' }))).toBe('MISSING_ACCESS')
      expect((await ben.listUsers(chat.id)).map((user) => 'external_id' in user && user.external_id).sort()).toEqual([...names].sort())
    })

    test('messages.list: newest first, older by before', async () => {
      const { ann, ben, chat } = await pair()
      for (const text of ['1', '2', '3', '4', '5']) await ann.sendMessage(chat.id, { text })
      const newest = await ben.listEvents(chat.id, { limit: 2 })
      expect([texts(newest.events), newest.hasMore]).toEqual([['5', '4'], true])
      const older = await ben.listEvents(chat.id, { limit: 50, before: newest.events[1]?.seq ?? 0 })
      expect([texts(older.events), older.hasMore]).toEqual([['3', '2', '1'], false])
    })

    test('messages.send: retried by its id, a thread reply, a quote, mentions, attachments', async () => {
      const { ann, ben, chat, ids } = await pair()
      const first = await ann.sendMessage(chat.id, { text: 'first', customId: 'mine' })
      expect((await ann.sendMessage(chat.id, { text: 'first', customId: 'mine' })).id).toBe(first.id)
      const reply = await ben.sendMessage(chat.id, { text: 'a reply', replyTo: first.id })
      const named = { text: 'a reply by the name that it had there', reply_to_id: first.id }
      expect(await ben.sendMessage(chat.id, named)).toMatchObject({ reply_to_id: first.id })
      expect(reply.reply_to_id).toBe(first.id)
      const quote = await ben.sendMessage(chat.id, { text: 'about that', quotes: first.id, mentions: [ids[0]] })
      expect(quote).toMatchObject({ quoted_event: { id: first.id, text: 'first' }, mentions: [ids[0]] })
      expect(texts((await ann.listEvents(chat.id)).events)).toEqual(['about that', 'first'])
      const { file_id } = await ann.uploadAttachment(new File(['x'], 'note.txt'))
      const message = await ann.sendMessage(chat.id, { attachments: [file_id] })
      expect(message).toMatchObject({ type: 'message', attachments: [{ file_id, name: 'note.txt' }] })
      expect(await codeOf(ann.sendMessage(chat.id, {}))).toBe('INVALID_ARGS')
    })

    test('messages.markRead', async () => {
      const { ann, ben, chat, ids } = await pair()
      const one = await ann.sendMessage(chat.id, { text: 'one' })
      await ann.sendMessage(chat.id, { text: 'two' })
      const read = heard(ann, 'last_seen_timestamp_updated')
      expect(await ben.markRead(chat.id, one.id)).toEqual({ seq: one.seq })
      expect(await read).toMatchObject({ chat: chat.id, user: ids[1] })
      const unread = async () => (await ben.getChatsSummary()).chatsSummary[0]?.unreadCount
      expect(await unread()).toBe(1)
      await ben.sendMessage(chat.id, { text: 'I am here' })
      expect(await unread()).toBe(0)
    })
  })

  describe('chat.messages', () => {
    test('update and delete: nothing of it is left', async () => {
      const { ann, ben, chat } = await pair()
      const { id } = await ann.sendMessage(chat.id, { text: 'canary one' })
      const edited = heard(ben, 'event_updated')
      expect(await ann.editEvent(chat.id, id, { text: 'canary two' })).toMatchObject({ text: 'canary two', edited_at: expect.any(String) })
      expect((await edited).event).toMatchObject({ id, text: 'canary two' })
      expect(await codeOf(ben.editEvent(chat.id, id, { text: 'mine now' }))).toBe('AUTHORIZATION')
      const deleted = heard(ben, 'event_deleted')
      await ann.deleteEvent(chat.id, id)
      expect((await deleted).event).toMatchObject({ id, deleted_at: expect.any(String) })
      expect(await codeOf(ann.editEvent(chat.id, id, { text: 'x' }))).toBe('MESSAGE_DELETED')
      expect(JSON.stringify([await ben.listEvents(chat.id), await ben.getChatsSummary()])).not.toContain('canary')
    })

    test('replies: oldest first, after a place, with count and last repliers on the parent', async () => {
      const { ann, ben, chat, ids } = await pair()
      const { id } = await ann.sendMessage(chat.id, { text: 'parent' })
      for (const text of ['1', '2', '3']) await ben.sendMessage(chat.id, { text, replyTo: id })
      const { events, replies, hasMore } = await ann.listReplies(chat.id, id)
      expect([texts(events), hasMore, replies?.count, replies?.last_user_ids]).toEqual([['1', '2', '3'], false, 3, [ids[1]]])
      expect(texts((await ann.listReplies(chat.id, id, { after: events[0]?.seq ?? 0, limit: 1 })).events)).toEqual(['2'])
      expect((await ann.getEvent(chat.id, id)).replies).toMatchObject({ count: 3 })
    })

    test('addReaction and removeReaction', async () => {
      const { ann, ben, chat, ids } = await pair()
      const { id } = await ann.sendMessage(chat.id, { text: 'hi' })
      const added = heard(ann, 'reaction_added')
      expect(await ben.addReaction(chat.id, id, '👍')).toEqual([{ emoji: '👍', user_ids: [ids[1]] }])
      expect(await added).toMatchObject({ chat: chat.id, event: id, emoji: '👍', user_id: ids[1] })
      const removed = heard(ann, 'reaction_removed')
      expect(await ben.removeReaction(chat.id, id, '👍')).toEqual([])
      expect(await removed).toMatchObject({ event: id, emoji: '👍', user_id: ids[1] })
    })
  })

  describe('chat.attachments', () => {
    test('requestUpload and upload, with progress where the platform tells', async () => {
      const ann = await connect(someone())
      const { upload_url, file_id } = await ann.requestUpload('a.txt')
      const response = await fetch(upload_url, { method: 'PUT', body: 'bytes' })
      expect(((await response.json()) as { file_id: string }).file_id).toBe(file_id)
      const uploaded = await ann.uploadAttachment(new Blob(['bytes']), { name: 'b.txt', onProgress: () => {} })
      expect(uploaded).toMatchObject({ name: 'b.txt', size: 5 })
    })

    test('downloadUrl and delete', async () => {
      const { ann, ben, chat } = await pair()
      const { file_id } = await ann.uploadAttachment(new Blob(['bytes']), { name: 'b.txt' })
      expect(await codeOf(ben.getAttachment(file_id))).toBe('NOT_FOUND')
      const { id } = await ann.sendMessage(chat.id, { text: 'see', attachments: [file_id] })
      const { url } = await ben.getAttachment(file_id)
      expect(await (await fetch(url)).text()).toBe('bytes')
      await ann.deleteAttachment(file_id)
      expect(await ben.getEvent(chat.id, id)).not.toHaveProperty('attachments')
      expect(await codeOf(ann.getAttachment(file_id))).toBe('NOT_FOUND')
    })
  })

  test('chat.users: peek, get, subscribe, invalidate, and one call in flight for each user', async () => {
    const calls: string[] = []
    const userResolver = async (id: string): Promise<UserProfile | null> => {
      calls.push(id)
      return id === 'stranger' ? null : { displayName: `${id} ${calls.length}`, avatarUrl: 'https://a.test/a.png' }
    }
    const { users } = start(someone(), { autoConnect: false }, { userResolver })
    expect(users.peek('ann')).toBeUndefined()
    const told: unknown[] = []
    const stop = users.subscribe('ann', () => told.push(users.peek('ann')?.displayName))
    const [one, two] = await Promise.all([users.get('ann'), users.get('ann'), users.get('stranger')])
    expect([one, two, users.peek('ann')]).toEqual([one, one, one])
    expect([calls, users.peek('stranger')]).toEqual([['ann', 'stranger'], null])
    users.invalidate('ann')
    expect(users.peek('ann')).toBeUndefined()
    await users.get('ann')
    expect(told).toEqual(['ann 1', undefined, 'ann 3'])
    stop()
    users.invalidateAll()
    expect([users.peek('ann'), users.peek('stranger'), told.length]).toEqual([undefined, undefined, 3])
    expect(await start(someone(), { autoConnect: false }).users.get('ann')).toBeNull()
  })

  test('chat.rest: any action by its name', async () => {
    const { ann, chat } = await pair()
    expect(await ann.request('get_chat', { chat_id: chat.id })).toMatchObject({ chat: { id: chat.id } })
  })
})

describe('Realtime', () => {
  test('status: five words, and connecting when it is wanted', async () => {
    const sdk = start(someone(), { autoConnect: false })
    const words: string[] = [sdk.status]
    sdk.on('status_changed', (status) => void words.push(status))
    const connected = heard(sdk, 'connected')
    sdk.connect()
    await connected
    sdk.disconnect()
    expect(words).toEqual(['idle', 'connecting', 'connected', 'closed'])
  })

  describe('ConversationChannel', () => {
    test('the same handle for the same chat, and its end', async () => {
      const { ann, ben, chat } = await pair()
      const handle = ann.chat(chat.id)
      expect(ann.chat(chat.id)).toBe(handle)
      const told: unknown[] = []
      handle.on('new_event', (data) => told.push(data))
      handle.close()
      expect(ann.chat(chat.id)).not.toBe(handle)
      const arrived = heard(ann, 'new_event')
      await ben.sendMessage(chat.id, { text: 'hello' })
      await arrived
      expect(told).toEqual([])
    })

    test('typing: not to oneself, and safe to say often', async () => {
      const { ann, ben, chat, ids } = await pair()
      const own: unknown[] = []
      ann.chat(chat.id).on('user_is_typing', (data) => own.push(data))
      const started = heard(ben.chat(chat.id), 'user_is_typing')
      for (let at = 0; at < 20; at++) await ann.setTyping(chat.id, true)
      expect(await started).toMatchObject({ user: ids[0] })
      const stopped = heard(ben.chat(chat.id), 'user_stopped_typing')
      await ann.setTyping(chat.id, false)
      expect(await stopped).toMatchObject({ user: ids[0] })
      expect(own).toEqual([])
    })

    test('presence: a snapshot, also for who listens late, and changes', async () => {
      const { ann, ben, chat, ids } = await pair()
      const handle = ann.chat(chat.id)
      expect(handle.presence).toEqual({})
      expect(Object.keys(await ann.getPresence(chat.id)).sort()).toEqual([...ids].sort())
      expect(await heard(handle, 'presence')).toMatchObject({ chat: chat.id, users: { [ids[1]]: { online_at: expect.any(String) } } })
      const third = await connect(someone())
      const came = heard(handle, 'presence', ({ users }) => Object.keys(users).length === 3)
      await ann.addUsers(chat.id, [String((await third.me()).external_id)])
      await came
      await ben.leaveChat(chat.id)
      await heard(handle, 'presence', ({ users }) => !(ids[1] in users))
      expect(Object.keys(handle.presence)).not.toContain(ids[1])
    })
  })

  describe('UserChannel', () => {
    test('mentions: online, and at the next login', async () => {
      const { ann, ben, names, chat, ids } = await pair()
      const told = heard(ben, 'user_mentioned')
      const one = await ann.sendMessage(chat.id, { text: 'hey', mentions: [ids[1]] })
      expect(await told).toMatchObject({ chat: chat.id, event: one.id, author_id: ids[0] })
      await ben.markRead(chat.id)
      ben.destroy()
      const two = await ann.sendMessage(chat.id, { text: 'hey again', mentions: [names[1]] })
      const back = start(names[1])
      expect(await heard(back, 'user_mentioned')).toMatchObject({ chat: chat.id, event: two.id, author_id: ids[0] })
    })

    test('conversation created and updated, with a preview, the last seq and by whom', async () => {
      const { ann, ben, chat, ids } = await pair()
      const lists = ben.chatList()
      const [mine, theirs] = [heard(ann, 'chat_updated'), heard(ben, 'chat_updated')]
      const sent = await ann.sendMessage(chat.id, { text: 'x'.repeat(100) })
      const update = { chat: chat.id, preview: 'x'.repeat(80), seq: sent.seq, by_user_id: ids[0] }
      expect([await mine, await theirs]).toEqual([update, update])
      await new Promise<void>((resolve) => {
        const look = () => lists.state.chats[0]?.last_event_preview === update.preview && resolve()
        lists.subscribe(look)
        look()
      })
      const begun = heard(ben, 'user_chat_added')
      const other = await ann.createChat({ kind: 'direct', users: [String((await ben.me()).external_id)] })
      expect(await begun).toMatchObject({ chat: other.id })
    })
  })
})

test('Token caching: once for a lifetime, shared by those who ask at once, anew when it is refused', async () => {
  let calls = 0
  const name = someone()
  const sdk = start(name, {
    getToken() {
      calls++
      return tokenOf(name)
    },
  })
  await heard(sdk, 'connected')
  await Promise.all([sdk.auth.getToken(), sdk.auth.getToken(), sdk.me()])
  expect(calls).toBe(1)
  await sdk.auth.getFreshToken()
  expect(calls).toBe(2)
})

test('Idempotency: the same id again is the same', async () => {
  const { ann, names } = await pair()
  const create = () => ann.createChat({ users: [names[1]], customId: 'once' })
  expect((await create()).id).toBe((await create()).id)
  expect(await codeOf(ann.createChat({ users: [names[1]], customId: 'once', name: 'other' }))).toBe('IDEMPOTENCY_MISMATCH')
})

test('Retry behavior: what is sent before there is a connection arrives once', async () => {
  const { ben, chat, names } = await pair()
  const sdk = start(names[0], { autoConnect: false })
  const sent = sdk.sendMessage(chat.id, { text: 'patient' })
  sdk.connect()
  await sent
  expect(texts((await ben.listEvents(chat.id)).events)).toEqual(['patient'])
})

test('Errors: a code that is stable, and the field', async () => {
  const { ann, chat } = await pair()
  const error = await ann.editEvent(chat.id, 'none', { text: 'x' }).catch((thrown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ code: 'NOT_FOUND', body: { type: 'not_found', data: { path: 'event_id' } } })
  expect(error.message).toMatch(/^unable to \w+; /)
})

test('Sequence numbers: places in the log, dense for everyone', async () => {
  const { ann, ben, chat } = await pair()
  const sent = await Promise.all(['a', 'b', 'c'].map((text, at) => (at % 2 ? ben : ann).sendMessage(chat.id, { text })))
  const seqs = sent.map(({ seq }) => seq).sort((a, b) => a - b)
  expect(seqs).toEqual(seqs.map((_, at) => (seqs[0] ?? 0) + at))
})

test('Cancellation: a signal ends the call with its own reason', async () => {
  const { ann, chat } = await pair()
  const { id } = await ann.sendMessage(chat.id, { text: 'x' })
  const controller = new AbortController()
  const asked = ann.listReplies(chat.id, id, { limit: 100 }, { signal: controller.signal })
  controller.abort()
  await expect(asked).rejects.toBe(controller.signal.reason)
  await expect(ann.listUsers(chat.id, { signal: AbortSignal.abort('gone') })).rejects.toBe('gone')
})

test('Environments: nothing of a page is needed, and agents gain the same', async () => {
  const { ann, names } = await pair()
  await porchlight.users.create({ external_id: 'robin', type: 'agent', display_name: 'Robin' })
  const agent = rich(
    initAgent({
      server: server.url,
      license: 1,
      getToken: async () => (await porchlight.auth.createToken({ user_id: 'robin', role: 'agent' })).token,
    }),
  )
  open.push(agent)
  await agent.connect()
  expect(agent.status).toBe('connected')
  const told = heard(ann, 'new_event')
  const chat = await agent.createChat({ users: [names[0]] })
  const sent = await agent.sendMessage(chat.id, 'Hello')
  expect(sent).toMatchObject({ text: 'Hello', author_id: (await agent.me()).id })
  expect((await told).event).toMatchObject({ id: sent.id })
  const reacted = heard(agent.chat(chat.id), 'reaction_added')
  await ann.addReaction(chat.id, sent.id, '🎉')
  expect(await reacted).toMatchObject({ event: sent.id, emoji: '🎉' })
  const reply = await agent.sendMessage(chat.id, { text: 'A reply', replyTo: sent.id })
  expect((await ann.listReplies(chat.id, sent.id)).events.map(({ id }) => id)).toEqual([reply.id])
  expect(await agent.editEvent(chat.id, sent.id, { text: 'Hello!' })).toMatchObject({ text: 'Hello!' })
})

test('Exports: the function, the types, and nothing that must be made by hand', async () => {
  const door = await import('./index.ts')
  expect(Object.keys(door)).toEqual(['rich'])
})

test('Links: the documentation is in the package', () => {
  const { files } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(files).toContain('docs')
})

test('License: MIT', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).license).toBe('MIT')
})

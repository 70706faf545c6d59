/** Proves what the extension does when things go otherwise: lost connections, refusals, late answers. The instance is one that a test holds. */
import { describe, expect, it } from 'vitest'
import { createEmitter } from '../kit/emitter.ts'
import { type ChatListState, type Instance, rich, type UserProfile } from './index.ts'

type Answers = Record<string, (payload: Record<string, unknown>) => unknown>

/** As a customer's: what it is asked for the test answers. */
function instance(answers: Answers = {}) {
  const { on, off, emit } = createEmitter<Record<string, unknown>>()
  const asked: [string, object][] = []
  const sdk = {
    ...{ on, off, state: 'idle', startChat() {} },
    async request(action: string, payload: Record<string, unknown> = {}) {
      asked.push([action, payload])
      const answer = answers[action]
      if (!answer) throw Object.assign(new Error('unable to'), { code: 'NOT_FOUND' })
      return answer(payload)
    },
    sendEvent: async (chat: string, event: object) => ({
      ...event,
      id: 'e',
      type: 'message',
      thread: 't',
      timestamp: 1,
      seq: 9,
      author: 'me',
      chat,
    }),
    connect() {
      sdk.state = 'opening'
    },
    disconnect() {
      sdk.state = 'closed'
    },
    destroy() {
      sdk.state = 'destroyed'
    },
  }
  const tell = (name: string, data?: unknown) => emit(name, data)
  const timesOf = (action: string) => asked.filter(([name]) => name === action).length
  return { sdk: sdk as typeof sdk & Instance, tell, asked, timesOf }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
const chat = (id: string, at: number, more: object = {}) => ({ id, last_activity_at: new Date(at).toISOString(), ...more })

describe('the status', () => {
  it('tells in five words how the connection stands, and only when that is not what it was', () => {
    const { sdk, tell } = instance()
    const extended = rich(sdk)
    const words: string[] = [extended.status]
    extended.on('status_changed', (status) => void words.push(status))
    extended.connect()
    for (const [state, name] of Object.entries({ live: 'connected', waiting: 'connection_lost', opening: 'x', logging_in: 'y' })) {
      sdk.state = state
      tell(name)
    }
    sdk.state = 'live'
    tell('connection_restored')
    extended.destroy()
    expect(words).toEqual(['idle', 'connecting', 'connected', 'reconnecting', 'connected', 'closed'])
    expect(extended.status).toBe('closed')
  })
})

describe('presence', () => {
  it('is asked for again over a new connection, and of a chat that is gone nothing is known', async () => {
    let users = [{ user_id: 'ann', online_at: 'then' }]
    const answers: Answers = {
      get_presence: ({ chat_id }) => (chat_id === 'a' ? { users } : null),
      list_mentions: () => ({ mentions: [] }),
    }
    const { sdk, tell, timesOf } = instance(answers)
    const extended = rich(sdk)
    await extended.getPresence('a')
    tell('presence_changed', { chat: 'a', joins: [{ user_id: 'ben', online_at: 'now' }], leaves: [] })
    expect(Object.keys(extended.chat('a').presence)).toEqual(['ann', 'ben'])
    users = []
    tell('connection_restored')
    await settled()
    expect([timesOf('get_presence'), extended.chat('a').presence]).toEqual([2, {}])
    delete answers['get_presence']
    tell('connection_restored')
    await settled()
    const late: unknown[] = []
    extended.chat('a').on('presence', (data) => late.push(data))
    await settled()
    expect(late).toEqual([])
  })
})

describe('mentions', () => {
  it('that were missed are told once, whichever way they come', async () => {
    const missed = { chat_id: 'a', event_id: 'e1', author_id: 'ann' }
    const { sdk, tell } = instance({ list_mentions: () => ({ mentions: [missed] }) })
    const told: unknown[] = []
    rich(sdk).on('user_mentioned' as never, ((data: unknown) => told.push(data)) as never)
    tell('connected')
    await settled()
    tell('user_mentioned', { chat: 'a', event: 'e1', author_id: 'ann', user_seq: 4 })
    tell('user_mentioned', { chat: 'a', event: 'e2', user_seq: 5 })
    expect(told).toEqual([
      { chat: 'a', event: 'e1', author_id: 'ann' },
      { chat: 'a', event: 'e2', user_seq: 5 },
    ])
  })
})

describe('chat_updated', () => {
  const event = (seq: number, more: object = {}) => ({
    id: `e${seq}`,
    type: 'message',
    thread: 't',
    timestamp: 1,
    seq,
    author: 'ann',
    ...more,
  })

  it('tells of the last event only, of its edits, and of one’s own messages', async () => {
    const { sdk, tell } = instance()
    const extended = rich(sdk)
    const told: unknown[] = []
    extended.on('chat_updated', (update) => void told.push(update))
    tell('new_event', { chat: 'a', event: event(5, { text: '🦊'.repeat(90) }) })
    tell('event_updated', { chat: 'a', event: event(4, { text: 'older' }) })
    tell('event_deleted', { chat: 'a', event: event(5, { deleted_at: 'now' }) })
    tell('chat_updated', { chat: 'a', name: 'Trip' })
    await extended.sendMessage('a', 'mine')
    tell('new_event', { chat: 'a', event: event(10, { attachments: [{ name: 'a.png' }] }) })
    expect(told).toEqual([
      { chat: 'a', preview: '🦊'.repeat(80), seq: 5, by_user_id: 'ann' },
      { chat: 'a', seq: 5, by_user_id: 'ann' },
      { chat: 'a', name: 'Trip', by_user_id: null },
      { chat: 'a', preview: 'mine', seq: 9, by_user_id: 'me' },
      { chat: 'a', preview: 'a.png', seq: 10, by_user_id: 'ann' },
    ])
  })
})

describe('a list of chats', () => {
  const listed = (...chats: object[]) => ({ chats_summary: chats })
  const ids = ({ chats }: ChatListState) => chats.map(({ id }) => id)

  it('reads a chat once for much that happens in it, and puts it where it belongs', async () => {
    let at = 3
    const { sdk, tell, timesOf } = instance({
      list_chats: () => listed(chat('a', 2), chat('b', 1)),
      get_chat: ({ chat_id }) => ({ chat: chat(String(chat_id), at++) }),
    })
    const list = rich(sdk).chatList()
    await settled()
    expect(ids(list.state)).toEqual(['a', 'b'])
    for (let times = 0; times < 5; times++) tell('new_event', { chat: 'b', event: { seq: times } })
    await settled()
    expect([ids(list.state), timesOf('get_chat')]).toEqual([['b', 'a'], 2])
    tell('user_chat_added', { chat: 'c' })
    await settled()
    expect(ids(list.state)).toEqual(['c', 'b', 'a'])
    tell('user_chat_removed', { chat: 'b' })
    expect(ids(list.state)).toEqual(['c', 'a'])
    list.close()
    tell('new_event', { chat: 'a', event: { seq: 9 } })
    expect(timesOf('get_chat')).toBe(3)
  })

  it('goes on by pages, begins anew over a new connection, and drops what is not theirs any more', async () => {
    const answers: Answers = {
      list_chats: ({ page_id }) => (page_id ? listed(chat('b', 1)) : { ...listed(chat('a', 2)), next_page_id: 'more' }),
      list_mentions: () => ({ mentions: [] }),
    }
    const { sdk, tell } = instance(answers)
    const list = rich(sdk).chatList({ limit: 1 })
    await settled()
    expect([ids(list.state), list.state.hasMore]).toEqual([['a'], true])
    await list.loadMore()
    await list.loadMore()
    expect([ids(list.state), list.state.hasMore]).toEqual([['a', 'b'], false])
    tell('new_event', { chat: 'b', event: { seq: 1 } })
    await settled()
    expect(ids(list.state)).toEqual(['a'])
    answers['list_chats'] = () => listed(chat('c', 5))
    tell('connection_restored')
    await settled()
    expect(ids(list.state)).toEqual(['c'])
  })
})

describe('users', () => {
  it('that could not be resolved are asked for again, and what was forgotten meanwhile is not remembered', async () => {
    const answers: ((profile: UserProfile | null) => void)[] = []
    let fails = true
    const { users } = rich(instance().sdk, {
      userResolver() {
        if (fails) throw new Error('down')
        return new Promise((resolve) => answers.push(resolve))
      },
    })
    await expect(users.get('ann')).rejects.toThrow('down')
    expect(users.peek('ann')).toBeUndefined()
    fails = false
    const early = users.get('ann')
    await settled()
    users.invalidate('ann')
    const late = users.get('ann')
    await settled()
    answers[1]?.({ displayName: 'Ann' })
    answers[0]?.({ displayName: 'Old' })
    expect([await early, await late]).toEqual([{ displayName: 'Old' }, { displayName: 'Ann' }])
    expect(users.peek('ann')).toEqual({ displayName: 'Ann' })
  })
})

it('the instance stays as it was, what listens is heard of everything, and nothing after the end', () => {
  const { sdk, tell } = instance()
  const before = Object.keys(sdk)
  const extended = rich(sdk)
  const [all, once]: [string[], unknown[]] = [[], []]
  extended.on('*' as never, ((name: string) => all.push(name)) as never)
  extended.once('chat_updated', (update) => void once.push(update))
  const items: unknown[] = []
  ;(extended as unknown as { '@@observable'(): { subscribe(next: (item: unknown) => void): void } })
    ['@@observable']()
    .subscribe((item) => items.push(item))
  tell('thread_closed', { chat: 'a' })
  tell('chat_updated', { chat: 'a' })
  tell('chat_updated', { chat: 'a' })
  extended.destroy()
  tell('thread_closed', { chat: 'a' })
  expect([all, once.length, items.length]).toEqual([['thread_closed', 'chat_updated', 'chat_updated', 'status_changed'], 1, 4])
  expect(Object.keys(sdk)).toEqual(before)
})

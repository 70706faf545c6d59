/** A mention is told once and stays until it was seen, here or anywhere. */
import { signal } from '@preact/signals'
import { afterEach, describe, expect, it } from 'vitest'
import type { AgentEvents } from '../sdk/agent/api.ts'
import type { Chat, ChatListState, ConversationState, Event } from '../sdk/agent/types.ts'
import { createEmitter } from '../sdk/kit/emitter.ts'
import { createMentions } from './mentions.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const settled = () => new Promise((resolve) => setImmediate(resolve))
const USERS = [{ id: 'ada', type: 'customer', name: 'Ada' }]
const listed = (event_id: string, chat_id = 'c') => ({ chat_id, event_id, author_id: 'ada' })

/** Somebody who is signed in as `me`; these mentions came while they were away. */
async function open(missed: object[] = []) {
  const { on, emit } = createEmitter<AgentEvents>()
  const server = { missed }
  const request = async (action: string) => (action === 'list_mentions' ? { mentions: server.missed } : { chat: { users: USERS } }) as never
  const told: string[] = []
  const chats = signal({ chats: [] } as unknown as ChatListState)
  const selected = signal<string | null>(null)
  const inSight = signal<ConversationState | null>(null)
  const tell = (text: string) => void told.push(text)
  const { mentions, called } = createMentions({ sdk: { on, request }, me: 'me', chats, selected, inSight, tell, stops })
  await settled()
  const unread = (count: number, id = 'c') => {
    chats.value = { ...chats.value, chats: [{ id, unread_count: count } as Chat] }
  }
  const look = (unread_count: number, loaded = true) => {
    inSight.value = { id: 'c', loaded, unread_count } as ConversationState
  }
  const name = async (event: string, chat = 'c') => {
    emit('user_mentioned', { chat, event, author_id: 'ada', user_seq: 1 })
    await settled()
  }
  const amend = (mentions?: string[]) => emit('event_updated', { chat: 'c', event: { id: 'e1', mentions } as Event, quote: {} as never })
  return {
    server,
    emit,
    told,
    selected,
    unread,
    look,
    name,
    amend,
    shown: () => [...mentions.value.keys()],
    called: () => [...called.value],
  }
}

describe('a mention', () => {
  it('is told once, by the name of who wrote it', async () => {
    const { name, told, shown } = await open()
    await name('e1')
    await name('e1')
    expect([told, shown()]).toEqual([['Ada mentioned you'], ['c']])
  })

  it('is there at sign-in where it came before, and after a break, and told once', async () => {
    const { server, emit, name, told, shown } = await open([listed('e1'), listed('e2', 'd')])
    expect([told, shown()]).toEqual([['You were mentioned 2 times'], ['c', 'd']])
    server.missed = [listed('e1'), listed('e2', 'd'), listed('e3', 'd')]
    emit('connection_restored', {} as never)
    await settled()
    await name('e3', 'd')
    expect(told).toEqual(['You were mentioned 2 times', 'Ada mentioned you'])
  })

  it('goes when all of its chat was seen, wherever that was', async () => {
    const { unread, name, shown } = await open()
    await name('e1')
    // What it is in comes after the word of it.
    unread(0)
    expect(shown()).toEqual(['c'])
    unread(1)
    unread(0)
    expect(shown()).toEqual([])
  })

  it('does not come back once it was seen', async () => {
    const { server, emit, unread, shown } = await open([listed('e1')])
    server.missed = [listed('e1')]
    unread(1)
    emit('connection_restored', {} as never)
    unread(0)
    await settled()
    expect(shown()).toEqual([])
  })

  it('by an edit, which leaves nothing unread, goes when the chat is looked at', async () => {
    const { look, name, shown } = await open()
    await name('e1')
    look(0, false)
    expect(shown()).toEqual(['c'])
    look(0)
    expect(shown()).toEqual([])
  })

  it('in front of somebody who looks is not told', async () => {
    const { look, name, told, shown } = await open()
    look(1)
    await name('e1')
    expect([told, shown()]).toEqual([[], ['c']])
    look(0)
    expect(shown()).toEqual([])
  })

  it('goes with what it was in, and may come again', async () => {
    const { emit, amend, name, told, shown } = await open()
    await name('e1')
    await name('e2')
    amend(['me', 'ada'])
    emit('event_deleted', { chat: 'c', event: { id: 'e2' } as Event, quote: {} as never })
    expect(shown()).toEqual(['c'])
    amend([])
    expect(shown()).toEqual([])
    await name('e1')
    expect([shown(), told.length]).toEqual([['c'], 3])
    emit('chat_deleted', { chat: 'c' })
    expect(shown()).toEqual([])
  })
})

it('a chat that was opened for one stays listed as long as it is open', async () => {
  const { selected, unread, name, called } = await open()
  await name('e1')
  unread(1)
  selected.value = 'c'
  unread(0)
  expect(called()).toEqual(['c'])
  selected.value = null
  expect(called()).toEqual([])
})

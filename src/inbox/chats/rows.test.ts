/** A row says who, what and since when; a search finds it; the neighbour is the next one. */
import { describe, expect, it } from 'vitest'
import type { Chat, ChatUser, Event } from '../../sdk/agent/types.ts'
import { endOf, isListed, matches, neighbour, rowOf } from './rows.ts'

const at = '2026-03-01T12:00:00.000Z'
const ada: ChatUser = {
  id: 'cust-0001',
  type: 'customer',
  name: 'Ada Lovelace',
  session_fields: [],
  created_at: at,
  present: true,
  seen_seq: 0,
}
const me: ChatUser = { id: 'agent-me', type: 'agent', name: 'Mira', present: true, seen_seq: 0 }
const sam: ChatUser = { id: 'agent-sam', type: 'agent', name: 'Sam', present: true, seen_seq: 0 }

const message = (more: Partial<Event>): Event => ({
  id: 't_1',
  type: 'message',
  thread_id: 't',
  created_at: at,
  seq: 1,
  text: 'Hello',
  ...more,
})

const chat = (more: Partial<Chat> = {}): Chat => ({
  id: 'c1',
  kind: 'support',
  active: true,
  created_at: at,
  seq: 3,
  from_seq: 1,
  users: [ada, me, sam],
  properties: {},
  last_event_per_type: {},
  last_activity_at: at,
  unread_count: 0,
  ...more,
})

const what = (event: Partial<Event>) => rowOf(chat({ last_event: message(event) }), 'agent-me').what

describe('a row', () => {
  it('names the customer', () => {
    expect(rowOf(chat(), null).who).toBe('Ada Lovelace')
  })

  it('tells nameless visitors apart', () => {
    const { name: _, ...nameless } = ada as ChatUser & { name: string }
    expect(rowOf(chat({ users: [nameless as ChatUser] }), null)).toMatchObject({ who: 'Visitor 0001', name: undefined })
    expect(rowOf(chat({ users: [{ ...nameless, email: 'ada@home.test' } as ChatUser] }), null)).toMatchObject({
      who: 'ada@home.test',
      name: 'ada@home.test',
    })
  })

  it('says what was said last, and by whom when it was not the customer', () => {
    expect(what({ author_id: 'cust-0001' })).toBe('Hello')
    expect(what({ author_id: 'agent-me' })).toBe('You: Hello')
    expect(what({ author_id: 'agent-sam' })).toBe('Sam: Hello')
    expect(what({ author_id: 'agent-sam', visibility: 'agents' })).toBe('Note: Hello')
    expect(rowOf(chat(), null).what).toBe('No messages yet')
    const { text: _, ...file } = message({ type: 'file', name: 'photo.png', author_id: 'agent-me' })
    expect(rowOf(chat({ last_event: file }), 'agent-me').what).toBe('You: photo.png')
  })

  it('is one line of bounded length', () => {
    expect(what({ text: 'one\n\n  **two**' })).toBe('one two')
    expect(what({ text: 'x'.repeat(16_000) }).length).toBeLessThanOrEqual(160)
  })

  it('waits only while the chat is open', () => {
    expect(rowOf(chat({ waiting_since: at }), null).waitingSince).toBe(at)
    expect(rowOf(chat({ waiting_since: at, active: false }), null).waitingSince).toBeNull()
  })
})

it('is listed once something was said', () => {
  expect([isListed(chat()), isListed(chat({ last_event: message({}) }))]).toEqual([false, true])
})

it('shows the end of what is typed', () => {
  expect([endOf(' one\ntwo ', 20), endOf('one two three', 5)]).toEqual(['one two', '…three'])
})

describe('searching', () => {
  const row = rowOf(chat({ last_event: message({ text: 'Où est ma commande?' }) }), null)

  it('finds by name and last message, whatever the case and accents', () => {
    expect(matches(row, 'ADA')).toBe(true)
    expect(matches(row, 'ou est')).toBe(true)
    expect(matches(row, 'lovelace commande')).toBe(true)
  })

  it('wants every word', () => {
    expect(matches(row, 'ada refund')).toBe(false)
  })

  it('takes an empty query for everything', () => {
    expect(matches(row, '  ')).toBe(true)
  })
})

describe('the neighbour', () => {
  const rows = ['a', 'b', 'c'].map((id) => rowOf(chat({ id }), null))

  it('is the next and the previous', () => {
    expect(neighbour(rows, 'a', 1)).toBe('b')
    expect(neighbour(rows, 'b', -1)).toBe('a')
  })

  it('ends with the list', () => {
    expect(neighbour(rows, 'c', 1)).toBeNull()
    expect(neighbour(rows, 'a', -1)).toBeNull()
    expect(neighbour([], null, 1)).toBeNull()
  })

  it('starts at the near end when nothing in the list is selected', () => {
    expect(neighbour(rows, null, 1)).toBe('a')
    expect(neighbour(rows, 'gone', -1)).toBe('c')
  })
})

/** What the card over the launcher tells of a chat, and what of it is true by now. */
import { expect, it } from 'vitest'
import type { Chat } from '../../protocol/chats.ts'
import type { Event } from '../../protocol/events.ts'
import { type News, newsNow, newsOf } from './news.ts'

const robin = { id: 'robin', name: 'Robin' }
const event = (more: Partial<Event>) => ({ id: 'e1', type: 'message', author_id: 'robin', text: 'It is **here**', ...more }) as Event
const chat = (last_event: Event, unread_count = 1, id = 'c1') => ({ id, unread_count, users: [robin], last_event }) as unknown as Chat

const HERE = { chat: 'c1', event: 'e1', author: robin, text: 'It is here' } as unknown as News

it('is of the first chat in which something was not seen, in words without marks', () => {
  expect(newsOf([chat(event({ text: 'Seen' }), 0, 'c0'), chat(event({}))])).toEqual(HERE)
  expect(newsOf([chat(event({}), 0)])).toBeUndefined()
})

it('says nothing of what cannot be read, or is gone', () => {
  expect(newsOf([chat({ ...event({ type: 'custom' }), text: undefined } as unknown as Event)])).toBeUndefined()
  expect(newsOf([chat(event({ deleted_at: '2026-01-01T00:00:00Z' }))])).toBeUndefined()
})

it('has a text once it is whole', () => {
  const begun = newsOf([chat(event({ text: 'It', streaming: true }))])
  expect(begun).toEqual({ ...HERE, text: undefined })
  expect(begun && newsNow(begun, [chat(event({ text: 'It is', streaming: true }))])).toEqual(begun)
  expect(begun && newsNow(begun, [chat(event({}))])).toEqual(HERE)
})

it('is what the message says by now, until it is taken back', () => {
  expect(newsNow(HERE, [chat(event({ text: 'It was here' }))])?.text).toBe('It was here')
  expect(newsNow(HERE, [chat(event({ text: undefined as never, deleted_at: '2026-01-01T00:00:00Z' }))])).toBeUndefined()
})

it('stays as it was when something else is said, or the chat is not listed', () => {
  expect(newsNow(HERE, [chat(event({ id: 'e2', text: 'Another' }))])).toBe(HERE)
  expect(newsNow(HERE, [])).toBe(HERE)
})

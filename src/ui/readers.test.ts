/** Who has read up to where. */
import { expect, test } from 'vitest'
import type { ChatUser } from '../protocol/users.ts'
import type { LogItem } from './log-item.ts'
import { createReaders, readersIn } from './readers.ts'

const user = (id: string, seen_seq: number, more: object = {}) => ({ id, seen_seq, present: true, role: 'member', ...more }) as ChatUser
const item = (seq: number, author_id: string): LogItem => {
  const event = { id: `e${seq}`, type: 'message', thread_id: 't', author_id, created_at: '', seq, text: 'x' }
  return { kind: 'event', key: `k${seq}`, seq, event, own: author_id === 'me', delivery: 'sent', error: null }
}
const items = [item(1, 'me'), item(3, 'ada'), item(5, 'me')]
const shown = (users: readonly ChatUser[]) =>
  [...readersIn(items, users, 'me')].map(([key, readers]) => `${key}: ${readers.map(({ id }) => id).join()}`)

test('each of the others stands under the last message that they have seen', () => {
  expect(shown([user('me', 5), user('ada', 5), user('ben', 4), user('cy', 2)])).toEqual(['k5: ada', 'k3: ben', 'k1: cy'])
})

test('nobody stands under what they said themselves, or before they have seen any', () => {
  expect(shown([user('me', 5), user('ada', 4), user('ben', 0)])).toEqual([])
})

test('who has left does not', () => {
  expect(shown([user('me', 5), user('ada', 5), user('ben', 5, { present: false }), user('cy', 5)])).toEqual(['k5: ada,cy'])
})

test('among two, and where support is given, a word has to do', () => {
  expect(shown([user('me', 5), user('ada', 5)])).toEqual([])
  expect(shown(['me', 'ada', 'ben'].map((id) => user(id, 5, { role: undefined })))).toEqual([])
})

test('is worked out again only for something else', () => {
  const readers = createReaders()
  const users = [user('me', 5), user('ada', 5), user('ben', 5)]
  expect(readers(items, users, 'me')).toBe(readers(items, users, 'me'))
  expect(readers(items, [...users], 'me')).not.toBe(readers(items, users, 'me'))
})

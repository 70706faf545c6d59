/** Groups, days and lines of a log. */
import { describe, expect, test } from 'vitest'
import type { EventItem, LogItem } from './log-item.ts'
import { echoKey, isShown, lastOwn, toRows } from './rows.ts'

const day = (time: string, date = 3) => new Date(`2026-03-0${date}T${time}`).toISOString()

let count = 0
function message(at: string, by: 'me' | 'robin' = 'robin', more: Partial<EventItem['event']> = {}): EventItem {
  const key = `k${++count}`
  const event = { id: key, type: 'message', thread_id: 't', author_id: by, created_at: at, seq: count, text: 'x', ...more }
  return { kind: 'event', key, seq: count, event, own: by === 'me', delivery: 'sent', error: null }
}
const shape = (items: LogItem[], before?: LogItem) =>
  toRows(items, before).map((row) => (row.kind === 'message' ? `${row.first ? '[' : '-'}${row.last ? ']' : '-'}` : row.kind))

describe('groups', () => {
  test('one author within two minutes is one group', () =>
    expect(shape([message(day('10:00:00')), message(day('10:01:59')), message(day('10:03:58'))])).toEqual(['day', '[-', '--', '-]']))

  test('two minutes end it', () => expect(shape([message(day('10:00:00')), message(day('10:02:00'))])).toEqual(['day', '[]', '[]']))

  test('another author ends it', () =>
    expect(shape([message(day('10:00:00')), message(day('10:00:01'), 'me'), message(day('10:00:02'))])).toEqual(['day', '[]', '[]', '[]']))

  test('a private note does not join what everyone sees', () =>
    expect(shape([message(day('10:00:00')), message(day('10:00:01'), 'robin', { visibility: 'agents' })])).toEqual(['day', '[]', '[]']))

  test('something that happened ends it', () => {
    const closed: LogItem = { kind: 'thread_closed', key: 'c', seq: 9, at: day('10:00:05'), user_id: null }
    const said = message(day('10:00:06'), 'robin', { type: 'system_message' })
    expect(shape([message(day('10:00:00')), closed, said, message(day('10:00:10'))])).toEqual(['day', '[]', 'line', 'notice', '[]'])
  })
})

describe('days', () => {
  test('a new day is said, also in the middle of a group', () =>
    expect(shape([message(day('23:59:30')), message(day('00:00:10', 4))])).toEqual(['day', '[]', 'day', '[]']))

  test('a window that begins within a day, or within a group, does not begin one', () => {
    const before = message(day('10:00:00'))
    expect(shape([message(day('10:00:30'))], before)).toEqual(['-]'])
    expect(shape([message(day('12:00:00'))], before)).toEqual(['[]'])
  })
})

test('what this version cannot draw is left out', () => {
  const custom = message(day('10:00:00'), 'robin', { type: 'custom', content: { a: 1 } })
  const { text: _, ...event } = custom.event
  expect(isShown({ ...custom, event })).toBe(false)
  expect(isShown({ ...custom, event: { ...event, type: 'file', name: 'photo.png', url: 'https://chat.test/files/1' } })).toBe(true)
  expect(isShown(message(day('10:00:00'), 'robin', { type: 'from_the_future' }))).toBe(true)
})

test('delivery is told under the last own message; an echo is the last item, own and on its way', () => {
  const own = message(day('10:00:00'), 'me')
  const items = [message(day('09:00:00'), 'me'), own, message(day('10:00:01'))]
  expect(lastOwn(items)).toBe(own)
  expect(lastOwn([])).toBeUndefined()
  const note = message(day('10:00:02'), 'me', { visibility: 'agents' })
  expect(lastOwn([...items, note])).toBe(own)
  const echo = { ...note, seq: null, delivery: 'waiting' as const }
  expect(lastOwn([...items, echo])).toBe(echo)
  expect(echoKey(items)).toBeUndefined()
  expect(echoKey([...items, { ...own, key: 'echo', seq: null, delivery: 'waiting' }])).toBe('echo')
})

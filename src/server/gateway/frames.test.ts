/** Frames that are no requests are refused by name, quickly, and whatever was made of them. */
import { describe, expect, test } from 'vitest'
import { readFrame, writeAnswer, writeFailure } from './frames.ts'

const refusalOf = (frame: string) => {
  const read = readFrame(frame)
  if (!('refusal' in read)) throw new Error('it was taken')
  return { type: read.refusal.type, data: read.refusal.data, action: read.action, request_id: read.request_id }
}

test('[CON2] a request keeps its action, id and payload', () => {
  const request = { request_id: 'r1', action: 'send_event', payload: { chat_id: 'c' } }
  expect(readFrame(JSON.stringify(request))).toEqual(request)
  expect(readFrame('{"action":"ping"}')).toEqual({ action: 'ping' })
})

describe('[CON3] refused', () => {
  test.each([
    ['nothing', ''],
    ['no JSON', '{"action":'],
    ['a byte order mark', '\uFEFF{"action":"ping"}'],
    ['null', 'null'],
    ['an array', '[{"action":"ping"}]'],
    ['a number beyond numbers', '1e400'],
  ])('%s', (_, frame) => {
    expect(refusalOf(frame).type).toBe('validation')
  })

  test.each([
    ['an action that is no text', '{"action":{}}', 'action'],
    ['no action', '{"request_id":"r"}', 'action'],
    ['an empty action', '{"action":""}', 'action'],
    ['an endless action', JSON.stringify({ action: 'x'.repeat(65) }), 'action'],
    ['a request_id that is a number', '{"action":"ping","request_id":1}', 'request_id'],
    ['a field of nobody', '{"action":"ping","author_id":"me"}', 'author_id'],
    ['__proto__', '{"action":"ping","__proto__":{"admin":true}}', '__proto__'],
  ])('%s', (_, frame, path) => {
    expect(refusalOf(frame)).toMatchObject({ type: 'validation', data: { path } })
  })

  test('with as much of the envelope as could be read', () => {
    expect(refusalOf('{"action":"send_event","request_id":"r7","more":1}')).toMatchObject({ action: 'send_event', request_id: 'r7' })
  })

  test.each([
    ['a lone surrogate', '{"action":"send_event","payload":{"event":{"text":"\\ud800"}}}', 'payload.event.text'],
    ['U+0000', '{"action":"send_event","payload":{"event":{"text":"a\\u0000b"}}}', 'payload.event.text'],
    [
      'a number that is read as none',
      '{"action":"send_event","payload":{"event":{"content":{"a":[1,-1e999]}}}}',
      'payload.event.content.a.1',
    ],
    ['a lone surrogate in a name', '{"action":"x","payload":{"\\udfff":1}}', 'payload'],
  ])('%s, naming where it stands', (_, frame, path) => {
    expect(refusalOf(frame)).toMatchObject({ type: 'validation', data: { path } })
  })

  test('but not what only looks like it', () => {
    const frame = JSON.stringify({ action: 'x', payload: { text: '👋🏽 \uFFFD ﷽ \u202E' } })
    expect('refusal' in readFrame(frame)).toBe(false)
  })

  test('nesting without end', () => {
    const deep = `{"action":"x","payload":${'['.repeat(30_000)}${']'.repeat(30_000)}}`
    expect(refusalOf(deep).type).toBe('validation')
    expect(refusalOf(`{"action":"x","payload":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`).type).toBe('validation')
  })

  test('70 KB, unparsed, counted in bytes', () => {
    expect(refusalOf(JSON.stringify({ action: 'x', payload: 'x'.repeat(70 * 1024) })).type).toBe('entity_too_large')
    expect(refusalOf(JSON.stringify({ action: 'x', payload: '語'.repeat(22_000) })).type).toBe('entity_too_large')
    expect('refusal' in readFrame(JSON.stringify({ action: 'x', payload: 'é'.repeat(32_000) }))).toBe(false)
  })
})

test('[CON2] answers repeat action and request_id, and leave out what was not there', () => {
  expect(JSON.parse(writeAnswer({ action: 'ping' }, {}))).toEqual({ action: 'ping', type: 'response', success: true, payload: {} })
  const error = { type: 'not_found', message: 'unable to get_chat; there is no such chat' } as const
  expect(JSON.parse(writeFailure({ action: 'get_chat', request_id: 'r' }, error))).toEqual({
    request_id: 'r',
    action: 'get_chat',
    type: 'response',
    success: false,
    payload: { error },
  })
})

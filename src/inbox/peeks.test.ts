/** A peek lasts as long as its author types. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { TYPING_EXPIRES_MS } from '../protocol/limits.ts'
import type { AgentEvents } from '../sdk/agent/api.ts'
import type { Event } from '../sdk/agent/types.ts'
import { createEmitter } from '../sdk/kit/emitter.ts'
import { createPeeks } from './peeks.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function listening() {
  const { on, emit } = createEmitter<AgentEvents>()
  const stops: (() => void)[] = []
  const peeks = createPeeks({ on }, stops)
  const type = (text: string) => emit('sneak_peek', { chat: 'c', user: 'ada', text })
  const say = (author_id: string) =>
    emit('new_event', { chat: 'c', event: { id: 'e', type: 'message', thread_id: 't', created_at: '', seq: 1, author_id } satisfies Event })
  return { emit, type, say, peeks, stops, shown: () => peeks.value.get('c')?.text }
}

it('shows the latest text', () => {
  const { type, shown } = listening()
  type('Whe')
  type('Where')
  expect(shown()).toBe('Where')
})

it('ends with a pause, counted from the last key', () => {
  const { type, shown } = listening()
  type('Whe')
  vi.advanceTimersByTime(TYPING_EXPIRES_MS - 1)
  type('Where')
  vi.advanceTimersByTime(TYPING_EXPIRES_MS - 1)
  expect(shown()).toBe('Where')
  vi.advanceTimersByTime(1)
  expect(shown()).toBeUndefined()
})

it("ends with the author's message, with an emptied field and with the thread, and not with another's message", () => {
  const { emit, type, say, shown } = listening()
  type('Where')
  say('mira')
  expect(shown()).toBe('Where')
  say('ada')
  expect(shown()).toBeUndefined()
  type('And')
  type('')
  expect(shown()).toBeUndefined()
  type('And')
  emit('thread_closed', { chat: 'c' })
  expect(shown()).toBeUndefined()
})

it('leaves no timer behind', () => {
  const { type, stops } = listening()
  type('Where')
  for (const stop of stops) stop()
  expect(vi.getTimerCount()).toBe(0)
})

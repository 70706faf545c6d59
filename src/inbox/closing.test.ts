/** A key closes nothing that cannot be called off. */
import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createClosing, UNDO_MS } from './closing.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function at(chat: string) {
  const closed: string[] = []
  const selected = signal<string | null>(chat)
  const stops: (() => void)[] = []
  const closeChat = async (id: string) => void closed.push(id)
  return { closed, selected, stops, desk: createClosing({ sdk: { closeChat }, selected, problem: signal(null), stops }) }
}

it('closes at once by the button', async () => {
  const { closed, desk } = at('a')
  await desk.closeChat()
  expect(closed).toEqual(['a'])
})

it('closes after a moment by a key, also when its agent has moved on', () => {
  const { closed, desk, selected } = at('a')
  desk.closeChatSoon()
  selected.value = 'b'
  vi.advanceTimersByTime(UNDO_MS - 1)
  expect([closed, desk.closingSoon.value]).toEqual([[], 'a'])
  vi.advanceTimersByTime(1)
  expect([closed, desk.closingSoon.value]).toEqual([['a'], null])
})

it('does nothing when it is called off, or the desk is cleared', () => {
  const { closed, desk, stops } = at('a')
  desk.closeChatSoon()
  desk.keepOpen()
  desk.closeChatSoon()
  for (const stop of stops) stop()
  vi.advanceTimersByTime(UNDO_MS)
  expect([closed, desk.closingSoon.value]).toEqual([[], null])
})

it('closes the first when the next is to be closed, and by the button only once', async () => {
  const { closed, desk, selected } = at('a')
  desk.closeChatSoon()
  selected.value = 'b'
  desk.closeChatSoon()
  expect(closed).toEqual(['a'])
  await desk.closeChat()
  vi.advanceTimersByTime(UNDO_MS)
  expect(closed).toEqual(['a', 'b'])
})

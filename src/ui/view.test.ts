/** A value in a cell. */
import { expect, test, vi } from 'vitest'
import { createCell } from './view.ts'

test('tells of a change, once, and not of none', () => {
  const cell = createCell(1)
  const heard = vi.fn()
  const stop = cell.subscribe(heard)
  cell.set(1)
  cell.set(2)
  expect(heard.mock.calls).toEqual([[2]])
  expect(cell.state).toBe(2)
  stop()
  cell.set(3)
  expect(heard).toHaveBeenCalledTimes(1)
})

test('a listener that leaves while it is told harms no other', () => {
  const cell = createCell('a')
  const second = vi.fn()
  const stop = cell.subscribe(() => stop())
  cell.subscribe(second)
  cell.set('b')
  expect(second).toHaveBeenCalledWith('b')
})

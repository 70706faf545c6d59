/** Listeners hear what they asked for, until they no longer want to, and cannot harm one another. */
import { expect, it, vi } from 'vitest'
import { createEmitter } from './emitter.ts'

interface Happenings {
  one: number
  two: string
}

it('tells each listener what it listens for, in the order they came', () => {
  const { on, emit } = createEmitter<Happenings>()
  const heard: string[] = []
  on('one', (n) => heard.push(`first ${n}`))
  on('one', (n) => heard.push(`second ${n}`))
  on('two', (text) => heard.push(text))
  emit('one', 1)
  emit('two', 'two')
  expect(heard).toEqual(['first 1', 'second 1', 'two'])
})

it("tells '*' everything, by name, after those who asked for it", () => {
  const { on, emit } = createEmitter<Happenings>()
  const heard: unknown[] = []
  on('*', (name, data) => heard.push([name, data]))
  on('one', (n) => heard.push(n))
  emit('one', 1)
  emit('two', 'b')
  expect(heard).toEqual([1, ['one', 1], ['two', 'b']])
})

it('stops by the returned function, by off, and for all by clear', () => {
  const { on, off, emit, clear } = createEmitter<Happenings>()
  const [first, second, third, every] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()]
  const stop = on('one', first)
  on('one', second)
  on('one', third)
  on('*', every)
  stop()
  stop()
  off('one', second)
  emit('one', 1)
  off('*', every)
  emit('one', 2)
  clear()
  emit('one', 3)
  expect([first, second, third, every].map(({ mock }) => mock.calls.length)).toEqual([0, 0, 2, 1])
})

it('tells all who listened when it began, though one stops another or itself meanwhile', () => {
  const { on, emit } = createEmitter<Happenings>()
  const second = vi.fn()
  const stopAll = () => {
    for (const stop of stops) stop()
  }
  const stops = [on('one', stopAll), on('one', second)]
  emit('one', 1)
  emit('one', 2)
  expect(second).toHaveBeenCalledTimes(1)
})

it('lets the page hear of a listener that throws, and the other listeners of what happened', async () => {
  const reported: unknown[] = []
  const here = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', (error) => reported.push(error))
  const { on, emit } = createEmitter<Happenings>()
  const [second, every] = [vi.fn(), vi.fn()]
  const fault = new Error('a fault of the page')
  on('one', () => {
    throw fault
  })
  on('one', second)
  on('*', every)
  expect(() => emit('one', 1)).not.toThrow()
  expect(reported).toEqual([])
  await new Promise((resolve) => setTimeout(resolve))
  process.removeAllListeners('uncaughtException')
  for (const listener of here) process.on('uncaughtException', listener)
  expect(reported).toEqual([fault])
  expect([second, every].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
})

/** The clock moves only when told and runs timers in one order. */
import { expect, test } from 'vitest'
import { createClock } from './clock.ts'

test('timers run by time, then by when they were asked for', async () => {
  const clock = createClock({ start: 0 })
  const ran: string[] = []
  clock.after(20, () => ran.push(`late at ${clock.now()}`))
  clock.after(10, () => ran.push('first'))
  clock.after(10, () => ran.push('second'))
  await clock.advance(9)
  expect(ran).toEqual([])
  await clock.advance(11)
  expect(ran).toEqual(['first', 'second', 'late at 20'])
})

test('a timer asked for by a timer runs in the same advance, and a cancelled one never', async () => {
  const clock = createClock({ start: 0 })
  const ran: number[] = []
  const cancel = clock.after(5, () => ran.push(-1))
  clock.after(1, () => {
    cancel()
    clock.after(2, () => ran.push(clock.now()))
  })
  await clock.advance(10)
  expect(ran).toEqual([3])
  expect(clock.now()).toBe(10)
  expect(clock.next()).toBeNull()
})

test('promises that a timer sets off settle before the next timer', async () => {
  const clock = createClock({ start: 0 })
  const ran: string[] = []
  clock.after(1, () => void Promise.resolve().then(() => ran.push('promise')))
  clock.after(2, () => ran.push('timer'))
  await clock.advance(2)
  expect(ran).toEqual(['promise', 'timer'])
})

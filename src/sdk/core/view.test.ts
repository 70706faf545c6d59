/** State that is built when somebody looks, and told of once for all that happens in one go. */
import { expect, it, vi } from 'vitest'
import { createView } from './view.ts'

const soon = () => new Promise<void>((resolve) => queueMicrotask(resolve))

it('is built when it is looked at, and again only after a change', () => {
  const build = vi.fn(() => ({}))
  const view = createView(build)
  expect(build).not.toHaveBeenCalled()
  const first = view.state
  expect([view.state, view.state]).toEqual([first, first])
  view.touch()
  expect(build).toHaveBeenCalledTimes(1)
  expect(view.state).not.toBe(first)
  expect(build).toHaveBeenCalledTimes(2)
})

it('tells once of many changes, with the state as it is by then', async () => {
  let count = 0
  const view = createView(() => count)
  const heard: number[] = []
  view.subscribe((state) => heard.push(state))
  for (; count < 5; count++) view.touch()
  expect(heard).toEqual([])
  await soon()
  expect(heard).toEqual([5])
})

it('tells nobody who has stopped, and builds nothing for nobody', async () => {
  const build = vi.fn(() => 1)
  const view = createView(build)
  const listener = vi.fn()
  view.subscribe(listener)()
  view.touch()
  await soon()
  expect([listener.mock.calls.length, build.mock.calls.length]).toEqual([0, 0])
})

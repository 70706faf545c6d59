/** Which of a platform's signs mean that it woke, and which that it is gone. */
import { afterEach, expect, it, vi } from 'vitest'
import { onWake } from './signals.ts'

afterEach(() => vi.unstubAllGlobals())

function openPage() {
  const [page, document] = [new EventTarget(), Object.assign(new EventTarget(), { hidden: false })]
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  vi.stubGlobal('document', document)
  const heard: string[] = []
  const stop = onWake(
    () => heard.push('wake'),
    () => heard.push('gone'),
  )
  const say = (target: EventTarget, type: string, persisted?: boolean) => {
    heard.length = 0
    target.dispatchEvent(Object.assign(new Event(type), { persisted }))
    return heard.join()
  }
  return { page, document, say, stop }
}

it('tells waking and going by the platform’s signs', () => {
  const { page, document, say } = openPage()
  expect([say(page, 'online'), say(page, 'offline')]).toEqual(['wake', 'gone'])
  expect([say(document, 'resume'), say(document, 'freeze')]).toEqual(['wake', 'gone'])
  expect(say(document, 'visibilitychange')).toBe('wake')
  document.hidden = true
  expect(say(document, 'visibilitychange')).toBe('')
})

it('minds only pages that are kept for coming back', () => {
  const { page, say } = openPage()
  expect([say(page, 'pagehide', true), say(page, 'pageshow', true)]).toEqual(['gone', 'wake'])
  expect([say(page, 'pagehide', false), say(page, 'pageshow', false)]).toEqual(['', ''])
})

it('stops, and is not needed', () => {
  const { page, document, say, stop } = openPage()
  stop()
  expect([say(page, 'online'), say(document, 'freeze')]).toEqual(['', ''])
  vi.unstubAllGlobals()
  vi.stubGlobal('addEventListener', undefined)
  vi.stubGlobal('removeEventListener', undefined)
  expect(() =>
    onWake(
      () => {},
      () => {},
    )(),
  ).not.toThrow()
})

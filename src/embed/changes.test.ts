/** What becomes of properties: options at first, changes later, and where neither will do. */
import { describe, expect, test, vi } from 'vitest'
import { canBecome, changesOf, hooksOf, optionsOf } from './changes.ts'
import type { WidgetProps } from './props.ts'

const base: WidgetProps = { license: 1, clientId: 'demo', server: 'https://chat.example' }
const noHooks = hooksOf(() => base)

test('what is not set is not said, and what is a framework’s is not either', () => {
  const props = { ...base, theme: undefined, brand: '#0a6b5d', open: true, token: 'x', nonce: 'y', loader: true, onOpen: () => {} }
  expect(optionsOf(props, null)).toEqual({ ...base, brand: '#0a6b5d', open: true })
})

describe('changes', () => {
  const words = { openChat: 'Ask us' }
  test.each([
    ['nothing', {}, {}, null],
    ['the same words, written anew', { words }, { words: { ...words } }, null],
    ['other words', { words }, { words: { openChat: 'Help' } }, { words: { openChat: 'Help' } }],
    ['no words any more', { words }, {}, { words: {} }],
    ['a theme, and a side', { theme: 'dark' }, { theme: 'light', position: 'left' }, { theme: 'light', position: 'left' }],
    ['no theme any more', { theme: 'dark' }, { theme: undefined }, { theme: 'auto' }],
    ['a launcher again', { launcher: false }, {}, { launcher: true }],
    ['consent', { consent: 'required' }, { consent: 'granted' }, { consent: true }],
    ['consent withdrawn', { consent: 'granted' }, { consent: 'required' }, { consent: false }],
    ['what counts at first only', { open: false, load: 'idle' }, { open: true, load: 'eager' }, null],
  ] as [string, Partial<WidgetProps>, Partial<WidgetProps>, object | null][])('%s', (_, before, after, changes) => {
    expect(changesOf({ ...base, ...before }, { ...base, ...after }, noHooks)).toEqual(changes)
  })

  test('a hook written anew is none, and the last one is asked', () => {
    const [first, last] = [vi.fn(() => false), vi.fn(() => true)]
    let props: WidgetProps = { ...base, beforeOpen: first }
    const hooks = hooksOf(() => props)
    const { beforeOpen } = hooks(props)
    const before = props
    props = { ...base, beforeOpen: last }
    expect(changesOf(before, props, hooks)).toBeNull()
    expect(beforeOpen?.()).toBe(true)
    expect([first.mock.calls.length, last.mock.calls.length]).toEqual([0, 1])
    expect(changesOf(props, base, hooks)).toEqual({ beforeOpen: undefined })
  })

  test('`false` of a hook is an answer', () => {
    const hooks = hooksOf(() => ({ ...base, beforeSend: () => false, beforeOpen: () => false }))
    const { beforeSend, beforeOpen } = hooks({ ...base, beforeSend: () => false, beforeOpen: () => false })
    expect([beforeSend?.({ type: 'message', text: 'a' }), beforeOpen?.()]).toEqual([false, false])
  })
})

test.each([
  ['another look', { theme: 'dark' }, { theme: 'light' }, true],
  ['the same license as a number and as text', { license: 7 }, { license: '7' }, true],
  ['another client id', {}, { clientId: 'other' }, false],
  ['no brand any more', { brand: '#0a6b5d' }, {}, false],
] as [string, Partial<WidgetProps>, Partial<WidgetProps>, boolean][])('%s: the same widget? ', (_, before, after, isSame) => {
  expect(canBecome({ ...base, ...before }, { ...base, ...after })).toBe(isSame)
})

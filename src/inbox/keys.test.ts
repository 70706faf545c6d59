/** Keys are commands only when nobody is typing and no combination was meant. */
import { describe, expect, it } from 'vitest'
import { commandOf, type KeyPress, keyOf, SHORTCUTS } from './keys.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  defaultPrevented: false,
  ...more,
})

describe('keys', () => {
  it.each(SHORTCUTS)('%s means %s', (key, command) => {
    expect(commandOf(press(key), false)).toBe(command)
  })

  it('has no key twice', () => {
    expect(new Set(SHORTCUTS.map(([key]) => key)).size).toBe(SHORTCUTS.length)
  })

  it('can be named', () => {
    expect(keyOf('next')).toBe('j')
  })

  it('takes capitals as their letters', () => {
    expect(commandOf(press('J'), false)).toBe('next')
  })

  it('leaves typing alone', () => {
    for (const [key] of SHORTCUTS) expect(commandOf(press(key), true)).toBeNull()
  })

  it('leaves combinations to the browser', () => {
    expect(commandOf(press('r', { ctrlKey: true }), false)).toBeNull()
    expect(commandOf(press('r', { metaKey: true }), false)).toBeNull()
    expect(commandOf(press('e', { altKey: true }), false)).toBeNull()
  })

  it('leaves what an input method composes alone, and what was handled already', () => {
    expect(commandOf(press('e', { isComposing: true }), false)).toBeNull()
    expect(commandOf(press('e', { defaultPrevented: true }), false)).toBeNull()
  })

  it('walks on while a key is held, but closes no second chat', () => {
    expect(commandOf(press('j', { repeat: true }), false)).toBe('next')
    expect(commandOf(press('e', { repeat: true }), false)).toBeNull()
  })

  it('knows no other key', () => {
    expect(commandOf(press('x'), false)).toBeNull()
    expect(commandOf(press('Enter'), false)).toBeNull()
    expect(commandOf(press('__proto__'), false)).toBeNull()
  })
})

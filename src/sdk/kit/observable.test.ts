/** The interop points by which stream libraries take events in. */
import { afterEach, describe, expect, it } from 'vitest'
import { createEmitter } from './emitter.ts'
import { observable } from './observable.ts'

interface Interop {
  subscribe(observer: unknown): { (): void; unsubscribe(): void }
}

afterEach(() => void Reflect.deleteProperty(Symbol, 'observable'))

function create() {
  const { on, emit } = createEmitter<{ said: string }>()
  const target = observable((next: (text: unknown) => void) => on('said', next))
  return { target, say: (text: string) => emit('said', text) }
}

describe('a stream of events', () => {
  it("stands at '@@observable', and the stream is its own", () => {
    const { target } = create()
    const stream = target['@@observable']()
    expect((stream as unknown as typeof target)['@@observable']()).toBe(stream)
  })

  it('feeds observers and functions from when they subscribe until they unsubscribe', () => {
    const { target, say } = create()
    const stream = target['@@observable']() as Interop
    const [observed, called]: string[][] = [[], []]
    say('before')
    const one = stream.subscribe({ next: ([text]: [string]) => observed?.push(text) })
    const two = stream.subscribe(([text]: [string]) => called?.push(text))
    stream.subscribe({})
    say('a')
    one.unsubscribe()
    say('b')
    two()
    say('c')
    expect([observed, called]).toEqual([['a'], ['a', 'b']])
  })

  it('keeps an observer’s `this`', () => {
    const { target, say } = create()
    const observer = {
      heard: [] as string[],
      next([text]: [string]) {
        this.heard.push(text)
      },
    }
    ;(target['@@observable']() as Interop).subscribe(observer)
    say('a')
    expect(observer.heard).toEqual(['a'])
  })

  it('stands at Symbol.observable only where that is defined', () => {
    expect(Object.getOwnPropertySymbols(create().target)).toEqual([])
    const symbol = Symbol('observable')
    Object.defineProperty(Symbol, 'observable', { value: symbol, configurable: true })
    const { target } = create()
    const at = (object: unknown) => (object as Record<symbol, (() => Interop) | undefined>)[symbol]?.()
    expect(at(target)).toBe(target['@@observable']())
    expect(at(at(target))).toBe(at(target))
  })
})

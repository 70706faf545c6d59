/** What goes over the wire is the same text on every page, whatever the page has done to JSON. */
import { afterEach, describe, expect, it } from 'vitest'
import { encode } from './json.ts'

const values: Readonly<Record<string, unknown>> = {
  'a request': { request_id: '1', action: 'login', payload: { token: 't', chats: [{ chat_id: 'a', seq: 3 }], epoch: undefined } },
  'an empty list': { list: [], nested: [[], [[1]]] },
  'an empty object': {},
  'text that needs care': { text: 'a "quoted" \\ \n \u2028 \ud83d\ude00 \ud800 ünï' },
  'a name that needs care': { 'na"me': 1, '': 2, __proto__: null },
  numbers: [0, -0, 1.5, 1e21, Number.NaN, Number.POSITIVE_INFINITY],
  'nothing in a list': [undefined, null],
  'true and false': [true, false],
  'a text': 'text',
  'a date': { at: new Date(0), list: [new Date(1_700_000_000_123)] },
  nothing: null,
}

/** What Prototype.js 1.6 adds to every page that loads it. */
function loadPrototypeJs(): void {
  const toJSON = { configurable: true, writable: true, enumerable: true }
  Object.defineProperty(Array.prototype, 'toJSON', {
    ...toJSON,
    value(this: unknown[]) {
      return `[${this.join(', ')}]`
    },
  })
  Object.defineProperty(Date.prototype, 'toJSON', {
    ...toJSON,
    value(this: Date) {
      return `"${this.toISOString()}"`
    },
  })
  Object.defineProperty(Object.prototype, 'forAll', { ...toJSON, value() {} })
}

const dateToJSON = Date.prototype.toJSON
afterEach(() => {
  Date.prototype.toJSON = dateToJSON
  for (const [holder, name] of [
    [Array.prototype, 'toJSON'],
    [Object.prototype, 'forAll'],
  ] as const) {
    Reflect.deleteProperty(holder, name)
  }
})

describe('what is encoded', () => {
  for (const [name, value] of Object.entries(values)) {
    it(`is what JSON says of ${name}, also where a page has changed it`, () => {
      const plain = JSON.stringify(value)
      expect(encode(value)).toBe(plain)
      loadPrototypeJs()
      expect(encode(value)).toBe(plain)
    })
  }

  it('is no date that there is not', () => {
    expect(() => encode({ at: new Date(Number.NaN) })).toThrow(RangeError)
  })

  it('stands on a page where the encoder of JSON does not', () => {
    loadPrototypeJs()
    expect(JSON.stringify({ list: [1] })).not.toBe('{"list":[1]}')
    expect(encode({ list: [1] })).toBe('{"list":[1]}')
  })
})

/**
 * JSON that comes out the same on every page. Prototype.js up to 1.6 gives arrays a `toJSON` that makes strings of them,
 * and a page may add to `Object.prototype`; so what is there counts, and not what `toJSON` has made of it.
 */
export function encode(value: unknown): string {
  const asItIs = function (this: Record<string, unknown>, name: string) {
    const own = this[name]
    // By its own words for it, since `toJSON` may be the page's. A date that is none throws.
    return own instanceof Date ? own.toISOString() : own
  }
  return JSON.stringify(value, asItIs) ?? 'null'
}

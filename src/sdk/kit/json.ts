/**
 * JSON that comes out the same on every page. Prototype.js up to 1.6 gives arrays a `toJSON` that makes strings of them,
 * and a page may add to `Object.prototype`; so only strings, numbers and the like are left to the page's own encoder.
 */
export function encode(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  // By its own words for it, since `toJSON` may be the page's. A date that is none throws.
  if (value instanceof Date) return encode(value.toISOString())
  const parts: string[] = []
  if (Array.isArray(value)) {
    for (const item of value) parts.push(encode(item))
    return `[${parts}]`
  }
  for (const [name, field] of Object.entries(value)) {
    if (field !== undefined) parts.push(`${JSON.stringify(name)}:${encode(field)}`)
  }
  return `{${parts}}`
}

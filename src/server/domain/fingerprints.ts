/** What a repeated request is compared by: a digest of its content, the same for the same content however it is spelled. */
import { createHash } from 'node:crypto'

export const fingerprint = (content: unknown): string => createHash('sha256').update(canonical(content)).digest('base64url')

/** JSON with its keys in order and without absent fields. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}

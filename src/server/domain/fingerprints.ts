/** What a repeated request is compared by: a digest of its content, the same for the same content however it is spelled. */
import { hash } from 'node:crypto'

export const fingerprint = (content: unknown): string => hash('sha256', canonical(content), 'base64url')

/** JSON with its keys in order and without absent fields. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  let fields = ''
  for (const name of Object.keys(value).sort()) {
    const field: unknown = value[name as keyof typeof value]
    if (field !== undefined) fields += `${fields && ','}${JSON.stringify(name)}:${canonical(field)}`
  }
  return `{${fields}}`
}

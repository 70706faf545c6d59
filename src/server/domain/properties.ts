/** Properties: data of the site's own on a chat, a thread or an event. They travel with every copy of it, so they are kept small. */
import { MAX_PROPERTIES_BYTES } from '../../protocol/limits.ts'
import type { Properties } from '../../protocol/properties.ts'
import { tooLarge } from './refusal.ts'

/** Refuses what the schema cannot: the size in bytes of the whole. */
export function checkProperties(action: string, properties: Properties | undefined, path: string): void {
  if (properties === undefined || Buffer.byteLength(JSON.stringify(properties)) <= MAX_PROPERTIES_BYTES) return
  throw tooLarge(action, path, MAX_PROPERTIES_BYTES)
}

/** Where a listing goes on, as a text that tells its reader nothing. */
import { invalid } from './refusal.ts'

export const writeCursor = (place: readonly unknown[]): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** `read` finds the place in what was said, or null. */
export function readCursor<C>(action: string, field: string, cursor: string, read: (said: unknown[]) => C | null): C {
  try {
    const said: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const found = Array.isArray(said) ? read(said) : null
    if (found !== null) return found
  } catch {
    // Falls through to the refusal: the text is not one that a listing gave out.
  }
  throw invalid(action, field, 'is not one that was given out')
}

/** What stands under the name `Porchlight` before the widget is there: a function that keeps the calls, and what a loader left for the widget. */
import type { Settings } from './settings.ts'

export interface Queue {
  (...call: unknown[]): void
  q?: ArrayLike<unknown>[]
  /** What the loader's script tag says: a module has none of its own. */
  settings?: Settings | null
}

/** The widget itself has verbs. */
export function isPorchlight(found: unknown): boolean {
  return typeof found === 'function' && 'destroy' in found
}

export function queueOf(found: unknown): Queue | null {
  return typeof found === 'function' && !isPorchlight(found) ? (found as Queue) : null
}

/** The page's global object, as far as we write on it. */
export const page: { Porchlight?: unknown } = globalThis as typeof globalThis & { Porchlight?: unknown }

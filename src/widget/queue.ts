/** What stands under the name `Porchlight` before the widget is there: a function that keeps the calls, and what a loader left for the widget. */

export interface Queue {
  (...call: unknown[]): void
  q?: ArrayLike<unknown>[]
  /** The loader's script tag: a module has none of its own. */
  tag?: HTMLScriptElement
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

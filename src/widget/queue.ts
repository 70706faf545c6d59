/** What stands under the name `Porchlight`, or another that a tag has chosen, before the widget is there: a function that keeps the calls, and what a loader left for the widget. */
import { complain, type Settings } from './settings.ts'

/** A verb with what belongs to it. */
export interface Call extends ArrayLike<unknown> {
  /** For whoever wants what the widget returns, once it is there. */
  answer?(returned: unknown): void
}

export interface Queue {
  (...call: unknown[]): void
  q?: Call[]
  /** What the script tag says. The widget shows it too, so that another tag sees whose chat it is. */
  settings?: Settings | null
}

/** The page's global object, as far as we write on it. */
export const page = globalThis as unknown as Record<string, unknown>

/** What a page calls the widget of this tag. */
export const nameOf = (tag: HTMLScriptElement | null): string => tag?.dataset.global || 'Porchlight'

/** The widget itself has verbs. */
export function isPorchlight(found: unknown): boolean {
  return typeof found === 'function' && 'destroy' in found
}

export function queueOf(found: unknown): Queue | null {
  return typeof found === 'function' && !isPorchlight(found) ? (found as Queue) : null
}

/** Whether a tag's script, or its loader, has the name already. A second project under the same name is the site's mistake. */
export function isTaken(name: string, settings: Settings | null): boolean {
  const { settings: first } = (page[name] ?? {}) as Partial<Queue>
  if (first && settings && (first.license !== settings.license || first.clientId !== settings.clientId)) {
    complain(`${name} is another chat already; the tag needs a data-global`)
  }
  // One that came along with another project's script is nobody's yet, and has no settings.
  return first !== undefined
}

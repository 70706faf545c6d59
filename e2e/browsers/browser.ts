/** A browser that may be on the machine, and what of it a visitor can use. */
import type { Remote } from './remote.ts'

export interface Running {
  /** Name and version, as it gives them. */
  readonly name: string
  readonly tab: Remote
  stop(): Promise<void>
}

export interface BrowserKind {
  readonly name: string
  /** The Debian packages that bring what is missing here; none where all is there. */
  readonly missing: readonly string[]
  start(): Promise<Running>
}

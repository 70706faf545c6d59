/** What people say in a storm, in words or by a file, and what became of it. */
import type { Tab } from '../../src/testing/environment.ts'
import type { Reference } from './person.ts'

/** One stretch of a tab's life in which it speaks for one customer. */
export interface Stretch {
  /** Who it was; null as long as nobody has said. */
  readonly owner: string | null
  /** Another one has followed. */
  readonly over: boolean
}

/** Its words are said once in the whole storm, so they can be found again anywhere. */
export interface Saying {
  /** The person's name. */
  readonly by: string
  /** The text, or the file's name. */
  readonly words: string
  /** What is in the file, where it is one. */
  readonly bytes: Uint8Array<ArrayBuffer> | null
  readonly customId: string | null
  readonly note: boolean
  readonly refers: Reference
  /** Nothing that can be stored, or nothing that may be said here: it has to fail, and to be seen failing. */
  readonly hopeless: boolean
  /** Where it was said. */
  readonly tab: Tab
  readonly stretch: Stretch
  /** The chat, by the id that it had then; null for one that begins with it. */
  readonly chat: string | null
  /** Whether it was kept before its tab could be killed. */
  kept: boolean
  outcome: 'unknown' | 'sent' | 'failed'
  /** The event it became, as it was acknowledged. */
  event: Acknowledged | null
  error: unknown
  /** Files may be sent more than once under one name. */
  again: boolean
}

export interface Acknowledged {
  readonly id: string
  /** Not everybody is told. */
  readonly seq?: number
}

export const codeOf = ({ error }: Saying): string => (error as { code?: string } | null)?.code ?? String(error)

/** It was taken back, and whoever took it back was told that it is. */
export const isCancelled = (saying: Saying): boolean => saying.outcome === 'failed' && codeOf(saying) === 'CANCELLED'

/** A file was to be taken back, and the server could not say in time whether it was. */
export const isUndecided = (saying: Saying): boolean =>
  saying.bytes !== null && codeOf(saying) === 'REQUEST_TIMEOUT' && (saying.error as { outcomeKnown?: boolean }).outcomeKnown === false

/** The chat is not theirs, or not any more. */
export const isOutCode = (code: string): boolean => code === 'MISSING_ACCESS' || code === 'NOT_FOUND'

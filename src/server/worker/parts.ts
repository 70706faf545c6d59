/** What the worker works with; all that comes from outside enters here, so that a test can replace any of it. */
import type { FileAddresses } from '../domain/context.ts'
import type { Store } from '../store/store.ts'

/** A request that tells an endpoint something. */
export interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Of an answer what matters: nothing of its content. */
export interface Answer {
  readonly status: number
  readonly retry_after: string | null
}

/** Why there was no answer, in words that its reader may have. */
export class Unanswered extends Error {}

/** Sends it there, and nowhere else. Rejects when there was no answer, and when the signal says that it took too long. */
export type Send = (post: Post, signal: AbortSignal) => Promise<Answer>

/** What is said of one delivery beside its outcome. */
export type Fields = Readonly<Record<string, unknown>>

export type Counted = 'delivered' | 'failed' | 'given_up'

export interface WorkerParts {
  readonly store: Store
  readonly send: Send
  /** How files are reached by those who are told of them. */
  files(): FileAddresses
  readonly clock: {
    /** Unix time in ms. */
    now(): number
    /** Calls back once; returns the way to cancel. */
    after(ms: number, callback: () => void): () => void
  }
  readonly log: {
    warn(fields: Fields, message: string): void
    error(fields: Fields, message: string): void
  }
  /** A number from 0 up to 1, for spreading what must not happen all at once. */
  random(): number
  /** Counts attempts, and entries of which there is no further one, by what came of them. */
  count(outcome: Counted): void
}

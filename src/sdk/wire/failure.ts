/** Why a call was rejected: an `Error` with a stable code. */
import { type ErrorBody, RETRYABLE } from '../../protocol/errors.ts'

export interface Failure extends Error {
  /** The type of the refusal in capitals, or one of the client's own codes. */
  readonly code: string
  /** What the caller got wrong. */
  readonly reason?: string
  /** As the wire tells it. */
  readonly body: ErrorBody
  /** Whether the same may work later. The outcome of the first try is unknown when no answer came. */
  readonly retryable: boolean
  /** With a timeout: true when nothing had been sent, false when the server may have done it. */
  readonly outcomeKnown?: boolean
}

export function refused(body: ErrorBody): Failure {
  return Object.assign(new Error(body.message), {
    code: (body.data?.code as string | undefined) ?? body.type.toUpperCase(),
    body,
    retryable: RETRYABLE.test(body.type),
  })
}

/** A failure that the client finds by itself; `type` is the nearest of the wire's words. Kept as it is, and told in another tab, it is the same. */
export const failed = (code: string, message: string, type: ErrorBody['type']): Failure => refused({ type, message, data: { code } })

/** One whose code says it all. What is `passing` may work later. */
export const stopped = (code: string, action: string, passing = false): Failure =>
  failed(code, `unable to ${action}; ${code.toLowerCase().replace(/_/g, ' ')}`, passing ? 'service_unavailable' : 'validation')

/** Somebody else has taken over at this device. */
export const identityChanged = (): Failure => stopped('IDENTITY_CHANGED', 'go on')

export const destroyed = (): Failure => stopped('SDK_DESTROYED', 'go on')

/** Whatever was thrown, as a failure. */
export const asFailure = (error: unknown): Failure =>
  (error as Partial<Failure> | undefined)?.body ? (error as Failure) : failed('INTERNAL', String(error), 'internal')

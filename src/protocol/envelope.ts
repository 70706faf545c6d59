/** The four frames that travel over a socket, and what every entry of a log looks like in one. */
import type { ErrorBody } from './errors.ts'
import { closed, optional, Type, text } from './schema.ts'

export const Request = closed({
  request_id: optional(text(64, 1)),
  action: text(64, 1),
  payload: optional(Type.Unknown()),
})

export interface RequestFrame {
  readonly request_id?: string
  readonly action: string
  readonly payload?: unknown
}

export interface ResponseFrame<P = unknown> {
  readonly request_id?: string
  readonly action: string
  readonly type: 'response'
  readonly success: true
  readonly payload: P
}

export interface FailureFrame {
  readonly request_id?: string
  readonly action: string
  readonly type: 'response'
  readonly success: false
  readonly payload: { readonly error: ErrorBody }
}

export interface PushFrame<P = unknown> {
  readonly action: string
  readonly type: 'push'
  readonly payload: P
}

export type ServerFrame = ResponseFrame | FailureFrame | PushFrame

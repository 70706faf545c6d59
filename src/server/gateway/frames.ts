/** Frames as text: what a client sent is read and refused where it is malformed, what it gets is written. */
import type { RequestFrame } from '../../protocol/envelope.ts'
import { Request } from '../../protocol/envelope.ts'
import type { ErrorBody } from '../../protocol/errors.ts'
import { MAX_FRAME_BYTES } from '../../protocol/limits.ts'
import { firstProblem } from '../../protocol/validate.ts'
import { Refusal } from '../domain/refusal.ts'

/** Deeper than anything the schemas have, and shallow enough for every recursive reader behind this door. */
const MAX_DEPTH = 32
/** A lone surrogate has no UTF-8, and U+0000 ends a text in some stores: neither would come back as it was sent. */
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** A frame that is refused before it is known to be a request, with as much of its envelope as could be read. */
export interface BadFrame {
  readonly refusal: Refusal
  readonly action: string
  readonly request_id?: string
}

export function readFrame(text: string): RequestFrame | BadFrame {
  if (isOver(text, MAX_FRAME_BYTES)) {
    const refusal = new Refusal('entity_too_large', `unable to read the frame; it is over ${MAX_FRAME_BYTES} bytes`, {
      limit: MAX_FRAME_BYTES,
    })
    return { refusal, action: '' }
  }
  const value = parse(text)
  if (value === undefined) return { refusal: new Refusal('validation', 'unable to read the frame; it is no JSON'), action: '' }
  const problem = firstProblem(Request, value) ?? unreadable(value)
  if (!problem) return value as RequestFrame
  const refusal = new Refusal('validation', `unable to read the frame; ${problem.path || 'it'} ${problem.why}`, { path: problem.path })
  return { refusal, ...envelopeOf(value) }
}

/** Whether a text takes more bytes than this, without counting where its length decides. */
export function isOver(text: string, bytes: number): boolean {
  return text.length > bytes || (text.length * 3 > bytes && Buffer.byteLength(text) > bytes)
}

/** The value, or undefined: JSON has no text for that. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The first thing in a parsed value that no schema can see: nesting without end, and text and numbers that cannot be kept as they are. */
export function unreadable(value: unknown, path = '', depth = 0): { path: string; why: string } | null {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? { path, why: 'holds a character that cannot be stored' } : null
  // JSON has larger numbers than there are here, and no way to write down what they are read as.
  if (typeof value === 'number') return Number.isFinite(value) ? null : { path, why: 'is a number that cannot be stored' }
  if (typeof value !== 'object' || value === null) return null
  if (depth > MAX_DEPTH) return { path, why: `is nested deeper than ${MAX_DEPTH} levels` }
  for (const [name, field] of Object.entries(value)) {
    const inside = path === '' ? name : `${path}.${name}`
    if (UNSTORABLE.test(name)) return { path, why: 'has a name with a character that cannot be stored' }
    const problem = unreadable(field, inside, depth + 1)
    if (problem) return problem
  }
  return null
}

function envelopeOf(value: unknown): { action: string; request_id?: string } {
  if (typeof value !== 'object' || value === null) return { action: '' }
  const { action, request_id } = value as Partial<Record<string, unknown>>
  return {
    action: typeof action === 'string' && action.length <= 64 ? action : '',
    ...(typeof request_id === 'string' && request_id.length <= 64 ? { request_id } : {}),
  }
}

type Envelope = Pick<RequestFrame, 'action' | 'request_id'>

export const writeAnswer = ({ request_id, action }: Envelope, payload: unknown): string =>
  JSON.stringify({ request_id, action, type: 'response', success: true, payload })

export const writeFailure = ({ request_id, action }: Envelope, error: ErrorBody): string =>
  JSON.stringify({ request_id, action, type: 'response', success: false, payload: { error } })

export const writePush = ({ action, payload }: { readonly action: string; readonly payload: unknown }): string =>
  JSON.stringify({ action, type: 'push', payload })

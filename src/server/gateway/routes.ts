/** Requests and replies over HTTP as plain data, apart from the library that carries them. */
import type { Readable } from 'node:stream'
import { ERRORS } from '../../protocol/errors.ts'
import { Refusal } from '../domain/refusal.ts'
import type { Asker } from './authenticate.ts'
import { parse, unreadable } from './frames.ts'

export interface HttpAsked extends Asker {
  readonly method: string
  /** Without the query, which may hold what no log should. */
  readonly path: string
  /** The last part of a path that ends in one, as in `/v1/customer/action/<action>`. */
  readonly name: string
  readonly body: string
  /** The body as it comes, for a route that streams; for all others it was read. */
  readonly incoming: Incoming
  readonly request_id: string
  header(name: string): string | null
  /** A parameter of the address. */
  query(name: string): string | null
  /** Says something in the head of the answer, whatever it will be: a refusal too. */
  tell(headers: Readonly<Record<string, string>>): void
}

export interface Incoming {
  readonly bytes: Readable
  /** Whether nobody is left to hear the answer. */
  gone(): boolean
}

export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer | Readable
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS'
  /** May end in `:name` or `*`. */
  readonly path: string
  /** Says in a refusal what could not be done. */
  readonly purpose: string
  /** Takes the body as it comes, however long. */
  readonly streams?: true
  handle(asked: HttpAsked): HttpReply | Promise<HttpReply>
}

/** Answers of the API are for their reader alone. */
const PRIVATE = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const

export const json = (value: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): HttpReply => ({
  status,
  headers: { ...PRIVATE, ...headers },
  body: JSON.stringify(value),
})

export function refused(refusal: Refusal, headers: Readonly<Record<string, string>> = {}): HttpReply {
  const wait = refusal.data?.['retry_after_ms']
  const retry = typeof wait === 'number' ? { 'retry-after': String(Math.ceil(wait / 1000)) } : {}
  return json({ error: refusal.body() }, { ...headers, ...retry }, ERRORS[refusal.type].status)
}

/** The body as JSON whatever its content type says: a page sends `text/plain` to spare itself a preflight. */
export function readBody({ body }: HttpAsked, purpose: string): unknown {
  if (body === '') return {}
  const value = parse(body)
  if (value === undefined) throw new Refusal('validation', `unable to ${purpose}; the body is no JSON`)
  const problem = unreadable(value)
  if (problem) throw new Refusal('validation', `unable to ${purpose}; ${problem.path || 'the body'} ${problem.why}`, { path: problem.path })
  return value
}

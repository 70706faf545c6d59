/** One request over HTTP, with JSON both ways and refusals in the words of the wire. */
import type { ErrorBody } from '../../protocol/errors.ts'
import { REQUEST_TIMEOUT_MS } from '../../protocol/limits.ts'
import type { Environment, HttpRequest, HttpResponse } from '../kit/environment.ts'
import { encode } from '../kit/json.ts'
import { refused, stopped } from './failure.ts'

/** `end` gives it up before its time. */
export function ask<T>(
  environment: Environment,
  method: HttpRequest['method'],
  url: string,
  payload?: unknown,
  end = new AbortController(),
): Promise<T> {
  const stop = environment.clock.after(REQUEST_TIMEOUT_MS, () => end.abort())
  // Without a type of its own a body is plain text, which a browser sends across origins without asking first.
  const asked = environment.fetch({ method, url, signal: end.signal, body: payload === undefined ? null : encode(payload) })
  return answerOf(asked.finally(stop), `${method} ${url}`)
}

/** What was answered, or why it was refused. */
export async function answerOf<T>(asked: Promise<HttpResponse>, action: string): Promise<T> {
  let error: ErrorBody | undefined
  try {
    const { status, body } = await asked
    const answer = JSON.parse(body || '{}')
    if (status < 300 && answer) return answer as T
    error = answer.error
  } catch {
    // Whatever is no JSON did not come from the server, but from a portal or a proxy on the way.
  }
  throw error ? refused(error) : stopped('CONNECTION_LOST', action, true)
}

/** What an app and the server's page in its web view say to one another. */
import type { HttpRequest } from '../sdk/kit/environment.ts'

/** A request for the token address, which the page carries out with what it keeps. Given to the page as the web view's injected object. */
export interface Asked extends Pick<HttpRequest, 'method'> {
  readonly id: number
  readonly body: string
  /** Who asks without a name is not who was there before: whoever that was, or if it was somebody whom the host had vouched for. */
  readonly forgets?: 'anyone' | 'known'
}

/** The page's only message. */
export interface Answered {
  readonly id: number
  readonly status: number
  /** JSON, as the token address would have answered. */
  readonly body: string
}

/** Whatever a web view hands over; null when that is no answer. */
export function readAnswer(data: string): Answered | null {
  try {
    const { id, status, body } = JSON.parse(data) as Record<keyof Answered, unknown>
    const isAnswer = typeof id === 'number' && typeof status === 'number' && typeof body === 'string'
    return isAnswer ? { id, status, body } : null
  } catch {
    return null
  }
}

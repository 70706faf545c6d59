/** Asking the server, typed by action. What an answer tells of logs is taken in before the promise settles. */
import type { ActionName, RequestOf, ResponseOf } from '../../protocol/actions.ts'
import type { Hold } from '../wire/requests.ts'

/** What is undefined is not sent. */
export type Asked<P> = P extends readonly (infer I)[]
  ? readonly I[]
  : P extends object
    ? { [K in keyof P]: Asked<P[K]> | (object extends Pick<P, K> ? undefined : never) }
    : P

export type Ask = <A extends ActionName>(
  action: A,
  payload: Asked<RequestOf<A>>,
  take?: (answer: ResponseOf<A>) => void,
  hold?: Hold,
) => Promise<ResponseOf<A>>

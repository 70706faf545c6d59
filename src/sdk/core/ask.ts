/** Asking the server, typed by action. What an answer tells of logs is taken in before the promise settles. */
import type { ActionName, RequestOf, ResponseOf } from '../../protocol/actions.ts'

export type Ask = <A extends ActionName>(action: A, payload: RequestOf<A>, take?: (answer: ResponseOf<A>) => void) => Promise<ResponseOf<A>>

/** The one error that domain code throws: an entry of the protocol's table, with the sentence and data for its reader. */
import type { ErrorBody, ErrorType } from '../../protocol/errors.ts'

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly type: ErrorType
  readonly data: Readonly<Record<string, unknown>> | undefined

  constructor(type: ErrorType, message: string, data?: Readonly<Record<string, unknown>>) {
    super(message)
    this.type = type
    this.data = data
  }

  body(): ErrorBody {
    return this.data === undefined
      ? { type: this.type, message: this.message }
      : { type: this.type, message: this.message, data: this.data }
  }
}

/** MEM1: what is another's is answered exactly like what does not exist. */
export const chatNotFound = (action: string) => new Refusal('not_found', `unable to ${action}; there is no such chat`)

export const customerNotFound = (action: string) => new Refusal('not_found', `unable to ${action}; there is no such customer`)

/** EDT2 */
export const eventDeleted = (action: string) =>
  new Refusal('message_deleted', `unable to ${action}; the event was deleted`, { path: 'event_id' })

/** CON15 */
export const tooLarge = (action: string, path: string, limit: number) =>
  new Refusal('entity_too_large', `unable to ${action}; ${path} is over ${limit} bytes`, { path, limit })

export const invalid = (action: string, path: string, why: string) =>
  new Refusal('validation', `unable to ${action}; ${path} ${why}`, { path })

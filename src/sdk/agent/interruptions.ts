/** Why an answer can go on no more: a person has taken over, it was ended or deleted, or it was refused. */
import { MAX_TEXT_BYTES } from '../../protocol/limits.ts'
import type { PushPayload } from '../../protocol/pushes.ts'
import type { ClientEvents } from '../core/client.ts'
import { type Failure, failed } from '../wire/failure.ts'

export const takenOver = () => failed('TAKEN_OVER', 'unable to go on; a person answers now', 'conflict')
export const ended = () => failed('ENDED', 'unable to go on; the message has ended', 'conflict')
export const tooLong = () =>
  failed('ENTITY_TOO_LARGE', `unable to go on; a message has ${MAX_TEXT_BYTES} bytes at most`, 'entity_too_large')
const deleted = () => failed('MESSAGE_DELETED', 'unable to go on; the message was deleted', 'message_deleted')

/** Whether somebody who is no program has said something to everyone. */
export const isTakenOver = ({ chat, entry }: ClientEvents['entry']): boolean =>
  entry.action === 'incoming_event' &&
  entry.payload.event.visibility !== 'agents' &&
  chat.users.some(({ id, type }) => type === 'agent' && id === entry.payload.event.author_id)

/** How one's own message came to its end; null where one ended it oneself. */
export function endOf({ event, requester_id }: PushPayload<'event_updated' | 'event_deleted'>, me: string): Failure | null {
  if (event.deleted_at) return deleted()
  if (requester_id === me) return null
  return requester_id ? takenOver() : ended()
}

/** What the refusal of a piece means; a number where the answer can go on from there. */
export function meaningOf(failure: Failure): Failure | number {
  const { reason, offset } = failure.body.data ?? {}
  if (reason === 'taken_over') return takenOver()
  if (reason === 'ended') return ended()
  return typeof offset === 'number' ? offset : failure
}

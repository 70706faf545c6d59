/** The site's own say in what is written, also where it is no message of the chat's feed. */
import type { Session } from '../app/session.ts'

/** What may go out of a text. Rejects when the site holds it back. */
export async function allowed({ beforeSend }: Session, text: string): Promise<string> {
  const event = { type: 'message', text } as const
  const said = beforeSend ? await beforeSend(event) : event
  if (said === false) throw new Error('unable to send; the site holds it back')
  return (said ?? event).text
}

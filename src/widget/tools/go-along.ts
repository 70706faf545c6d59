/** What goes out with a text: the message that it quotes, and whom it names; attached files go on their own. */
import { namedIn } from '../../ui/mentions.ts'
import type { Face, ToolProps } from '../app/face.ts'
import { doingOf, type Writing } from './doing.ts'
import { peopleOf } from './people.ts'
import { sendFiles } from './send-files.ts'

export function goAlong(face: Face, chat: ToolProps, text: string): object {
  const along = referencesIn(doingOf(chat.conversation), text, peopleOf(face, chat))
  sendFiles(face, chat)
  return along
}

/** From then on nothing is quoted any more. */
export function referencesIn({ quoted, chosen }: Writing, text: string, people: ReturnType<typeof peopleOf>): object {
  const mentions = namedIn(text, people, chosen)
  const event = quoted.state
  quoted.set(undefined)
  return { ...(event && { quoted_event_id: event.id }), ...(mentions.length > 0 && { mentions }) }
}

/** All that was said in a chat, as a text file: who, when, what; pictures and files by name. */
import type { Event } from '../../protocol/events.ts'
import type { ChatUser } from '../../protocol/users.ts'
import type { ConversationState } from '../../sdk/customer/face.ts'
import type { Ground } from '../../sdk/customer/part.ts'
import { dayOf, timeOfDay } from '../../ui/time.ts'
import type { PieceWords } from '../../ui/words.ts'
import { named } from '../languages/named.ts'
import type { Words } from '../words.ts'
import { eventsOf } from './history.ts'

export interface TranscriptWords {
  readonly pieces: PieceWords
  readonly more: Pick<Words['more'], 'transcriptOf'>
  readonly locale: string
}

export async function download(ground: Ground, chat: ConversationState, words: TranscriptWords): Promise<void> {
  const events = await eventsOf(ground, chat.id)
  save(transcript(events, chat.users, ground.auth.me(), words), `chat-${new Date().toISOString().slice(0, 10)}.txt`)
}

export function transcript(events: readonly Event[], users: readonly ChatUser[], me: string, words: TranscriptWords): string {
  const { pieces, more, locale } = words
  const known = new Map(users.map((user) => [user.id, user]))
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full' })
  const lines = [more.transcriptOf(location.hostname)]
  let last = ''
  for (const { created_at, author_id, text, name, type } of events) {
    const said = text ?? name
    if (said === undefined) continue
    if (dayOf(created_at) !== last) lines.push('', day.format(new Date(created_at)), '')
    last = dayOf(created_at)
    const author = known.get(author_id ?? '')
    const who = author_id === me ? pieces.you : pieces.nameOf(author)
    // What has several lines stays together under the name.
    const [first = '', ...rest] = said.split('\n')
    const time = timeOfDay(created_at, locale)
    lines.push(
      type === 'system_message' ? named`${time}  ${first}` : named`${time}  ${who}: ${first}`,
      ...rest.map((line) => `    ${line}`),
    )
  }
  return `${lines.join('\n')}\n`
}

function save(text: string, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

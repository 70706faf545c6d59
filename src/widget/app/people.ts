/** The people of a chat, as the visitor thinks of them. */
import type { ChatUser } from '../../protocol/users.ts'
import type { Language } from '../../ui/language.ts'
import type { Named } from '../../ui/words.ts'

/** Everybody else; as long as nobody knows who the visitor is, those who answer. */
export const othersIn = (users: readonly ChatUser[], me: string | null): ChatUser[] =>
  users.filter(({ id, type }) => (me ? id !== me : type !== 'customer'))

export function namesOf(users: readonly Named[], { locale, words }: Language): string {
  return new Intl.ListFormat(locale).format(users.map(words.nameOf))
}

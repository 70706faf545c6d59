/** The people of a chat, as the customer thinks of them: those who answer. */
import type { ChatUser } from '../../protocol/users.ts'
import type { Language } from '../../ui/language.ts'
import type { Named } from '../../ui/words.ts'

export function agentsOf(users: readonly ChatUser[]): ChatUser[] {
  return users.filter((user) => user.type !== 'customer')
}

export function namesOf(users: readonly Named[], { locale, words }: Language): string {
  return new Intl.ListFormat(locale).format(users.map(words.nameOf))
}

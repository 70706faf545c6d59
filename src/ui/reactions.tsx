/** The reactions under a message: each with how many left it; one's own are pressed, and pressing takes them back or adds to them. */
import type { Reaction } from '../protocol/reactions.ts'
import type { ChatUser } from '../protocol/users.ts'
import { useLanguage } from './language.ts'

interface ReactionsProps {
  readonly reactions: readonly Reaction[]
  readonly people: ReadonlyMap<string, ChatUser>
  readonly me: string | null
  readonly onToggle: (emoji: string) => void
}

/** Of very many the first are named. */
const MAX_NAMES = 20

export function Reactions({ reactions, people, me, onToggle }: ReactionsProps) {
  const { words, locale } = useLanguage()
  const namesOf = (ids: readonly string[]) =>
    new Intl.ListFormat(locale).format(ids.slice(0, MAX_NAMES).map((id) => (id === me ? words.you : words.nameOf(people.get(id)))))
  return (
    // What is said of it is said by whoever presses; what others do to a message is not read out.
    <ul class="reactions" aria-live="off">
      {reactions.map(({ emoji, user_ids }) => {
        const isOwn = me !== null && user_ids.includes(me)
        const count = String(user_ids.length)
        return (
          <li key={emoji}>
            <button
              type="button"
              class="reaction"
              aria-pressed={isOwn}
              aria-label={words.reactions(emoji, count, isOwn)}
              title={namesOf(user_ids)}
              onClick={() => onToggle(emoji)}
            >
              <span class="sign">{emoji}</span>
              <span class="count">{count}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** Whether one has reacted so. */
export const hasReacted = (reactions: readonly Reaction[] | undefined, emoji: string, me: string | null): boolean =>
  me !== null && reactions?.find((reaction) => reaction.emoji === emoji)?.user_ids.includes(me) === true

/** Under a message that has replies: how many, from whom, and when the last came. It leads to them. */
import type { Replies } from '../protocol/replies.ts'
import type { ChatUser } from '../protocol/users.ts'
import { Faces } from './faces.tsx'
import { useLanguage } from './language.ts'
import { relativeTime } from './time.ts'

interface RepliedProps {
  readonly replies: Replies
  readonly people: ReadonlyMap<string, ChatUser>
  readonly onShow: () => void
}

export function Replied({ replies: { count, last_at, last_user_ids }, people, onShow }: RepliedProps) {
  const { words, locale } = useLanguage()
  const when = relativeTime(last_at, Date.now(), locale)
  return (
    <button type="button" class="replied" title={words.lastReply(when)} onClick={onShow}>
      <Faces users={last_user_ids.map((id) => people.get(id))} />
      <span>{words.replyCount(String(count))}</span>
      <time dateTime={last_at}>{when}</time>
    </button>
  )
}

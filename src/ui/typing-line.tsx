/** Who is typing, in a line with three quiet dots. */
import { useLanguage } from './language.ts'
import { listed } from './names.ts'

export function TypingLine({ names }: { readonly names: readonly string[] }) {
  const { words, locale } = useLanguage()
  if (names.length === 0) return null
  const who = listed(names, locale)
  return (
    <div class="typing">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {names.length === 1 ? words.isTyping(who) : words.areTyping(who)}
    </div>
  )
}

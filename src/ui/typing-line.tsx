/** Who is typing, in a line with three quiet dots. */
import { useLanguage } from './language.ts'

export function TypingLine({ names }: { readonly names: readonly string[] }) {
  const { words, locale } = useLanguage()
  if (names.length === 0) return null
  const text = names.length === 1 ? words.isTyping(names[0] ?? '') : words.areTyping(new Intl.ListFormat(locale).format([...names]))
  return (
    <div class="typing">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {text}
    </div>
  )
}

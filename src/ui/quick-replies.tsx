/** Answers that a message suggests: to be chosen by whom it asks, to be seen by who looks on. */
import { useLanguage } from './language.ts'

interface QuickRepliesProps {
  readonly texts: readonly string[]
  /** Only for whom it asks. */
  readonly onChoose?: (text: string) => void
}

export function QuickReplies({ texts, onChoose }: QuickRepliesProps) {
  const { words } = useLanguage()
  if (texts.length === 0) return null
  return (
    <ul class="quick-replies" aria-label={words.suggestedAnswers}>
      {texts.map((text) => (
        <li key={text} dir="auto">
          {onChoose ? (
            <button type="button" class="quick-reply" onClick={() => onChoose(text)}>
              {text}
            </button>
          ) : (
            <span class="quick-reply">{text}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

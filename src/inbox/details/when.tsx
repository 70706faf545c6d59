/** A moment, as long ago as it is now; the whole of it where the pointer rests. */
import { useLanguage } from '../../ui/language.ts'
import { fullTime, relativeTime } from '../../ui/time.ts'

export function When({ at, now }: { readonly at: string; readonly now: number }) {
  const { locale } = useLanguage()
  return (
    <time dateTime={at} title={fullTime(at, locale)}>
      {relativeTime(at, now, locale)}
    </time>
  )
}

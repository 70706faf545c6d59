/** What the visitor thinks of the thread that has ended: good or bad, with a comment if they like, to be changed at any time. */
import { useEffect, useState } from 'preact/hooks'
import { MAX_COMMENT_CHARS } from '../../protocol/limits.ts'
import { createRatings } from '../../sdk/customer/ratings.ts'
import { Icon } from '../../ui/icon.tsx'
import { THUMB_DOWN, THUMB_UP } from '../../ui/icons.ts'
import { START, type ToolProps, useFace } from '../app/face.ts'

export function Rating({ state }: ToolProps) {
  const { words, session, tell, focusSoon } = useFace()
  const given = state.thread?.rating ?? undefined
  const [comment, setComment] = useState(given?.comment ?? '')
  const [commenting, setCommenting] = useState(false)
  useEffect(() => setComment(given?.comment ?? ''), [given?.comment])
  const rate = async (value: 'good' | 'bad', more?: string) => {
    try {
      await createRatings(session.sdk.ground).sendRating(state.id, { value, ...(more && { comment: more }) })
      return true
    } catch {
      tell(words.ratingFailed)
      return false
    }
  }
  const choose = async (value: 'good' | 'bad') => {
    setCommenting(true)
    if (value !== given?.value) await rate(value, given?.comment)
  }
  const send = async (event: Event) => {
    event.preventDefault()
    if (!given || !(await rate(given.value, comment.trim()))) return
    setCommenting(false)
    tell(words.thanks)
    focusSoon(START)
  }
  return (
    <section class="rating" aria-label={words.howWasIt}>
      <h3>{words.howWasIt}</h3>
      <div class="values">
        <Value name={words.good} icon={THUMB_UP} chosen={given?.value === 'good'} onChoose={() => choose('good')} />
        <Value name={words.bad} icon={THUMB_DOWN} chosen={given?.value === 'bad'} onChoose={() => choose('bad')} />
      </div>
      {given && !commenting && <p>{words.thanks}</p>}
      {given && commenting && (
        <form onSubmit={send}>
          <textarea
            aria-label={words.comment}
            placeholder={words.comment}
            rows={2}
            maxLength={MAX_COMMENT_CHARS}
            dir={comment ? 'auto' : undefined}
            value={comment}
            onInput={({ currentTarget }) => setComment(currentTarget.value)}
          />
          <button type="submit" class="button" disabled={comment.trim() === (given.comment ?? '')}>
            {words.sendComment}
          </button>
        </form>
      )}
    </section>
  )
}

interface ValueProps {
  readonly name: string
  readonly icon: string
  readonly chosen: boolean
  readonly onChoose: () => void
}

function Value({ name, icon, chosen, onChoose }: ValueProps) {
  return (
    <button type="button" class="button" aria-pressed={chosen} onClick={onChoose}>
      <Icon path={icon} />
      {name}
    </button>
  )
}

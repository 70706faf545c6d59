/** What stands where no row is: loading, nothing there yet, or nothing that passes the filter. */
import { useDelayed } from '../../ui/use-delayed.ts'
import type { Desk } from '../desk.ts'
import { words } from '../words.ts'

const text = words.chats
const BONES = [0, 1, 2, 3, 4, 5]
const SKELETON_AFTER_MS = 300

/** Nothing at all for a moment: what loads at once must not flash. */
function Skeleton() {
  if (!useDelayed(true, SKELETON_AFTER_MS)) return null
  return (
    <div class="skeleton-rows" role="status">
      <span class="hidden">{text.loading}</span>
      {BONES.map((bone) => (
        <div class="skeleton-row" key={bone}>
          <span class="skeleton bone-avatar" />
          <span class="skeleton bone-name" />
          <span class="skeleton bone-text" />
        </div>
      ))}
    </div>
  )
}

interface NothingProps {
  readonly title: string
  readonly hint?: string | undefined
  readonly action?: readonly [label: string, act: () => void]
}

function Nothing({ title, hint, action }: NothingProps) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {hint && <p class="empty-hint">{hint}</p>}
      {action && (
        <button class="button" type="button" onClick={action[1]}>
          {action[0]}
        </button>
      )}
    </div>
  )
}

export function EmptyList({ desk }: { readonly desk: Desk }) {
  const { loaded, loading, has_more } = desk.list.value
  const query = desk.query.value.trim()
  if (!loaded || (query === '' && (loading || has_more))) return <Skeleton />
  if (query !== '') {
    const clear = [text.clearSearch, () => (desk.query.value = '')] as const
    return <Nothing title={text.noMatch(query)} hint={has_more ? text.noMatchHint : undefined} action={clear} />
  }
  if (desk.filter.value === 'all' || !desk.anyChats.value) return <Nothing title={text.empty} hint={text.emptyHint} />
  return <Nothing title={text.emptyOpen} hint={text.emptyOpenHint} action={[text.showAll, () => (desk.filter.value = 'all')]} />
}

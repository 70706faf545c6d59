/** Who has mounted the widget, and what it is to be for all of them: there from the first mount to the last unmount. */
import { DEFAULT_NAME, type WidgetProps, type Wish } from './props.ts'
import { type Ears, type Standing, stand, type Wanted } from './standing.ts'

export interface Mount {
  set(wish: Wish): void
  /** As often as one likes. */
  add(): void
  remove(): void
}

export function createMount(): Mount {
  let wish: Wish | undefined
  let isAdded = false
  let now: Crowd | undefined
  const entry = { wish: () => wish as Wish }
  function move(next: Crowd | undefined) {
    if (next !== now) now?.remove(entry)
    now = next
    now?.add(entry)
  }
  const arrive = () => move(isAdded && wish ? crowdOf(wish.props.global || DEFAULT_NAME) : undefined)
  return {
    set(next) {
      wish = next
      arrive()
    },
    add() {
      isAdded = true
      arrive()
    },
    remove() {
      isAdded = false
      move(undefined)
    },
  }
}

interface Entry {
  wish(): Wish
}

interface Crowd {
  /** Also when an entry that is there wishes something else. */
  add(entry: Entry): void
  remove(entry: Entry): void
}

const crowds = new Map<string, Crowd>()

function crowdOf(name: string): Crowd {
  const crowd = crowds.get(name) ?? createCrowd(name)
  crowds.set(name, crowd)
  return crowd
}

function createCrowd(name: string): Crowd {
  const entries = new Set<Entry>()
  let standing: Standing | undefined
  let isDue = false
  const each = (tell: (props: WidgetProps) => void) => [...entries].forEach(({ wish }) => void tell(wish().props))
  const ears: Ears = {
    opened: () => each(({ onOpen }) => onOpen?.()),
    closed: () => each(({ onClose }) => onClose?.()),
    counted: (unread) => each(({ onUnread }) => onUnread?.(unread)),
    refused(error) {
      let isHeard = false
      each(({ onError }) => {
        isHeard ||= onError !== undefined
        onError?.(error)
      })
      if (!isHeard) complain(error.message)
    },
  }
  function settle() {
    isDue = false
    const wanted = wantedBy(
      [...entries].map(({ wish }) => wish()),
      name,
    )
    if (standing && !(wanted && standing.canBe(wanted))) {
      standing.end()
      standing = undefined
    }
    if (!wanted) return
    if (standing) standing.become(wanted)
    else standing = stand(name, wanted, ears)
  }
  /** When all who come and go together have done so: a strict tree goes and comes back, and one page makes way for the next. */
  function change() {
    if (!isDue) queueMicrotask(settle)
    isDue = true
  }
  return {
    add(entry) {
      entries.add(entry)
      change()
    },
    remove(entry) {
      entries.delete(entry)
      change()
    },
  }
}

/** Whoever was there first says whose chat it is; of those who want the same, the last says how it looks. */
function wantedBy(wishes: readonly Wish[], name: string): Wanted | undefined {
  const [first] = wishes
  if (!first) return undefined
  const isSame = ({ props }: Wish) => `${props.license}` === `${first.props.license}` && props.clientId === first.props.clientId
  const own = wishes.filter(isSame)
  if (own.length < wishes.length) complain(`${name} is another chat already; a second one needs a \`global\``)
  const set = own.map(({ props }) => Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)))
  return {
    props: Object.assign({ ...first.props }, ...set),
    container: own.map(({ container }) => container).findLast((container) => container !== null) ?? null,
  }
}

/** For whoever wrote the page. */
function complain(what: string): void {
  console.error(`Porchlight: ${what}`)
}

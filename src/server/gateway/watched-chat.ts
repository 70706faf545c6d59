/** A chat of which sockets in this process want to know who comes and goes: who is in it, who of them is there, and what each socket was told of that (PRE4). */
import { PRESENCE_EVERY_MS } from '../../protocol/limits.ts'
import type { PushPayload } from '../../protocol/pushes.ts'
import type { Online } from '../domain/context.ts'
import { presentOnline } from '../domain/presence.ts'
import type { ChatKind } from '../store/rows.ts'
import { writePush } from './frames.ts'
import type { Parts } from './parts.ts'
import type { Receiver } from './sockets.ts'
import type { Interested, Whereabouts } from './whereabouts.ts'

/** Users who are there, and since when. */
type Shown = ReadonlyMap<string, number>

export class WatchedChat implements Interested {
  readonly id: string
  readonly #organization: string
  readonly #parts: Parts
  readonly #whereabouts: Whereabouts
  /** Nobody watches it any more. */
  readonly #over: () => void
  /** With what each was shown last; null before its request is answered. Those who were told together hold the same. */
  readonly #watchers = new Map<Receiver, Shown | null>()
  #guests = 0
  #users: ReadonlySet<string> = new Set()
  #shown: Shown = new Map()
  #reading: Promise<void> = Promise.resolve()
  /** A reading that has not begun. */
  #next: Promise<void> | null = null
  /** Ends the pause after something was told; what happens meanwhile is told together. */
  #pause: (() => void) | null = null
  #isNews = false

  constructor(id: string, organization: string, parts: Parts, whereabouts: Whereabouts, over: () => void) {
    this.id = id
    this.#organization = organization
    this.#parts = parts
    this.#whereabouts = whereabouts
    this.#over = over
  }

  /** Keeps it for as long as a request is carried out, whoever asked. */
  async attend<T>(task: () => Promise<T>): Promise<T> {
    this.#guests++
    try {
      return await task()
    } finally {
      this.#guests--
      this.#endUnwatched()
    }
  }

  add(receiver: Receiver): void {
    if (!this.#watchers.has(receiver)) this.#watchers.set(receiver, null)
  }

  remove(receiver: Receiver): void {
    this.#watchers.delete(receiver)
    this.#endUnwatched()
  }

  /** It is told from here on. Null for whom it is not for. */
  begin(receiver: Receiver): readonly Online[] | null {
    if (!this.#watchers.has(receiver)) return null
    this.#watchers.set(receiver, this.#show())
    return this.online
  }

  get online(): readonly Online[] {
    return listed(this.#show())
  }

  /** Reads who is in it, and who may know of that. What is being read already may be old; many wishes at once are one reading. */
  look(): Promise<void> {
    if (this.#next) return this.#next
    const next = this.#reading.then(() => {
      this.#next = null
      return this.#read()
    })
    this.#next = next
    this.#reading = next.catch(() => {})
    return next
  }

  /** Nothing is told that was not looked at just before: the bus may have lost that somebody was removed. */
  changed(): void {
    if (this.#pause) this.#isNews = true
    else this.look().then(() => this.#tell(), this.#failed)
  }

  async #read(): Promise<void> {
    const { store } = this.#parts
    const [chat, present] = await Promise.all([store.chat(this.#organization, this.id), store.present(this.id)])
    const users = new Set(present.map(({ user_id }) => user_id))
    for (const receiver of this.#watchers.keys()) if (!chat || !mayKnow(receiver, chat.kind, users)) this.#watchers.delete(receiver)
    if (this.#endUnwatched()) return
    const before = this.#users
    this.#users = users
    const came = [...users].filter((user_id) => !before.has(user_id))
    const left = [...before].filter((user_id) => !users.has(user_id))
    this.#whereabouts.hold(this, came)
    this.#whereabouts.release(this, left)
  }

  #tell(): void {
    if (this.#pause) {
      this.#isNews = true
      return
    }
    const now = this.#show()
    const frames = new Map<Shown, string | null>()
    for (const [receiver, before] of this.#watchers) {
      if (!before || before === now) continue
      let frame = frames.get(before)
      if (frame === undefined) {
        frame = this.#frameOf(before, now)
        frames.set(before, frame)
      }
      this.#watchers.set(receiver, now)
      if (frame === null) continue
      receiver.pushSignal(frame)
      this.#pause ??= this.#parts.clock.after(PRESENCE_EVERY_MS, () => this.#goOn())
    }
  }

  #goOn(): void {
    this.#pause = null
    if (!this.#isNews) return
    this.#isNews = false
    this.changed()
  }

  #frameOf(before: Shown, now: Shown): string | null {
    const joins = new Map([...now].filter(([user_id]) => !before.has(user_id)))
    const leaves = [...before.keys()].filter((user_id) => !now.has(user_id))
    if (joins.size === 0 && leaves.length === 0) return null
    const payload: PushPayload<'presence_changed'> = { chat_id: this.id, joins: presentOnline(listed(joins)), leaves }
    return writePush({ action: 'presence_changed', payload })
  }

  /** The same as before as long as nothing is otherwise, so that whoever was shown it needs no copy. */
  #show(): Shown {
    const shown = new Map<string, number>()
    for (const user_id of this.#users) {
      const since = this.#whereabouts.since(user_id)
      if (since !== null) shown.set(user_id, since)
    }
    if (!isSame(shown, this.#shown)) this.#shown = shown
    return this.#shown
  }

  #endUnwatched(): boolean {
    if (this.#watchers.size > 0 || this.#guests > 0) return false
    this.#pause?.()
    this.#whereabouts.release(this, [...this.#users])
    this.#users = new Set()
    this.#over()
    return true
  }

  readonly #failed = (error: unknown): void => {
    this.#parts.log.error({ err: error, chat_id: this.id }, 'unable to tell who is there')
  }
}

const listed = (shown: Shown): Online[] => [...shown].map(([user_id, since]) => ({ user_id, since }))

const isSame = (one: Shown, other: Shown): boolean =>
  one.size === other.size && [...one].every(([user_id, since]) => other.get(user_id) === since)

/** PRE3: who is in the chat, and agents of any support chat. */
const mayKnow = ({ reader }: Receiver, kind: ChatKind, users: ReadonlySet<string>): boolean =>
  users.has(reader.user_id) || (kind === 'support' && reader.view === 'agents')

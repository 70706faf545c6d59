/** The outbox as it is stored, for all tabs: every change is one transaction, shown here at once and told to the others. */
import { OUTBOX_GIVES_UP_AFTER_MS } from '../../protocol/limits.ts'
import type { Context } from './context.ts'
import { added, EMPTY, type OutboxChange, type OutboxEntry, type OutboxState, type Outcome, replaced } from './outbox-entry.ts'

/** What a tab tells the others: that something changed, or what became of an entry that one of them may wait for; without an outcome it was discarded. */
export interface Told {
  readonly ref?: string
  readonly outcome?: Outcome
}

export interface OutboxStore {
  readonly state: OutboxState
  commit(change: OutboxChange, told?: Told): Promise<void>
  /** The same for what was just accepted, which is safe at once: a transaction has to read first, and the tab may be killed meanwhile. */
  add(entry: OutboxEntry): Promise<void>
  /** Adds what a tab that was killed had accepted. */
  recover(): Promise<void>
  /** Reads what is stored, so that other tabs' changes count. */
  load(): Promise<void>
  close(): void
}

export function createOutboxStore(
  { environment, key, me, goesBy, live }: Context,
  onShow: (before: OutboxState, after: OutboxState) => void,
  onTold: (told: Told) => void,
): OutboxStore {
  /** How many changes are on their way: made again over whatever is found in storage, which is why each may be made twice. */
  let pending = 0
  let all = EMPTY
  let state = EMPTY
  let open = true
  const { storage } = environment
  /** What is being added has a row of its own until it has been: no two tabs write the same. */
  const accepted = `${key} accepted `

  /** What was accepted here, or by a tab that is gone, before there was a name for whoever said it: its rows stay until there is. */
  const nameless = new Set<string>()
  /** IDN7: another customer's wait until that one is back. */
  const isOwn = ({ ref, by }: OutboxEntry) => (by ? goesBy(by) : nameless.has(ref))
  /** Of whoever does not come back in time nothing stays. */
  const claimed = replaced((entry) => {
    if (isOwn(entry)) return { ...entry, by: me(), out: entry.out || live() }
    return environment.clock.now() - entry.at > OUTBOX_GIVES_UP_AFTER_MS ? null : entry
  })

  function show(next: OutboxState) {
    const before = state
    all = next
    state = { ...all, entries: all.entries.filter(isOwn) }
    onShow(before, state)
  }

  async function write(change: OutboxChange) {
    if (!open) return
    pending++
    show(change(all))
    let stored = EMPTY
    await storage.update<OutboxState>(key, (old = EMPTY) => {
      stored = change(old)
      return stored
    })
    // What another tab has changed counts when nothing of ours is on its way.
    if (!--pending) show(stored)
  }

  async function commit(change: OutboxChange, told: Told = {}) {
    await write(change)
    if (open) channel.post(told)
  }

  const keep = (ref: string, entry?: OutboxEntry) => storage.set(accepted + ref, entry)

  async function add(entry: OutboxEntry) {
    const { ref, by } = entry
    if (!by) nameless.add(ref)
    keep(ref, entry)
    await commit(added(entry))
    if (by) keep(ref)
  }

  async function load() {
    const name = me()
    await write(claimed)
    if (name) for (const ref of nameless) if (nameless.delete(ref)) keep(ref)
  }

  const channel = environment.openChannel(key, (told) => onTold(told as Told))

  return {
    get state() {
      return state
    },
    commit,
    add,
    async recover() {
      for (const entry of await storage.left<OutboxEntry>(accepted)) add(entry)
    },
    load,
    close() {
      open = false
      channel.close()
    },
  }
}

/** The outbox as it is stored, for all tabs: every change is one transaction, shown here at once and told to the others. */
import type { Context } from './context.ts'
import { EMPTY, type OutboxChange, type OutboxState, type Outcome } from './outbox-entry.ts'

/** What a tab tells the others: that something changed, or what became of an entry that one of them may wait for. */
export interface Told {
  readonly ref?: string
  readonly outcome?: Outcome
}

export interface OutboxStore {
  readonly state: OutboxState
  commit(change: OutboxChange, told?: Told): Promise<void>
  /** Reads what is stored, so that other tabs' changes count. */
  load(): Promise<void>
  close(): void
}

export function createOutboxStore(
  { environment, key }: Context,
  onShow: (before: OutboxState, after: OutboxState) => void,
  onTold: (told: Told) => void,
): OutboxStore {
  /** Changes on their way: made again over whatever is found in storage, which is why each may be made twice. */
  const pending = new Set<OutboxChange>()
  let stored = EMPTY
  let state = EMPTY
  let open = true

  function show() {
    const before = state
    state = stored
    for (const change of pending) state = change(state)
    onShow(before, state)
  }

  async function write(change: OutboxChange) {
    if (!open) return
    pending.add(change)
    show()
    await environment.storage.update<OutboxState>(key, (old = EMPTY) => {
      stored = change(old)
      return stored
    })
    pending.delete(change)
    show()
  }

  const stop = environment.onBroadcast(key, (told) => onTold(told as Told))

  return {
    get state() {
      return state
    },
    async commit(change, told = {}) {
      await write(change)
      environment.broadcast(key, told)
    },
    load: () => write((found) => found),
    close() {
      open = false
      stop()
    },
  }
}

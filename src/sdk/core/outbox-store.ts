/** The outbox as it is stored, for all tabs: every change is one transaction, shown here at once and told to the others. */
import type { Environment } from '../kit/environment.ts'
import { EMPTY, type OutboxAnswer, type OutboxChange, type OutboxState } from './outbox-entry.ts'

/** What the tab that sent something tells the one that waits for it. */
export interface Told {
  readonly ref?: string
  readonly answer?: OutboxAnswer
}

export interface OutboxStore {
  readonly state: OutboxState
  commit(change: OutboxChange, told?: Told): Promise<void>
  /** Reads what is stored, so that other tabs' changes count. */
  load(): Promise<void>
  close(): void
}

export interface OutboxStoreOptions {
  readonly environment: Environment
  readonly key: string
  onShow(before: OutboxState, after: OutboxState): void
  onTold(told: Told): void
}

export function createOutboxStore({ environment, key, onShow, onTold }: OutboxStoreOptions): OutboxStore {
  const { storage } = environment
  /** Changes on their way: made again over whatever is found in storage, which is why each may be made twice. */
  const pending: OutboxChange[] = []
  let stored = EMPTY
  let state = EMPTY
  let open = true

  function show() {
    const before = state
    state = stored
    for (const change of pending) state = change(state)
    onShow(before, state)
  }

  const stop = environment.onBroadcast(key, (message) => onTold(message as Told))

  return {
    get state() {
      return state
    },
    async commit(change, told = {}) {
      if (!open) return
      pending.push(change)
      show()
      await storage.update<OutboxState>(key, (old = EMPTY) => {
        stored = change(old)
        return stored
      })
      pending.splice(pending.indexOf(change), 1)
      show()
      environment.broadcast(key, told)
    },
    async load() {
      stored = (await storage.get<OutboxState>(key)) ?? EMPTY
      show()
    },
    close() {
      open = false
      stop()
    },
  }
}

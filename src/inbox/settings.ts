/** What an agent has chosen for this browser, kept across reloads. */
import { effect, type Signal, signal } from '@preact/signals'
import type { Storage } from '../sdk/kit/environment.ts'

export interface Settings {
  /** Whether single letters are commands. People who dictate, or whose hands slip, turn it off. */
  readonly singleKeys: Signal<boolean>
}

const KEY = 'inbox.settings'

export async function loadSettings(storage: Storage): Promise<Settings> {
  const kept = await storage.get<{ singleKeys?: boolean }>(KEY).catch(() => undefined)
  const singleKeys = signal(kept?.singleKeys ?? true)
  let first = true
  effect(() => {
    const chosen = { singleKeys: singleKeys.value }
    if (!first) void storage.set(KEY, chosen).catch(() => undefined)
    first = false
  })
  return { singleKeys }
}

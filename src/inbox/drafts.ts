/** What an agent has written and not sent, one draft a chat; it survives switching chats and reloading the page. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Storage } from '../sdk/kit/environment.ts'

export interface Draft {
  readonly text: string
  /** Meant as a private note, which must not become a reply by a reload. */
  readonly note: boolean
}

export interface Drafts {
  readonly all: ReadonlySignal<ReadonlyMap<string, Draft>>
  of(chat: string): Draft
  write(chat: string, draft: Draft): void
  /** Reads what is kept; what was typed meanwhile wins. */
  load(agent: string): Promise<void>
  /** Writes what is still to be written, such as when the page goes away. */
  flush(): Promise<void>
  /** Forgets everything, here and in storage. */
  clear(): Promise<void>
}

interface Kept extends Draft {
  readonly at: number
}

const NONE: Draft = { text: '', note: false }
/** A write for every key would be one transaction for every key. */
const WRITE_AFTER_MS = 250
/** Drafts nobody came back to make room for newer ones. */
const MAX_KEPT = 100

const keyOf = (agent: string) => `inbox.drafts.${agent}`
const isEmpty = ({ text, note }: Draft) => text === '' && !note

/** Two tabs may hold drafts for different chats: each writes only those it changed. */
function merge(old: Record<string, Kept> | undefined, changed: ReadonlyMap<string, Draft>, at: number): Record<string, Kept> {
  const kept = new Map(Object.entries(old ?? {}))
  for (const [chat, draft] of changed) {
    kept.delete(chat)
    if (!isEmpty(draft)) kept.set(chat, { ...draft, at })
  }
  return Object.fromEntries([...kept].sort(([, a], [, b]) => a.at - b.at).slice(-MAX_KEPT))
}

export function createDrafts(storage: Storage, now: () => number = Date.now): Drafts {
  const all = signal<ReadonlyMap<string, Draft>>(new Map())
  let agent: string | null = null
  let changed = new Map<string, Draft>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    if (agent === null || changed.size === 0) return
    const writing = changed
    changed = new Map()
    await storage.update<Record<string, Kept>>(keyOf(agent), (old) => merge(old, writing, now()))
  }

  return {
    all,
    of: (chat) => all.value.get(chat) ?? NONE,
    write(chat, draft) {
      all.value = new Map(all.value).set(chat, draft)
      changed.set(chat, draft)
      timer ??= setTimeout(() => void flush(), WRITE_AFTER_MS)
    },
    async load(id) {
      // Another agent on the same page: what the one before wrote is kept for them, and shown to nobody else.
      if (agent !== null && agent !== id) {
        void flush()
        all.value = new Map()
      }
      agent = id
      const kept = await storage.get<Record<string, Kept>>(keyOf(id))
      if (agent !== id || kept === undefined) return
      const read = Object.entries(kept).map(([chat, { text, note }]): [string, Draft] => [chat, { text, note }])
      all.value = new Map([...read, ...all.value])
    },
    flush,
    async clear() {
      clearTimeout(timer)
      timer = undefined
      const id = agent
      agent = null
      changed = new Map()
      all.value = new Map()
      if (id !== null) await storage.set(keyOf(id), undefined)
    },
  }
}

/** What was written and not sent yet, by chat. It survives closing the panel and, where storing is allowed, a reload. */
import type { Storage } from '../../sdk/kit/environment.ts'

export interface Drafts {
  load(chat: string): Promise<string>
  save(chat: string, text: string): void
}

export function createDrafts(storage: Storage): Drafts {
  const texts = new Map<string, string>()
  return {
    async load(chat) {
      const known = texts.get(chat)
      if (known !== undefined) return known
      const kept = await storage.get<string>(keyOf(chat))
      // What was typed while the storage was being read is newer than what it held.
      return texts.get(chat) ?? kept ?? ''
    },
    save(chat, text) {
      texts.set(chat, text)
      void storage.set(keyOf(chat), text || undefined)
    },
  }
}

function keyOf(chat: string): string {
  return `draft:${chat}`
}

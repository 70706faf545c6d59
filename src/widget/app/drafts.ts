/** What was written and not sent yet, by chat. It survives closing the panel and, where storing is allowed, a reload. */
import type { FaceSDK } from '../../sdk/customer/face.ts'
import type { Storage } from '../../sdk/kit/environment.ts'

export interface Drafts {
  load(chat: string): Promise<string>
  save(chat: string, text: string): void
  /** What was just typed for one is there for the other. */
  bring(from: string, to: string): void
}

/** Whoever comes after them at the same device finds nothing of theirs. */
interface Kept {
  readonly by: string
  readonly text: string
}

export type Author = Pick<FaceSDK['ground'], 'load'> & { readonly auth: Pick<FaceSDK['ground']['auth'], 'name' | 'goesBy'> }

export function createDrafts(storage: Storage, { auth, load }: Author): Drafts {
  const texts = new Map<string, string>()
  const save = (chat: string, text: string) => {
    texts.set(chat, text)
    void storage.set(keyOf(chat), text ? { by: auth.name(), text } : undefined)
  }
  return {
    async load(chat) {
      const known = texts.get(chat)
      if (known !== undefined) return known
      const [kept] = await Promise.all([storage.get<Kept>(keyOf(chat)), load()])
      // What was typed while the storage was being read is newer than what it held.
      return texts.get(chat) ?? (kept && auth.goesBy(kept.by) ? kept.text : '')
    },
    save,
    bring(from, to) {
      const text = texts.get(from)
      if (text) save(to, text)
    },
  }
}

function keyOf(chat: string): string {
  return `draft:${chat}`
}

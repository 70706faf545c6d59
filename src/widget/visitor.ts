/** What the page remembers of a visitor between loads: that they chatted here, and where. Read at once and without opening a database, which itself would store something. */
import type { Settings } from './settings.ts'

export interface Visitor {
  /** The chat they were last in, when they may be remembered and did chat. */
  readonly lastChat: string | null
  remember(chat: string, unreadToken: string | undefined): void
  forget(): void
}

const keyOf = ({ license, clientId }: Settings) => `porchlight:${license}:${clientId}`

/** The chat they were last in, and with what to ask how much is unread. Neither has a space in it. */
export const keptOf = (settings: Settings): readonly string[] => attempt(() => localStorage.getItem(keyOf(settings))?.split(' ')) ?? []

export function visitorOf(settings: Settings): Visitor {
  return {
    get lastChat() {
      return keptOf(settings)[0] ?? null
    },
    remember: (chat, unreadToken = keptOf(settings)[1]) => {
      attempt(() => localStorage.setItem(keyOf(settings), unreadToken ? `${chat} ${unreadToken}` : chat))
    },
    forget: () => {
      attempt(() => localStorage.removeItem(keyOf(settings)))
    },
  }
}

/** A sandboxed frame throws at the mere sight of `localStorage`; then nobody is remembered. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}

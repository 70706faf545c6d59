/** What the page remembers of a visitor between loads: that they chatted here, and where. Read at once and without opening a database, which itself would store something. */

export interface Visitor {
  /** The chat they were last in, when they may be remembered and did chat. */
  readonly lastChat: string | null
  remember(chat: string): void
}

/** A sandboxed frame throws at the mere sight of `localStorage`; then nobody is remembered. */
export function visitorOf(license: string, clientId: string): Visitor {
  const key = `porchlight:${license}:${clientId}`
  return {
    get lastChat() {
      return attempt(() => localStorage.getItem(key)) ?? null
    },
    remember: (chat) => {
      attempt(() => localStorage.setItem(key, chat))
    },
  }
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}

/** Which conversations are worth their memory: those used last. Of all others only the summary stays. */

const KEPT = 30

/** Call it with each chat that is used. */
export function createRecent(forget: (chat: string) => void): (chat: string) => void {
  const recent = new Set<string>()
  return (chat) => {
    recent.delete(chat)
    recent.add(chat)
    const [oldest] = recent
    if (recent.size <= KEPT || oldest === undefined) return
    recent.delete(oldest)
    forget(oldest)
  }
}

/** The signs a platform gives of waking, sleeping and losing its network. Never `unload`: it would keep pages out of the back-forward cache. */

type Listen = (type: string, listener: (event: { persisted?: boolean }) => void) => void

interface Target {
  addEventListener?: Listen
  removeEventListener?: Listen
}

export function onWake(wake: () => void, gone: () => void): () => void {
  const page: Target = globalThis
  const document = (globalThis as { document?: Target & { hidden: boolean } }).document
  const kept = (then: () => void) => (event: { persisted?: boolean }) => void (event.persisted && then())
  const signs: [Target | undefined, ...Parameters<Listen>][] = [
    [page, 'online', wake],
    [page, 'offline', gone],
    [page, 'pageshow', kept(wake)],
    [page, 'pagehide', kept(gone)],
    [document, 'visibilitychange', () => void (document?.hidden || wake())],
    [document, 'resume', wake],
    [document, 'freeze', gone],
  ]
  const each = (listen: keyof Target) => {
    for (const [target, type, listener] of signs) target?.[listen]?.(type, listener)
  }
  each('addEventListener')
  return () => each('removeEventListener')
}

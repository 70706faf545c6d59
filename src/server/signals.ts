/** Ending a process well when the system asks: the first signal in good order, a second one at once. */
import type { Server } from './index.ts'

/** The system's patience is ten seconds; what is not over by then is ended. */
const END_WITHIN_MS = 9_500

export function endOnSignals(server: Pick<Server, 'close'>): void {
  let ending = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(1)
      ending = true
      setTimeout(() => process.exit(1), END_WITHIN_MS).unref()
      server.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}

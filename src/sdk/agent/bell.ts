/** Waiting until something has changed, whatever it was: whoever waits looks again. */
export interface Bell {
  ring(): void
  next(): Promise<void>
}

export function createBell(): Bell {
  let waiting: (() => void)[] = []
  return {
    ring() {
      const all = waiting
      waiting = []
      for (const resume of all) resume()
    },
    next: () => new Promise((resolve) => void waiting.push(resolve)),
  }
}

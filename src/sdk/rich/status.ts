/** How the connection stands, in five words, whichever words the instance has. */
import type { Ground } from './ground.ts'
import type { Status } from './types.ts'

const WORDS: Readonly<Record<string, Status>> = {
  idle: 'idle',
  connecting: 'connecting',
  opening: 'connecting',
  logging_in: 'connecting',
  live: 'connected',
  connected: 'connected',
  waiting: 'reconnecting',
  reconnecting: 'reconnecting',
}

export interface StatusKeeper {
  readonly now: Status
  /** Tells of it where it is not what it was. */
  look(): void
}

export function createStatus({ sdk, emit }: Ground): StatusKeeper {
  let connected = false
  const now = (): Status => {
    const word = WORDS[sdk.state ?? sdk.status ?? ''] ?? 'closed'
    connected ||= word === 'connected'
    return connected && word === 'connecting' ? 'reconnecting' : word
  }
  let told = now()
  return {
    get now() {
      return now()
    },
    look() {
      const status = now()
      if (status === told) return
      told = status
      emit('status_changed', status)
    },
  }
}

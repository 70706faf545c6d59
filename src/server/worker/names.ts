/** Looking up where hosts are, without taking the threads that everything else in the process needs. */
import { lookup } from 'node:dns'

/** Where a host is. */
export interface Found {
  readonly address: string
  readonly family: number
}
export type Resolve = (host: string) => Promise<readonly Found[]>

/** As the system does it, with its list of hosts: it takes a thread for as long as it lasts, of which Node has four. */
export const systemResolve: Resolve = (host) =>
  new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, found) => (error ? reject(error) : resolve(found)))
  })

/** So many hosts are looked up at the same time: names that nobody answers for hold up no more than that. */
const AT_ONCE = 2

/** Whoever asks for a host that is being looked up is told the same. */
export function sparing(resolve: Resolve): Resolve {
  const asked = new Map<string, Promise<readonly Found[]>>()
  const waiting: (() => void)[] = []
  let free = AT_ONCE

  const inTurn = async (host: string): Promise<readonly Found[]> => {
    if (free > 0) free--
    else await new Promise<void>((turn) => waiting.push(turn))
    try {
      return await resolve(host)
    } finally {
      asked.delete(host)
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }

  return (host) => {
    const found = asked.get(host) ?? inTurn(host)
    asked.set(host, found)
    return found
  }
}

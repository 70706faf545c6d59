/** The address at which a browser finds the server, as far as the server can know it. */
import { isIPv6 } from 'node:net'

export interface Place {
  readonly publicUrl?: string | null
  readonly host?: string
  readonly port?: number
}

export const DEFAULT_HOST = '127.0.0.1'
export const DEFAULT_PORT = 4600

/** What stands for every address of the machine is no address that one can go to. */
const ANYWHERE: Readonly<Record<string, string>> = { '0.0.0.0': DEFAULT_HOST, '::': '::1' }

export function urlOf({ publicUrl = null, host = DEFAULT_HOST, port = DEFAULT_PORT }: Place): string {
  const name = ANYWHERE[host] ?? host
  return publicUrl ?? `http://${isIPv6(name) ? `[${name}]` : name}:${port}`
}

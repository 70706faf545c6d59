/** What is wrong with a config, found before anything begins. */
import { check, isServer, isText } from './arguments.ts'
import type { Config } from './types.ts'

/** Code that is not typed may hand over anything. */
export function checkConfig(config: Config): void {
  const { license, clientId, server } = config
  check(/^[1-9]\d{0,14}$/.test(String(license)), 'license')
  check(isText(clientId), 'clientId')
  check(isServer(server), 'server')
}

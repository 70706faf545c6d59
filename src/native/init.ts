/** The package's door for customers as React Native finds it: the same members, on what an app has in the place of a browser. */
import { VERSION } from '../protocol/version.ts'
import { check } from '../sdk/customer/arguments.ts'
import { checkConfig } from '../sdk/customer/config.ts'
import type { CustomerSDK as API } from '../sdk/customer/index.ts'
import { createMembers } from '../sdk/customer/members.ts'
import * as more from '../sdk/customer/more.ts'
import { nativeEnvironment } from './environment.ts'
import { relayed } from './relay.ts'
import type { NativeConfig } from './types.ts'

export type * from '../sdk/customer/index.ts'
export type { AppState, AsyncStorage, Native, NativeConfig, NetInfo } from './types.ts'

/**
 * As `init` of `porchlight`, in an app.
 * @example const sdk = init({ license: 1, clientId: 'app', server: 'https://chat.example.com', redirectUri: 'lantern://chat' })
 */
export function init(nativeConfig: NativeConfig): CustomerSDK {
  checkConfig(nativeConfig)
  const { AsyncStorage, AppState, NetInfo, ...config } = nativeConfig
  const environment = nativeEnvironment({
    ...(AsyncStorage && config.storage !== 'memory' && { AsyncStorage }),
    ...(AppState && { AppState }),
    ...(NetInfo && { NetInfo }),
  })
  const { redirectUri } = config
  check(redirectUri === undefined || (redirectUri && typeof redirectUri === 'string'), 'redirectUri')
  const connected = redirectUri ? relayed(environment, { ...config, redirectUri }) : environment
  // An app has all of it already.
  return createMembers(config, connected, async () => more)
}

/** Of the package, such as `1.2.3`. */
export const version: string = VERSION

export type CustomerSDK = API
/** As the default export, for code that is written for it. */
export const CustomerSDK = { init, version }
export default CustomerSDK

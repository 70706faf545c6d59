/** The environment of a React Native app. Its storage, and the signs of its life, come from packages that the app may have or not. */
import { browserEnvironment } from '../sdk/kit/browser.ts'
import type { Environment } from '../sdk/kit/environment.ts'
import { memoryStorage } from '../sdk/kit/storage.ts'
import { asyncStorage } from './async-storage.ts'
import { exclusively, openChannel } from './instances.ts'
import type { Native } from './types.ts'

export function nativeEnvironment({ AsyncStorage, AppState, NetInfo }: Native): Environment {
  const storage = AsyncStorage ? asyncStorage(AsyncStorage, 'porchlight') : memoryStorage()
  return {
    ...browserEnvironment(storage),
    exclusively,
    openChannel,
    onWake(wake, gone) {
      const states = AppState?.addEventListener('change', (state) => void (state === 'active' && wake()))
      // It says null while it does not know.
      const stop = NetInfo?.addEventListener(({ isConnected }) => (isConnected === false ? gone() : isConnected && wake()))
      return () => {
        states?.remove()
        stop?.()
      }
    },
  }
}

/** The environment of a React Native app. Its storage, and the signs of its life, come from packages that the app may have or not. */
import { browserEnvironment } from '../sdk/kit/browser.ts'
import type { Environment } from '../sdk/kit/environment.ts'
import { memoryStorage } from '../sdk/kit/storage.ts'
import { type AsyncStorage, asyncStorage } from './async-storage.ts'
import { exclusively, openChannel } from './instances.ts'

export type { AsyncStorage }

/** As of `react-native`. */
export interface AppState {
  addEventListener(type: 'change', listener: (state: string) => void): { remove(): void }
}

/** As of `@react-native-community/netinfo`. */
export interface NetInfo {
  addEventListener(listener: (state: { isConnected: boolean | null }) => void): () => void
}

/** What the app has, under the names it knows them by. */
export interface Native {
  /** Keeps who the customer is, and what is not sent yet, when the app ends. Without it both are gone then. */
  AsyncStorage?: AsyncStorage
  /** Back in the foreground the SDK connects at once, and not when it next would. */
  AppState?: AppState
  /** When the network is back the SDK connects at once; when it is gone it knows without waiting. */
  NetInfo?: NetInfo
}

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

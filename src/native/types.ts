/** What an app tells of itself and of the packages it has, each under the name that React Native knows it by. */
import type { Config } from '../sdk/customer/types.ts'

/** As of `@react-native-async-storage/async-storage`. */
export interface AsyncStorage {
  getItem(key: string): Promise<string | null>
  setItem(key: string, value: string): Promise<void>
  removeItem(key: string): Promise<void>
  /** Where there is one, what was sent in the very moment the app was killed is found again. */
  getAllKeys?(): Promise<readonly string[]>
}

/** As of `react-native`. */
export interface AppState {
  addEventListener(type: 'change', listener: (state: string) => void): { remove(): void }
}

/** As of `@react-native-community/netinfo`. */
export interface NetInfo {
  addEventListener(listener: (state: { isConnected: boolean | null }) => void): () => void
}

export interface Native {
  /** Keeps who the customer is, and what is not sent yet, when the app ends. Without it both are gone then. */
  AsyncStorage?: AsyncStorage
  /** Back in the foreground the SDK connects at once, and not when it next would. */
  AppState?: AppState
  /** When the network is back the SDK connects at once; when it is gone it knows without waiting. */
  NetInfo?: NetInfo
}

export interface NativeConfig extends Config, Native {
  /** The server's address, such as `https://chat.example.com`. */
  server: string
  /**
   * One of those that the client was registered with (`porchlight client create … --kind native --redirect-uri …`). With it
   * tokens come through a mounted `AuthWebView`, which remembers the customer; nothing is ever opened at this address.
   */
  redirectUri?: string
}

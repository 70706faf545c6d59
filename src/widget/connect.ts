/** Joins the widget to the SDK: what this device keeps for its visitor, and a client for whoever that is. */
import type { AuthOptions } from '../sdk/customer/auth.ts'
import { createFace, type FaceSDK } from '../sdk/customer/face.ts'
import { browserEnvironment } from '../sdk/kit/browser.ts'
import { idbStorage } from '../sdk/kit/idb-storage.ts'
import { type ConsentStorage, consentStorage } from '../sdk/kit/storage.ts'
import { databaseOf, SDK_DATABASE } from './databases.ts'
import type { Settings } from './settings.ts'

export interface Device {
  /** What the SDK keeps. */
  readonly kept: ConsentStorage
  /** What the widget keeps. */
  readonly drafts: ConsentStorage
  /** A client that is not connected yet. The page is told as it is at each login. */
  face(identification: Pick<AuthOptions, 'token' | 'replaced'>): FaceSDK
  /** Lets go of what is stored, which stays. */
  close(): void
}

export function createDevice(settings: Settings): Device {
  const databases: { close(): void }[] = []
  let isClosed = false
  const onOpen = (database: { close(): void }) => {
    databases.push(database)
    if (isClosed) database.close()
  }
  const kept = consentStorage(() => idbStorage(SDK_DATABASE, onOpen))
  const environment = browserEnvironment(kept)
  const { license, clientId, server } = settings
  const config = {
    license,
    clientId,
    server,
    get page() {
      // An image of that name would stand in its place.
      return { url: location.href, title: `${document.title}` }
    },
  }
  return {
    kept,
    drafts: consentStorage(() => idbStorage(databaseOf(settings), onOpen)),
    face: (identification) => createFace(config, environment, identification),
    close() {
      isClosed = true
      for (const database of databases) database.close()
    },
  }
}

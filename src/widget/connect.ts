/** Joins the widget to the SDK: a client that is not connected yet, and a place for what the face itself keeps. */
import { createFace, type FaceSDK } from '../sdk/customer/face.ts'

import { idbStorage } from '../sdk/kit/idb-storage.ts'
import { type ConsentStorage, consentStorage } from '../sdk/kit/storage.ts'
import type { Settings } from './settings.ts'

export interface Connection {
  readonly sdk: FaceSDK
  readonly storage: ConsentStorage
}

/** `durable`: the visitor may be remembered from the start. */
export function connect({ license, clientId, server }: Settings, durable: boolean): Connection {
  const storage = consentStorage(() => idbStorage(`porchlight-widget-${license}-${clientId}`))
  if (durable) void storage.allow()
  const page = { url: location.href, title: document.title }
  const sdk = createFace({ license, clientId, server, page, storage: durable ? 'durable' : 'memory' })
  return { sdk, storage }
}

/** Where deliberate faults are put in, for a storm to notice. What the product ships knows nothing of them. */
import type { Conversation } from '../../src/sdk/agent/types.ts'
import type { CustomerSDK } from '../../src/sdk/customer/api.ts'
import type { Environment } from '../../src/sdk/kit/environment.ts'
import type { Wire } from '../../src/server/gateway/wire.ts'
import type { OpenDriver } from '../../src/server/store/sqlite/driver.ts'
import type { Store } from '../../src/server/store/store.ts'
import type { Role } from './person.ts'

/** The seams at which a fault can be put in. */
export interface Mutation {
  /** What all customers are, where the fault shows with nobody else. */
  readonly role?: Role
  readonly driver?: (open: OpenDriver) => OpenDriver
  readonly store?: (store: Store) => Store
  /** Made for each socket; says which frames of the server really leave it, or what does in their place. `send` puts one there. */
  readonly frames?: (send: (frame: string) => void) => (frame: string) => boolean | string
  readonly environment?: (environment: Environment) => Environment
  /** What a face would show instead of what the SDK says. */
  readonly view?: (conversation: Conversation) => Conversation
  /** The public SDK as a page would have it. */
  readonly page?: (sdk: CustomerSDK) => CustomerSDK
}

/** A socket that sends what the fault lets through. */
export function muffled(wire: Wire, { frames }: Mutation): Wire {
  const lets = frames?.((frame) => wire.send(frame))
  if (!lets) return wire
  return {
    ...wire,
    send(frame) {
      const really = lets(frame)
      if (really) wire.send(really === true ? frame : really)
    },
  }
}

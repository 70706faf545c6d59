/** All that concerns one customer: it ends with them, and nothing of it is seen by the next. */
import type { Client } from '../core/client.ts'
import type { Emitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import type { Customer } from './customer.ts'
import type { Config, Events } from './types.ts'

/** What is asked for a customer stands on this. */
export interface Ground extends Customer<Client> {
  readonly environment: Environment
  /** The page among them is told as it is at the next login. */
  readonly settings: Config
}

export interface Part extends Ground {
  /** Says nothing any more once somebody else has taken over. */
  readonly emit: Emitter<Events>['emit']
  /** The part of the customer of now. Throws once the SDK is destroyed. */
  now(): Part
  /** Lets the other tabs look who the customer is. */
  tellTabs(): void
  /** How often something was said. */
  turn: number
  /** Until the one before has left. */
  leaving?: Promise<unknown>
}

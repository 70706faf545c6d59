/** What goes out no more often than at a pace of its own, kept for each customer from one call to the next. */
import type { CustomerSDK } from './api.ts'
import { createMark, type Mark } from './marks.ts'
import type { Part } from './part.ts'
import { createTyping } from './typing.ts'

export interface Paces extends Pick<CustomerSDK, 'setSneakPeek'> {
  readonly mark: Mark
}

const paces = new WeakMap<Part['auth'], Paces>()

export function pacesOf({ auth, client, environment: { clock } }: Part): Paces {
  const made = paces.get(auth) ?? { ...createTyping(client, clock), mark: createMark(client, clock) }
  paces.set(auth, made)
  return made
}

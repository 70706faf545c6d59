/** What goes out no more often than at a pace of its own, kept for each customer from one call to the next. */
import { createOwnTyping, type OwnTyping } from '../core/own-typing.ts'
import type { CustomerSDK } from './api.ts'
import { createMark, type Mark } from './marks.ts'
import type { Part } from './part.ts'
import { createTyping } from './typing.ts'

export interface Paces extends Pick<CustomerSDK, 'setSneakPeek'> {
  readonly mark: Mark
  readonly typing: OwnTyping
}

const paces = new WeakMap<Part['auth'], Paces>()

export function pacesOf(part: Part): Paces {
  const made = paces.get(part.auth) ?? createPaces(part)
  paces.set(part.auth, made)
  return made
}

function createPaces({ client, environment: { clock } }: Part): Paces {
  const typing = createOwnTyping(clock, client.ask, () => client.connection.state === 'live')
  client.events.on('accepted', typing.sent)
  return { ...createTyping(client, clock), mark: createMark(client, clock), typing }
}

/** Whoever shows an identity token is let into the channels that it names, whoever signed it (TOK4). */

import { enterChannels } from '../domain/backend/tokens.ts'
import type { Vouched } from '../domain/context.ts'
import type { Person } from '../domain/people.ts'
import { type Dispatcher, isUnwritable, refusalOf } from './dispatch.ts'
import type { Fanout } from './fanout.ts'
import type { Parts } from './parts.ts'

export type Admit = (person: Person, vouched: Vouched, action: string) => Promise<void>

export function createAdmit({ store, clock }: Parts, dispatcher: Dispatcher, fanout: Fanout): Admit {
  return async (person, { channels }, action) => {
    const { id, organization_id } = person.row
    const stays = await Promise.all(channels.map((chat_id) => store.stays(chat_id, id)))
    // A token is shown again and again: who has left since, or was put out, stays out.
    const first = channels.filter((_, at) => stays[at]?.length === 0)
    await enterChannels({ store, now: () => clock.now() }, person, first, async (change) => {
      const done = await dispatcher.commit(change)
      if (!done.ok && isUnwritable(done.why)) throw refusalOf(done.why, action)
      if (!done.ok) return null
      fanout.committed(organization_id, done.committed, null)
      return done.committed
    })
  }
}
